// SPDX-License-Identifier: BSD-3-Clause
#include "check.hpp"

TEST_CASE("statuses are error codes of deed's own category") {
  const std::error_code code = DEED_EBUSY;
  CHECK(code.category() == deed::category());
  CHECK(std::string(code.category().name()) == "deed");
  CHECK(code.message() == deed_status_text(DEED_EBUSY));
  CHECK(code == DEED_EBUSY);
  CHECK(code != DEED_ESTALE);
  CHECK_FALSE(std::error_code(DEED_OK));
}

TEST_CASE_FIXTURE(accounted, "what an exception says") {
  auto array = array2::alloc({2, 2});
  array.publish("error/array");
  try {
    (void)deed::array<const float, 3>::lookup("error/array");
    FAIL("an array of another type was looked up");
  } catch (const std::system_error &error) {
    const std::string what = error.what();
    CHECK(what.find("DEED_EDTYPE") == 0);
    CHECK(what.find("real64 of rank 2") != std::string::npos);
    CHECK(what.find("const real32 of rank 3") != std::string::npos);
  }
}

TEST_CASE_FIXTURE(accounted, "shapes that cannot be are refused in both forms") {
  CHECK(status_of([] { (void)array2::alloc({-1, 2}); }) == DEED_ESHAPE);
  CHECK(status_of([] { (void)array2::alloc({INT64_MAX, 2}); }) == DEED_EOVERFLOW);
  CHECK(status_of([] { (void)array2::alloc({INT64_MAX / 16, 1}); }) == DEED_ENOMEM);
  CHECK(status_of([] { (void)array2::lend(nullptr, {1, 1}); }) == DEED_ENULL);
  std::error_code code;
  CHECK_FALSE(array2::alloc({-1, 2}, {}, code).is_live());
  CHECK(code == DEED_ESHAPE);
  auto array = array2::alloc({1, 1}, {}, code);
  CHECK_FALSE(code);
  array.release(code);
  CHECK_FALSE(code);
  array.release(code);
  CHECK(code == DEED_EHANDLE);
}

TEST_CASE_FIXTURE(accounted, "every verb has a form that sets a code") {
  auto array = array2::alloc({4, 3}, {DEED_ORDER_C, {}, true});
  const array2 empty;
  std::error_code code;
  CHECK(array.as_const(code).is_live());
  CHECK(array.pick(0, 3, code)(2) == 0);
  CHECK(array.transposed(code).extent(0) == 3);
  CHECK(array.reshaped<1>({12}, DEED_ORDER_C, code).size() == 12);
  CHECK(array.component<std::int32_t>(4, code)(3, 2) == 0);
  CHECK(array.copy(DEED_ORDER_ANY, DEED_COPY_REQUESTED, code).is_title());
  CHECK(array.describe(code).claim_count == 1);
  CHECK_FALSE(code);
  CHECK_FALSE(array.pick(0, 4, code).is_live());
  CHECK(code == DEED_EBOUNDS);
  CHECK_FALSE(array.pick(5, 0, code).is_live());
  CHECK(code == DEED_ERANK);
  CHECK_FALSE(array.reshaped<1>({12}, DEED_ORDER_FORTRAN, code).is_live());
  CHECK(code == DEED_EORDER);
  CHECK_FALSE(array.component<double>(4, code).is_live());
  CHECK(code == DEED_EBOUNDS);
  CHECK_FALSE(empty.as_const(code).is_live());
  CHECK(code == DEED_EHANDLE);
  CHECK_FALSE(empty.transposed(code).is_live());
  CHECK(code == DEED_EHANDLE);
  CHECK_FALSE(empty.copy(DEED_ORDER_ANY, DEED_COPY_REQUESTED, code).is_live());
  CHECK(code == DEED_EHANDLE);
  CHECK(empty.describe(code).claim_count == 0);
  CHECK(code == DEED_EHANDLE);
  auto shared = std::shared_ptr<double[]>(new double[4]);
  CHECK_FALSE(array1::adopt(std::move(shared), {-4}, {}, code).is_live());
  CHECK(code == DEED_ESHAPE);
  CHECK(shared.use_count() == 1);
}
