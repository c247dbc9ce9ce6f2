// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

auto array = deed::array<bool, 1>::adopt(std::vector<bool>(4), {4});
