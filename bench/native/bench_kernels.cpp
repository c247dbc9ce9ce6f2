// SPDX-License-Identifier: BSD-3-Clause
// bench_kernels.cpp - loops over the elements: memory of deed beside new[] and ALLOCATABLE.
#include <algorithm>
#include <memory>
#include <string>

#include "deed/deed.hpp"
#include "repeat.hpp"
#if defined(DEED_BENCH_FORTRAN)
#include "kernels.h"
#endif

namespace {

using vector = deed::array<double, 1>;
using square = deed::array<double, 2>;

// Not inlined: each loop is compiled once, whatever the compiler knows of the memory it is given.

[[gnu::noinline]] void triad(double *a, const double *b, const double *c, std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) a[i] = b[i] + 3 * c[i];
}

[[gnu::noinline]] void stencil(double *u, const double *v, std::int64_t m) {
  for (std::int64_t i = 1; i < m - 1; ++i) {
    for (std::int64_t j = 1; j < m - 1; ++j) {
      const std::int64_t at = i * m + j;
      u[at] = 0.2 * (v[at] + v[at - m] + v[at + m] + v[at - 1] + v[at + 1]);
    }
  }
}

std::unique_ptr<double[]> filled(std::int64_t n) {
  std::unique_ptr<double[]> memory(new double[static_cast<std::size_t>(n)]);
  std::fill_n(memory.get(), n, 1.0);
  return memory;
}

template <class Array>
Array filled(const deed::indices<Array::rank> &shape) {
  Array array = Array::alloc(shape);
  std::fill_n(array.data(), array.size(), 1.0);
  return array;
}

void compare_triads(const bench::program &program, const std::string &size, std::int64_t n) {
  const auto a = filled(n);
  const auto b = filled(n);
  const auto c = filled(n);
  const auto x = filled<vector>({n});
  const auto y = filled<vector>({n});
  const auto z = filled<vector>({n});
  program.compare("triad_cxx_" + size,
                  {{"deed", bench::repeat([&] { triad(x.data(), y.data(), z.data(), n); }), "data()"},
                   {"new[]", bench::repeat([&] { triad(a.get(), b.get(), c.get(), n); })}},
                  n);
}

void compare_stencils(const bench::program &program, const std::string &size, std::int64_t m) {
  const auto u = filled(m * m);
  const auto v = filled(m * m);
  const auto x = filled<square>({m, m});
  const auto y = filled<square>({m, m});
  program.compare("stencil_cxx_" + size,
                  {{"deed", bench::repeat([&] { stencil(x.data(), y.data(), m); }), "data()"},
                   {"new[]", bench::repeat([&] { stencil(u.get(), v.get(), m); })}},
                  m * m);
}

#if defined(DEED_BENCH_FORTRAN)
void compare_fortran(const bench::program &program, const std::string &size, std::int64_t m) {
  bench_fortran_kernels_begin(m);
  program.compare(
      "triad_fortran_" + size,
      {{"deed", bench_fortran_triad_deed, "deed_pointer"}, {"allocatable", bench_fortran_triad_allocatable}}, m * m);
  program.compare(
      "stencil_fortran_" + size,
      {{"deed", bench_fortran_stencil_deed, "deed_pointer"}, {"allocatable", bench_fortran_stencil_allocatable}},
      m * m);
  bench_fortran_kernels_end();
}
#endif

void compare_all(const bench::program &program, const std::string &size, std::int64_t m) {
  compare_triads(program, size, m * m);
  compare_stencils(program, size, m);
#if defined(DEED_BENCH_FORTRAN)
  compare_fortran(program, size, m);
#endif
}

}  // namespace

int main(int argc, char **argv) {
  const bench::program program(argc, argv);
  compare_all(program, "small", 20);
  compare_all(program, "large", program.sized(2048, 64));
}
