// SPDX-License-Identifier: BSD-3-Clause
// One step of a heat equation on arrays with ghost cells, in Fortran order and with Fortran's bounds 0:n+1.
#include <cstdio>
#include <deed/deed.hpp>

using field = deed::array<double, 2>;
using const_field = deed::array<const double, 2>;

static void step(const field &next, const const_field &now) {
  const auto u = now.elements<DEED_ORDER_FORTRAN>();   // once, before the loops; DEED_EORDER if the order is another
  const auto v = next.elements<DEED_ORDER_FORTRAN>();  // u and v are values: they hold no claim, next and now do
  for (auto j = v.lower(1) + 1; j < v.upper(1); ++j) {
    for (auto i = v.lower(0) + 1; i < v.upper(0); ++i) {  // the first index runs fastest: this loop vectorises
      v(i, j) = u(i, j) + 0.2 * (u(i - 1, j) + u(i + 1, j) + u(i, j - 1) + u(i, j + 1) - 4 * u(i, j));
    }
  }
}

int main() {
  const deed::shape_options<2> zeroed{DEED_ORDER_FORTRAN, {0, 0}, true};
  const auto now = field::alloc({8, 6}, zeroed);
  const auto next = field::alloc({8, 6}, zeroed);
  now.at(3, 2) = 10;  // at() is checked
  step(next, now);    // a share of now without the right to write
  std::printf("%g and %g\n", next(3, 2), next(4, 2));
  const auto row = now.view({{{3, 3, 1}, {1, 4, 1}}});
  try {
    static_cast<void>(row.elements());  // in C order the elements of a row would be next to each other
  } catch (const deed::error &refused) {
    std::printf("%s\n", refused.what());
  }
}
