// SPDX-License-Identifier: BSD-3-Clause
#include <deed/deed.hpp>

// Declares how it is copied, and so has no move: what std::move gives is copied.
struct legacy {
  legacy() = default;
  legacy(const legacy &other) : elements(other.elements) {}
  std::vector<double> elements;
};

auto adopt(legacy &owner) { return deed::array<double, 1>::adopt(std::move(owner), owner.elements.data(), {1}); }
