// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

deed::array<double, 16> array;
