// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

auto elements(const deed::array<double, 1> &array) { return array.elements<DEED_ORDER_ANY>(); }
