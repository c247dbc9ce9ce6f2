// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

struct point {
  double x, y;
};
auto array = deed::array<point, 1>::alloc({4});
