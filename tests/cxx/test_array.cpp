// SPDX-License-Identifier: BSD-3-Clause
#include <numeric>

#include "check.hpp"

namespace {

// 4 x 3 with element i + 10 j at (i, j), i and j from the lower bounds.
array2 numbered(deed_order order, deed::indices<2> lower) {
  auto array = array2::alloc({4, 3}, {order, lower, false});
  for (auto j = array.lower(1); j <= array.upper(1); ++j) {
    for (auto i = array.lower(0); i <= array.upper(0); ++i) array(i, j) = static_cast<double>(i + 10 * j);
  }
  return array;
}

}  // namespace

TEST_CASE_FIXTURE(accounted, "elements are reached through bounds and strides of both orders") {
  for (deed_order order : {DEED_ORDER_C, DEED_ORDER_FORTRAN}) {
    const auto array = numbered(order, {-1, 5});
    CHECK(array(-1, 5) == 49);
    CHECK(array.at(2, 7) == 72);
    CHECK(array.size() == 12);
    CHECK(array.upper(0) == 2);
    CHECK(&array(-1, 5) == array.data());
    CHECK(array.is_contiguous(order));
    CHECK(array.stride_bytes(order == DEED_ORDER_C ? 1 : 0) == 8);
    CHECK(status_of([&] { (void)array.at(3, 5); }) == DEED_EBOUNDS);
    CHECK(status_of([&] { (void)array.at(-1, 4); }) == DEED_EBOUNDS);
  }
}

TEST_CASE_FIXTURE(accounted, "indices as far away as numbers go are out of bounds") {
  const auto array = array1::alloc({3}, {DEED_ORDER_C, {-5}, false});
  const auto none = array1::alloc({0}, {DEED_ORDER_C, {-5}, false});
  for (std::int64_t index : {INT64_MIN, std::int64_t{-6}, std::int64_t{-2}, std::int64_t{0}, INT64_MAX}) {
    CHECK(status_of([&] { (void)array.at(index); }) == DEED_EBOUNDS);
    CHECK(status_of([&] { (void)none.at(index); }) == DEED_EBOUNDS);
  }
  CHECK(&array.at(-5) == array.data());
}

TEST_CASE_FIXTURE(accounted, "an array without elements has no index, also where it has no memory") {
  const auto none = array2::lend(nullptr, {0, 3});
  CHECK(none.is_live());
  CHECK(none.data() == nullptr);
  CHECK(status_of([&] { (void)none.at(0, 0); }) == DEED_EBOUNDS);
}

TEST_CASE_FIXTURE(accounted, "copies share, moves move") {
  auto array = numbered(DEED_ORDER_C, {0, 0});
  auto copy = array;
  CHECK(copy.data() == array.data());
  CHECK(copy.handle().bits != array.handle().bits);
  CHECK(array.holders().size() == 2);
  auto moved = std::move(array);
  CHECK(moved.is_live());
  CHECK_FALSE(array.is_live());  // NOLINT: what a moved-from array is, is the point
  CHECK(array.data() == nullptr);
  const auto &same = copy;
  copy = same;
  auto &self = moved;
  moved = std::move(self);
  CHECK(moved(1, 1) == 11);
  copy = array2();
  CHECK(moved.holders().size() == 1);
  const array2 empty_copy = array;
  CHECK_FALSE(empty_copy.is_live());
}

TEST_CASE_FIXTURE(accounted, "trap T28: what is borrowed or read-only stays so through copies and moves") {
  double memory[12] = {};
  auto loan = array2::lend(memory, {4, 3});
  {
    auto copy = loan;
    auto moved = std::move(copy);
    CHECK(moved.origin() == DEED_ORIGIN_LENT);
    CHECK_FALSE(moved.is_title());
    CHECK(status_of([&] { loan.recall(); }) == DEED_EBUSY);
  }
  const const_array2 reader = loan;
  const auto again = reader;
  CHECK_FALSE(again.is_writable());
  CHECK(status_of([&] { array2 writer(deed_array{again.handle()}); }) == DEED_ERIGHTS);
}

TEST_CASE_FIXTURE(accounted, "views: sections, picked dimensions, transposition, reshaping") {
  const auto array = numbered(DEED_ORDER_FORTRAN, {1, 1});
  const auto section = array.view({{{1, 4, 2}, {3, 1, -1}}});
  CHECK(section.shape() == deed::indices<2>{2, 3});
  CHECK(section.lower(0) == 0);
  CHECK(section(0, 0) == 31);
  CHECK(section(1, 2) == 13);
  const auto column = array.pick(1, 2);
  CHECK(column(1) == 21);
  CHECK(column[4] == 24);
  const auto row = array.pick(0, 4);
  CHECK(row(3) == 34);
  const auto transposed = array.transposed();
  CHECK(transposed(2, 3) == 23 + 0);
  CHECK(transposed.extent(0) == 3);
  const auto flat = array.reshaped<1>({12}, DEED_ORDER_FORTRAN);
  CHECK(flat(1 + 5) == 22);
  CHECK(status_of([&] { (void)array.reshaped<1>({12}, DEED_ORDER_C); }) == DEED_EORDER);
  CHECK(status_of([&] { (void)array.reshaped<1>({11}); }) == DEED_ESHAPE);
  CHECK(status_of([&] { (void)array.view({{{0, 4, 1}, {1, 3, 1}}}); }) == DEED_EBOUNDS);
  CHECK(status_of([&] { (void)array.view({{{1, 4, 0}, {1, 3, 1}}}); }) == DEED_EINVAL);
  CHECK(status_of([&] { (void)array.pick(2, 1); }) == DEED_ERANK);
}

TEST_CASE_FIXTURE(accounted, "rank 0 and rank 15") {
  const auto scalar = deed::array<double, 0>::alloc({});
  scalar() = 3;
  CHECK(scalar.size() == 1);
  CHECK(scalar.share()() == 3);
  deed::indices<15> shape{};
  shape.fill(1);
  shape[14] = 2;
  const auto wide = deed::array<int, 15>::alloc(shape);
  const auto copy = wide;
  CHECK(copy.extent(14) == 2);
}

TEST_CASE_FIXTURE(accounted, "copy is the only member that copies") {
  const auto array = numbered(DEED_ORDER_C, {2, 3});
  const auto before = deed::counts().copies;
  const auto copy = array.copy(DEED_ORDER_FORTRAN, DEED_COPY_ORDER);
  CHECK(deed::counts().copies == before + 1);
  CHECK(copy.copied() == DEED_COPY_ORDER);
  CHECK(copy.lower(1) == 3);
  CHECK(copy(5, 5) == array(5, 5));
  CHECK(copy.data() != array.data());
}

TEST_CASE_FIXTURE(accounted, "lookup by name checks type, rank and rights") {
  auto array = numbered(DEED_ORDER_C, {0, 0});
  array.publish("cxx/array");
  CHECK(deed::names() == std::vector<std::string>{"cxx/array"});
  CHECK(const_array2::lookup("cxx/array")(1, 2) == 21);
  CHECK(status_of([] { (void)deed::array<float, 2>::lookup("cxx/array"); }) == DEED_EDTYPE);
  CHECK(status_of([] { (void)deed::array<double, 3>::lookup("cxx/array"); }) == DEED_ERANK);
  CHECK(status_of([] { (void)array2::lookup("cxx/other"); }) == DEED_ENONAME);
  CHECK(array.holders().size() == 1);
  std::error_code code;
  CHECK_FALSE(array2::lookup("cxx/other", code).is_live());
  CHECK(code == DEED_ENONAME);
  array.withdraw();
  CHECK(status_of([&] { array.withdraw(); }) == DEED_ENONAME);
}

TEST_CASE_FIXTURE(accounted, "an array that has ended has no elements") {
  auto array = numbered(DEED_ORDER_C, {0, 0});
  array.release();
  CHECK(array.data() == nullptr);
  CHECK(array.size() == 0);
  CHECK(status_of([&] { (void)array.at(0, 0); }) == DEED_ESTALE);
  CHECK(status_of([&] { array.release(); }) == DEED_EHANDLE);
  CHECK(status_of([&] { (void)array.share(); }) == DEED_EHANDLE);
}

#if defined(__cpp_lib_span)
TEST_CASE_FIXTURE(accounted, "spans of gapless arrays") {
  const auto array = numbered(DEED_ORDER_FORTRAN, {0, 0});
  const auto span = array.span();
  CHECK(std::accumulate(span.begin(), span.end(), 0.0) == 12 * (1.5 + 10));
  CHECK(status_of([&] { (void)array.view({{{0, 3, 2}, {0, 2, 1}}}).span(); }) == DEED_EORDER);
}
#endif
