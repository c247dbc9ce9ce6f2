// SPDX-License-Identifier: BSD-3-Clause
#include <cstdio>
#include <deed/deed.hpp>

int main() {
  auto field = deed::array<double, 2>::adopt(std::vector<double>(12), {4, 3});  // the vector's memory, not a copy
  field.publish("hello/field");                                                 // others find it by name
  auto share = deed::array<const double, 2>::lookup("hello/field");             // one more claim, no copy
  field(3, 2) = 42.0;
  std::printf("%lld x %lld, last element %g\n", static_cast<long long>(share.extent(0)),
              static_cast<long long>(share.extent(1)), share(3, 2));
  share.release();
  auto back = field.reclaim<std::vector<double>>();  // nobody else holds it: the same vector again
  std::printf("%zu elements are back\n", back.size());
}
