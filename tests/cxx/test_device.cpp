// SPDX-License-Identifier: BSD-3-Clause
// Arrays on a device: those of three int16_t, where deed_device_preload is loaded before this program.
#include <cstdlib>

#include "check.hpp"

struct marked {
  std::int16_t x, y, z;
};
template <>
struct deed::is_record<marked> : std::true_type {};

namespace {

using marked_array = deed::array<marked, 1>;

deed_array on_device() {
  deed_layout layout{};
  const deed::indices<1> shape{3};
  REQUIRE(deed_layout_contiguous(DEED_OPAQUE, sizeof(marked), 1, shape.data(), nullptr, DEED_ORDER_C, &layout) ==
          DEED_OK);
  deed_array handle = DEED_ARRAY_NONE;
  REQUIRE(deed_alloc(&layout, 0, DEED_HERE, &handle, nullptr) == DEED_OK);
  return handle;
}

}  // namespace

TEST_CASE_FIXTURE(accounted, "no array is made of what is on a device, and the handle is still the caller's") {
  const deed_array handle = on_device();
  CHECK(status_of([&] { (void)marked_array(handle); }) == DEED_EDEVICE);
  std::error_code code;
  const marked_array none(handle, code);
  CHECK(code == DEED_EDEVICE);
  CHECK(none.data() == nullptr);
  CHECK(deed_release(handle, nullptr) == DEED_OK);
}

TEST_CASE_FIXTURE(accounted, "the refusal names the device") {
  const deed::claim claim(on_device());
  try {
    (void)marked_array(claim.handle());
    FAIL("an array on a device was taken over");
  } catch (const deed::error &error) {
    CHECK(error.what() == std::string("DEED_EDEVICE: the array is on device 1 of type 2: "
                                      "the memory is on a device, which the host cannot read"));
  }
}

TEST_CASE_FIXTURE(accounted, "what is looked up or remembered is refused too, and leaves no claim") {
  deed::claim claim(on_device());
  claim.publish("cxx/device");
  CHECK(status_of([] { (void)marked_array::lookup("cxx/device"); }) == DEED_EDEVICE);
  deed_weak remembered{};
  REQUIRE(deed_weak_of(claim.handle(), &remembered) == DEED_OK);
  CHECK(status_of([&] { (void)deed::weak<marked, 1>(remembered).upgrade(); }) == DEED_EDEVICE);
  CHECK(claim.holders().size() == 1);
}

TEST_CASE_FIXTURE(accounted, "a claim on what is on a device is moved and ended as any other") {
  deed::claim claim(on_device());
  CHECK(claim.describe().device_type == 2);
  deed::claim moved(claim.transfer(DEED_LANGUAGE_PYTHON));
  CHECK(moved.owner() == DEED_LANGUAGE_PYTHON);
  moved.release();
}

TEST_CASE_FIXTURE(accounted, "an array of the host is not asked for its device") {
  const auto array = array1::alloc({3});
  CHECK(array.describe().device_type == 0);
  CHECK(array.elements().size() == 3);
}
