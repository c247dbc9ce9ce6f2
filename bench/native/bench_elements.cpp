// SPDX-License-Identifier: BSD-3-Clause
// bench_elements.cpp - small loops over indices: elements(), beside the same loops with indices computed for data() and
// over the array itself.
#include <algorithm>
#include <string>

#include "deed/deed.hpp"
#include "repeat.hpp"

namespace {

using line = deed::array<double, 1>;
using square = deed::array<double, 2>;
using box = deed::array<double, 3>;

constexpr std::int64_t edge = 20;
constexpr deed::indices<3> box_shape{8, 6, 10};

// Each loop is a template over what has the elements, and each subject a function that is not inlined: it begins with
// what a user of that way would begin with.

template <class A, class B>
void axpy_1d(A &&a, B &&b, std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) a(i) = 3 * b(i) + a(i);
}

template <class A, class B>
void axpy_2d(A &&a, B &&b, std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t j = 0; j < n; ++j) a(i, j) = 3 * b(i, j) + a(i, j);
  }
}

template <class A, class B>
void axpy_2d_fortran(A &&a, B &&b, std::int64_t n) {
  for (std::int64_t j = 0; j < n; ++j) {
    for (std::int64_t i = 0; i < n; ++i) a(i, j) = 3 * b(i, j) + a(i, j);
  }
}

template <class A, class B>
void axpy_3d(A &&a, B &&b, const deed::indices<3> &n) {
  for (std::int64_t i = 0; i < n[0]; ++i) {
    for (std::int64_t j = 0; j < n[1]; ++j) {
      for (std::int64_t k = 0; k < n[2]; ++k) a(i, j, k) = 3 * b(i, j, k) + a(i, j, k);
    }
  }
}

template <class U, class V>
void stencil(U &&u, V &&v, std::int64_t n) {
  for (std::int64_t i = 1; i < n - 1; ++i) {
    for (std::int64_t j = 1; j < n - 1; ++j) {
      u(i, j) = 0.2 * (v(i, j) + v(i - 1, j) + v(i + 1, j) + v(i, j - 1) + v(i, j + 1));
    }
  }
}

// Indices of data(), as one writes them by hand.

[[gnu::noinline]] void data_1d(double *a, const double *b, std::int64_t n) {
  axpy_1d([=](auto i) -> double & { return a[i]; }, [=](auto i) { return b[i]; }, n);
}
[[gnu::noinline]] void data_2d(double *a, const double *b, std::int64_t n) {
  axpy_2d([=](auto i, auto j) -> double & { return a[i * n + j]; }, [=](auto i, auto j) { return b[i * n + j]; }, n);
}
[[gnu::noinline]] void data_2d_fortran(double *a, const double *b, std::int64_t n) {
  axpy_2d_fortran([=](auto i, auto j) -> double & { return a[i + n * j]; },
                  [=](auto i, auto j) { return b[i + n * j]; }, n);
}
[[gnu::noinline]] void data_3d(double *a, const double *b, deed::indices<3> n) {
  axpy_3d([=](auto i, auto j, auto k) -> double & { return a[(i * n[1] + j) * n[2] + k]; },
          [=](auto i, auto j, auto k) { return b[(i * n[1] + j) * n[2] + k]; }, n);
}
[[gnu::noinline]] void data_stencil(double *u, const double *v, std::int64_t n) {
  stencil([=](auto i, auto j) -> double & { return u[i * n + j]; }, [=](auto i, auto j) { return v[i * n + j]; }, n);
}

[[gnu::noinline]] void elements_1d(const line &a, const line &b, std::int64_t n) {
  axpy_1d(a.elements(), b.elements(), n);
}
[[gnu::noinline]] void elements_2d(const square &a, const square &b, std::int64_t n) {
  axpy_2d(a.elements(), b.elements(), n);
}
[[gnu::noinline]] void elements_2d_fortran(const square &a, const square &b, std::int64_t n) {
  axpy_2d_fortran(a.elements<DEED_ORDER_FORTRAN>(), b.elements<DEED_ORDER_FORTRAN>(), n);
}
[[gnu::noinline]] void elements_3d(const box &a, const box &b, const deed::indices<3> &n) {
  axpy_3d(a.elements(), b.elements(), n);
}
[[gnu::noinline]] void elements_stencil(const square &u, const square &v, std::int64_t n) {
  stencil(u.elements(), v.elements(), n);
}

[[gnu::noinline]] void array_1d(const line &a, const line &b, std::int64_t n) { axpy_1d(a, b, n); }
[[gnu::noinline]] void array_2d(const square &a, const square &b, std::int64_t n) { axpy_2d(a, b, n); }
[[gnu::noinline]] void array_2d_fortran(const square &a, const square &b, std::int64_t n) { axpy_2d_fortran(a, b, n); }
[[gnu::noinline]] void array_3d(const box &a, const box &b, const deed::indices<3> &n) { axpy_3d(a, b, n); }
[[gnu::noinline]] void array_stencil(const square &u, const square &v, std::int64_t n) { stencil(u, v, n); }

// Zeros stay zeros, however often the loop runs.
template <class Array>
Array zeros(const deed::indices<Array::rank> &shape, deed_order order = DEED_ORDER_C) {
  return Array::alloc(shape, {order, {}, true});
}

template <class Array, class Elements, class Data, class Indices, class N>
void compare(const bench::program &program, const std::string &what, const Array &a, const Array &b, N n,
             Elements elements, Data data, Indices indices) {
  program.compare("elements_" + what + "_small",
                  {{"deed", bench::repeat([&] { elements(a, b, n); }), "elements()"},
                   {"data", bench::repeat([&] { data(a.data(), b.data(), n); }), "data()[...]"},
                   {"indices", bench::repeat([&] { indices(a, b, n); }), "operator()"}},
                  a.size());
}

}  // namespace

int main(int argc, char **argv) {
  const bench::program program(argc, argv);
  const auto a1 = zeros<line>({edge * edge}), b1 = zeros<line>({edge * edge});
  const auto a2 = zeros<square>({edge, edge}), b2 = zeros<square>({edge, edge});
  const auto f2 = zeros<square>({edge, edge}, DEED_ORDER_FORTRAN), g2 = zeros<square>({edge, edge}, DEED_ORDER_FORTRAN);
  const auto a3 = zeros<box>(box_shape), b3 = zeros<box>(box_shape);
  compare(program, "1d", a1, b1, edge * edge, elements_1d, data_1d, array_1d);
  compare(program, "2d", a2, b2, edge, elements_2d, data_2d, array_2d);
  compare(program, "2d_fortran", f2, g2, edge, elements_2d_fortran, data_2d_fortran, array_2d_fortran);
  compare(program, "3d", a3, b3, box_shape, elements_3d, data_3d, array_3d);
  compare(program, "stencil", a2, b2, edge, elements_stencil, data_stencil, array_stencil);
}
