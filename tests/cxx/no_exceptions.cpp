// SPDX-License-Identifier: BSD-3-Clause
// Compiled without exceptions: std::error_code tells what failed, and what would throw says so and aborts. The argument
// names what to try: nothing, at, copy or name.
#include <cstring>
#include <deed/deed.hpp>

using array1 = deed::array<double, 1>;

namespace {

bool codes_tell() {
  std::error_code code;
  if (array1::alloc({-1}, {}, code) || code != DEED_ESHAPE) return false;
  std::vector<double> vector(3);
  auto array = array1::adopt(std::move(vector), {3}, deed::named{"no/exceptions"}, code);
  if (code || !array1::lookup("no/exceptions", code)) return false;
  const auto share = array.share(code);
  if (array.reclaim<std::vector<double>>(code) || code != DEED_EBUSY) return false;
  double memory[1] = {};
  (void)array1::adopt([] {}, memory, {1});
  (void)array1::adopt(std::make_unique<double[]>(1), {1});
  return share.at(2) == 0;
}

}  // namespace

int main(int, char **arguments) {
  if (!codes_tell()) return 1;
  auto array = array1::alloc({3});
  const auto is_asked = [&](const char *what) { return std::strcmp(arguments[1], what) == 0; };
  if (is_asked("at")) array.at(7) = 1;
  if (is_asked("name")) array.publish("");
  if (is_asked("copy")) {
    static_cast<void>(deed_release(array.handle(), nullptr) == DEED_OK);
    const array1 copy = array;
  }
  array.release();
  return deed::counts().live_blocks == 0 ? 0 : 1;
}
