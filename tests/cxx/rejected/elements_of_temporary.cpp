// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

auto elements = deed::array<double, 1>::lookup("name").elements();
