// SPDX-License-Identifier: BSD-3-Clause
// A core that knows fewer fields of the descriptor than this program: linked with --wrap=deed_describe. It fills as
// much as the core of today fills for a program that knows fewer, so this is the test of both.
#include <algorithm>
#include <cstddef>

#include "check.hpp"

namespace {

std::size_t asked_bytes = 0;

// What was on the stack before: a field that nobody fills must not be read as it is.
[[gnu::noinline]] void dirty_stack() {
  volatile unsigned char bytes[8192];
  for (auto &byte : bytes) byte = 0xff;
}

}  // namespace

// NOLINTBEGIN(bugprone-reserved-identifier): the names that the linker wants
extern "C" deed_status __real_deed_describe(deed_array array, deed_descriptor *descriptor, std::size_t size_bytes);
extern "C" deed_status __wrap_deed_describe(deed_array array, deed_descriptor *descriptor, std::size_t size_bytes) {
  asked_bytes = size_bytes;
  return __real_deed_describe(array, descriptor, std::min(size_bytes, offsetof(deed_descriptor, device_type)));
}
// NOLINTEND(bugprone-reserved-identifier)

TEST_CASE_FIXTURE(accounted, "arrays work where the core fills a descriptor without a device") {
  auto array = array2::alloc({4, 3}, {DEED_ORDER_FORTRAN, {1, 1}, true});
  const deed_array handle = array.transfer(DEED_LANGUAGE_C);
  dirty_stack();
  const array2 again(handle);
  CHECK(again.lower(1) == 1);
  CHECK(again.elements<DEED_ORDER_FORTRAN>()(4, 3) == 0);
}

TEST_CASE_FIXTURE(accounted, "the core is told the size of the descriptor that this program was compiled with") {
  const auto array = array1::alloc({3});
  CHECK(asked_bytes == sizeof(deed_descriptor));
  asked_bytes = 0;
  CHECK(array.describe().size_bytes == offsetof(deed_descriptor, device_type));
  CHECK(array.describe().device_type == 0);
  CHECK(asked_bytes == sizeof(deed_descriptor));
}
