// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

deed::array<double, 1> writable(const deed::array<const double, 1> &array) { return array; }
