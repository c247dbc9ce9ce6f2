// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

double first(const deed::array<double, 2> &array) { return array(1); }
