// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

auto array = deed::array<double, 1>::adopt(std::unique_ptr<const double[]>(), {4});
