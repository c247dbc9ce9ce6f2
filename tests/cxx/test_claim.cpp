// SPDX-License-Identifier: BSD-3-Clause
#include <thread>

#include "check.hpp"

using namespace std::chrono_literals;

TEST_CASE_FIXTURE(accounted, "transfer hands the title to another language") {
  auto array = array2::alloc({2, 2}, {DEED_ORDER_C, {}, true});
  auto share = array.share();
  deed::claim python(array.transfer(DEED_LANGUAGE_PYTHON));
  CHECK_FALSE(array.is_live());
  CHECK(share.owner() == DEED_LANGUAGE_PYTHON);
  CHECK(python.is_title());
  std::error_code code;
  CHECK(share.transfer(DEED_LANGUAGE_C, code).bits == 0);
  CHECK(code == DEED_ENOTTITLE);
  CHECK(share.is_live());
}

TEST_CASE_FIXTURE(accounted, "recall waits, and says who still holds the memory") {
  double memory[4] = {};
  auto loan = array2::lend(memory, {2, 2});
  auto share = loan.share();
  try {
    loan.recall(5ms);
    FAIL("a loan that others hold was recalled");
  } catch (const deed::error &error) {
    CHECK(error.status() == DEED_EBUSY);
    CHECK(error.holder_count() == 1);
    CHECK(error.holders().at(0).language == DEED_LANGUAGE_CXX);
    CHECK(std::string(error.holders().at(0).file).find("test_claim.cpp") != std::string::npos);
    CHECK(std::string(error.what()).find("test_claim.cpp") != std::string::npos);
  }
  CHECK(loan.is_live());
  std::thread other([&] {
    std::this_thread::sleep_for(10ms);
    share.release();
  });
  loan.recall(60s);
  other.join();
  CHECK_FALSE(loan.is_live());
}

TEST_CASE_FIXTURE(accounted, "the destructor of a busy loan leaves it on the ledger") {
  static double memory[4] = {};
  deed_array handle{};
  array2 share;
  {
    auto loan = array2::lend(memory, {2, 2});
    handle = loan.handle();
    share = loan.share();
  }
  CHECK(deed_is_live(handle) == 1);
  share.release();
  deed::claim(handle).release();
}

TEST_CASE_FIXTURE(accounted, "holders and descriptor") {
  auto array = array2::alloc({2, 3}, {DEED_ORDER_FORTRAN, {1, 1}, false});
  auto share = array.as_const();
  const auto holders = share.holders();
  REQUIRE(holders.size() == 2);
  CHECK(holders[0].role == DEED_ROLE_TITLE);
  CHECK(holders[1].rights == DEED_READ);
  CHECK(holders[1].line > 0);
  CHECK(share.describe().layout.dim[1].extent == 3);
  CHECK(share.copied() == DEED_COPY_NONE);
}

TEST_CASE_FIXTURE(accounted, "names that are taken or no names") {
  auto a = array2::alloc({1, 1});
  auto b = array2::alloc({1, 1});
  a.publish("claim/a");
  CHECK(status_of([&] { b.publish("claim/a"); }) == DEED_EEXIST);
  CHECK(status_of([&] { b.publish(""); }) == DEED_EINVAL);
  std::error_code code;
  b.publish(nullptr, code);
  CHECK(code == DEED_EINVAL);
}
