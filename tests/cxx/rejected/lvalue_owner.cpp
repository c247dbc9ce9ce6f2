// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

auto adopt(std::shared_ptr<double> &owner) { return deed::array<double, 1>::adopt(owner, owner.get(), {1}); }
