// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>
#include <string>

auto array = deed::array<std::string, 1>::alloc({4});
