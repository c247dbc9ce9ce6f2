// SPDX-License-Identifier: BSD-3-Clause
#include "check.hpp"

namespace {

constexpr deed::detail::wanted real_matrix{DEED_REAL64, 8, 2, DEED_READ | DEED_WRITE};

deed_descriptor described_matrix() { return array2::alloc({4, 3}).describe(); }

deed_status match(const deed_descriptor &descriptor) { return deed::detail::match(descriptor, real_matrix, nullptr); }

}  // namespace

TEST_CASE_FIXTURE(accounted, "what an array must be is looked at in this order: device, dtype, rank, rights") {
  deed_descriptor descriptor = described_matrix();
  CHECK(match(descriptor) == DEED_OK);
  descriptor.rights = DEED_READ;
  CHECK(match(descriptor) == DEED_ERIGHTS);
  descriptor.layout.rank = 1;
  CHECK(match(descriptor) == DEED_ERANK);
  descriptor.layout.element_size_bytes = 4;
  CHECK(match(descriptor) == DEED_EDTYPE);
  descriptor.layout.element_size_bytes = 8;
  descriptor.layout.dtype = DEED_REAL32;
  CHECK(match(descriptor) == DEED_EDTYPE);
  descriptor.device_type = 2;
  CHECK(match(descriptor) == DEED_EDEVICE);
}

TEST_CASE_FIXTURE(accounted, "a refusal says what is and what was asked for") {
  deed_descriptor descriptor = described_matrix();
  descriptor.rights = DEED_READ;
  deed_error error{};
  CHECK(deed::detail::match(descriptor, real_matrix, &error) == DEED_ERIGHTS);
  CHECK(error.message == std::string("the array is real64 of rank 2, read only, asked for was real64 of rank 2: ") +
                             deed_status_text(DEED_ERIGHTS));
  descriptor.device_type = 10;
  descriptor.device_id = 3;
  CHECK(deed::detail::match(descriptor, real_matrix, &error) == DEED_EDEVICE);
  CHECK(error.message == std::string("the array is on device 3 of type 10: ") + deed_status_text(DEED_EDEVICE));
}
