// SPDX-License-Identifier: BSD-3-Clause
#include <memory>
#include <type_traits>

#include "check.hpp"

static_assert(std::is_trivially_copyable_v<deed::weak<double, 2>>);
static_assert(!std::is_convertible_v<const_array2, deed::weak<double, 2>>);

TEST_CASE_FIXTURE(accounted, "a weak keeps nothing alive and upgrades to what it remembers") {
  auto array = array2::alloc({4, 3}, {DEED_ORDER_FORTRAN, {1, 1}, true});
  const deed::weak remembered = array;
  CHECK(array.holders().size() == 1);
  {
    auto again = remembered.upgrade();
    CHECK(again.data() == array.data());
    CHECK(again.lower(1) == 1);
    CHECK_FALSE(again.is_title());
    CHECK(array.holders().size() == 2);
    array.release();
    CHECK(remembered.is_live());
    again(4, 3) = 7;
  }
  CHECK_FALSE(remembered.is_live());
  CHECK(status_of([&] { (void)remembered.upgrade(); }) == DEED_ESTALE);
  std::error_code code;
  CHECK_FALSE(remembered.upgrade(code).is_live());
  CHECK(code == DEED_ESTALE);
}

TEST_CASE_FIXTURE(accounted, "an empty weak is refused") {
  const deed::weak<double, 2> nothing;
  CHECK_FALSE(nothing.is_live());
  CHECK(status_of([&] { (void)nothing.upgrade(); }) == DEED_EHANDLE);
  const deed::weak<double, 2> of_empty = array2();
  CHECK(status_of([&] { (void)of_empty.upgrade(); }) == DEED_EHANDLE);
}

TEST_CASE_FIXTURE(accounted, "const is remembered, and does not grow into the right to write") {
  auto array = array2::alloc({4, 3}, {});
  const deed::weak<const double, 2> reader = array;
  CHECK_FALSE(reader.upgrade().is_writable());
  const deed::weak<double, 2> forged(deed::weak(array.as_const()).c());
  std::error_code code;
  CHECK_FALSE(forged.upgrade(code).is_live());
  CHECK(code == DEED_ERIGHTS);
}

TEST_CASE_FIXTURE(accounted, "a weak of another type or rank is refused, and no claim stays behind") {
  auto array = array2::alloc({4, 3}, {});
  const deed_weak remembered = deed::weak(array).c();
  CHECK(status_of([&] { (void)deed::weak<float, 2>(remembered).upgrade(); }) == DEED_EDTYPE);
  CHECK(status_of([&] { (void)deed::weak<double, 1>(remembered).upgrade(); }) == DEED_ERANK);
  CHECK(array.holders().size() == 1);
}

TEST_CASE_FIXTURE(accounted, "a stale array is not remembered") {
  auto array = array2::alloc({4, 3}, {});
  const deed_array handle = array.handle();
  CHECK(deed_release(handle, nullptr) == DEED_OK);
  CHECK(status_of([&] { (void)deed::weak<double, 2>(array); }) == DEED_ESTALE);
}

TEST_CASE_FIXTURE(accounted, "two that point at each other both end") {
  struct node {
    array1 own;
    deed::weak<double, 1> other;
  };
  auto first = std::make_shared<node>(node{array1::alloc({3}, {}), {}});
  auto second = std::make_shared<node>(node{array1::alloc({3}, {}), first->own});
  first->other = second->own;
  CHECK(first->other.upgrade().data() == second->own.data());
  second.reset();
  CHECK_FALSE(first->other.is_live());
}
