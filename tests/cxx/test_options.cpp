// SPDX-License-Identifier: BSD-3-Clause
#include <memory>
#include <string_view>

#include "check.hpp"

using namespace std::string_literals;
using namespace std::string_view_literals;

TEST_CASE_FIXTURE(accounted, "a name is published in the call that makes the array") {
  const auto field = array2::alloc({2, 2}, deed::named{"options/field"});
  CHECK(array2::lookup("options/field").data() == field.data());
  double memory[4] = {};
  auto loan = array2::lend(memory, {2, 2}, {DEED_ORDER_FORTRAN, {1, 1}, false, "options/loan"});
  CHECK(array2::lookup("options/loan").lower(1) == 1);
  auto adopted = array1::adopt(std::vector<double>(3), deed::named{"options/vector"});
  CHECK(deed::names() == std::vector<std::string>{"options/field", "options/loan", "options/vector"});
  adopted.withdraw();
  const auto shaped = array2::adopt(std::vector<double>(4), {2, 2}, deed::named{"options/vector"});
  const auto pointer = array1::adopt(std::make_unique<double[]>(2), {2}, deed::named{"options/pointer"});
  CHECK(array2::lookup("options/vector").handle().bits != 0);
  loan.recall();
}

TEST_CASE_FIXTURE(accounted, "a name that is refused leaves everything as it was") {
  const auto taken = array1::alloc({1}, deed::named{"options/taken"});
  const auto made = deed::counts().live_blocks;
  double memory[4] = {};
  std::vector<double> vector{1, 2, 3};
  const double *first = vector.data();
  auto pointer = std::make_unique<double[]>(2);
  for (std::string_view name : {"options/taken"sv, ""sv, "a\0b"sv, " a"sv, std::string_view{}}) {
    const deed::named named{name};
    const deed_status expected = name == "options/taken" ? DEED_EEXIST : DEED_EINVAL;
    CHECK(status_of([&] { (void)array1::alloc({1}, named); }) == expected);
    CHECK(status_of([&] { (void)array1::lend(memory, {4}, named); }) == expected);
    CHECK(status_of([&] { (void)array1::adopt(std::move(vector), named); }) == expected);
    std::error_code code;
    CHECK_FALSE(array1::adopt(std::move(vector), {3}, named, code).is_live());
    CHECK(code == expected);
    CHECK_FALSE(array1::adopt(std::move(pointer), {2}, named, code).is_live());
    CHECK(code == expected);
  }
  CHECK(deed::counts().live_blocks == made);
  CHECK(vector == std::vector<double>{1, 2, 3});
  CHECK(vector.data() == first);
  REQUIRE(pointer);
  CHECK(deed::names() == std::vector<std::string>{"options/taken"});
}

TEST_CASE_FIXTURE(accounted, "an owner whose name is refused is not ended, and is not moved") {
  const auto taken = array1::alloc({1}, deed::named{"options/taken"});
  int calls = 0;
  double memory[1] = {};
  auto function = [&calls, steps = std::vector<int>{7}] { calls += steps.at(0); };
  CHECK(status_of([&] { (void)array1::adopt(std::move(function), memory, {1}, deed::named{"options/taken"}); }) ==
        DEED_EEXIST);
  CHECK(calls == 0);
  function();
  CHECK(calls == 7);
}

TEST_CASE_FIXTURE(accounted, "the refusal of a name says which") {
  const auto taken = array1::alloc({1}, deed::named{"options/taken"});
  try {
    (void)array1::alloc({1}, deed::named{"options/taken"});
    FAIL("a name was given twice");
  } catch (const deed::error &error) {
    CHECK(error.what() ==
          "DEED_EEXIST: publish refused: \"options/taken\": an array is already published under this name"s);
  }
}

TEST_CASE_FIXTURE(accounted, "a NUL inside a name is refused, not the end of it") {
  auto array = array1::alloc({1}, deed::named{"options/part"});
  const std::string inside("options/part\0of", 15);
  const std::string_view after("options/part\0", 13);
  CHECK(status_of([&] { (void)array1::lookup(inside); }) == DEED_EINVAL);
  CHECK(status_of([&] { (void)array1::lookup(after); }) == DEED_EINVAL);
  std::error_code code;
  CHECK_FALSE(array1::lookup(inside, code).is_live());
  CHECK(code == DEED_EINVAL);
  CHECK(array1::lookup(std::string("options/part"), code).is_live());
  CHECK_FALSE(code);
  array.withdraw();
  CHECK(status_of([&] { array.publish(inside); }) == DEED_EINVAL);
  array.publish(after, code);
  CHECK(code == DEED_EINVAL);
  CHECK(deed::names().empty());
}

TEST_CASE_FIXTURE(accounted, "names of every length") {
  const auto of_length = [](int length) { return std::string(static_cast<std::size_t>(length), 'n'); };
  auto array = array1::alloc({1});
  for (int length : {1, 126, 127}) {
    array.publish(of_length(length));
    CHECK(array1::lookup(of_length(length)).is_live());
    array.withdraw();
  }
  for (int length : {0, 128, 129, 5000}) {
    CHECK(status_of([&] { array.publish(of_length(length)); }) == DEED_EINVAL);
    CHECK(status_of([&] { (void)array1::lookup(of_length(length)); }) == DEED_EINVAL);
  }
}
