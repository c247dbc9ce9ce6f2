// SPDX-License-Identifier: BSD-3-Clause
// Failures of other libraries, as far as C++ can meet them; each test case is named after the trap.
#include "check.hpp"

namespace {

const_array2 view_of_temporary() {
  return array2::alloc({4, 3}, {DEED_ORDER_C, {}, true}).view({{{1, 2, 1}, {0, 2, 1}}});
}

}  // namespace

TEST_CASE_FIXTURE(accounted, "trap A23: the view of a temporary is valid") {
  const auto view = view_of_temporary();
  CHECK(view(1, 2) == 0);
  CHECK(view.owner() == DEED_LANGUAGE_NONE);
}

TEST_CASE_FIXTURE(accounted, "trap A17: a moved-from array is refused by every verb") {
  auto array = array2::alloc({1, 1});
  auto moved = std::move(array);
  std::error_code code;
  (void)array.share(code);  // NOLINT: on purpose
  CHECK(code == DEED_EHANDLE);
  CHECK(array.transfer(DEED_LANGUAGE_C, code).bits == 0);
  CHECK(code == DEED_EHANDLE);
  array.recall(std::chrono::milliseconds{0}, code);
  CHECK(code == DEED_EHANDLE);
  array.publish("trap/a17", code);
  CHECK(code == DEED_EHANDLE);
  CHECK(status_of([&] { (void)array.describe(); }) == DEED_EHANDLE);
}

TEST_CASE_FIXTURE(accounted, "trap A20: parts outlive the whole") {
  auto whole = array2::alloc({4, 3}, {DEED_ORDER_C, {}, true});
  auto part = whole.pick(0, 3);
  whole.release();
  part(2) = 5;
  CHECK(part(2) == 5);
}

TEST_CASE_FIXTURE(accounted, "trap A24: a scope that ends while its memory is lent is noticed") {
  array2 kept;
  deed_array handle{};
  double memory[4] = {};
  {
    auto loan = array2::lend(memory, {2, 2});
    handle = loan.handle();
    kept = loan;
    CHECK(status_of([&] { loan.release(); }) == DEED_EBUSY);
  }
  kept.release();
  deed::claim(handle).recall();
}

TEST_CASE_FIXTURE(accounted, "trap A38: null and odd pointers of empty arrays") {
  auto null = array2::lend(nullptr, {0, 3});
  CHECK(null.data() == nullptr);
  CHECK(null.size() == 0);
  null.recall();
  CHECK(status_of([] { (void)array2::lend(nullptr, {1, 3}); }) == DEED_ENULL);
}

TEST_CASE_FIXTURE(accounted, "trap T07: two objects for one handle end it once") {
  auto array = array2::alloc({1, 1});
  deed::claim alias(array.handle());
  alias.release();
  CHECK_FALSE(array.is_live());
  CHECK(status_of([&] { array.release(); }) == DEED_ESTALE);
}

TEST_CASE_FIXTURE(accounted, "trap T21: a hundred thousand shares grow nothing") {
  const auto array = array2::alloc({1, 1});
  const auto claims = deed::counts().live_claims;
  for (int i = 0; i < 100000; ++i) const auto share = array;
  CHECK(deed::counts().live_claims == claims);
}

TEST_CASE_FIXTURE(accounted, "trap T38: lower bounds survive every verb") {
  auto array = array2::alloc({5, 4}, {DEED_ORDER_FORTRAN, {-2, 7}, true});
  array.publish("trap/t38");
  CHECK(array2::lookup("trap/t38").lower(0) == -2);
  CHECK(array.share().lower(1) == 7);
  CHECK(array.copy().lower(0) == -2);
  CHECK(array.transposed().lower(0) == 7);
  const array2 moved(array.transfer(DEED_LANGUAGE_CXX));
  CHECK(moved.upper(0) == 2);
}

TEST_CASE_FIXTURE(accounted, "trap T41, T42: steps and negative steps read the right elements") {
  const auto array = array2::alloc({20, 3}, {DEED_ORDER_FORTRAN, {1, 1}, false});
  for (int i = 0; i < 60; ++i) array.data()[i] = i;
  const auto stepped = array.view({{{1, 20, 2}, {1, 3, 1}}});
  const auto reversed = array.view({{{20, 1, -1}, {3, 1, -1}}});
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 10; ++i) CHECK(stepped(i, j) == 2 * i + 20 * j);
    for (int i = 0; i < 20; ++i) CHECK(reversed(i, j) == 59 - i - 20 * j);
  }
  const auto copy = reversed.copy(DEED_ORDER_C);
  CHECK(copy(19, 2) == 0);
}
