// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

auto array = deed::array<const double, 1>::alloc({4});
