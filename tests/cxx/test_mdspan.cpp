// SPDX-License-Identifier: BSD-3-Clause
#include "check.hpp"

#if !defined(DEED_MDSPAN)
#error "this test wants a compiler with mdspan"
#endif

TEST_CASE_FIXTURE(accounted, "an mdspan counts from 0 in the same order of indices") {
  const auto array = array2::alloc({4, 3}, {DEED_ORDER_FORTRAN, {1, 1}, true});
  array(2, 3) = 5;
  const auto span = deed::as_mdspan(array);
  CHECK(span.rank() == 2);
  CHECK(span.extent(0) == 4);
  CHECK((span[1, 2]) == 5);
  const auto stepped = array.view({{{2, 4, 2}, {3, 3, 1}}});
  CHECK((deed::as_mdspan(stepped)[0, 0]) == 5);
  const auto scalar = deed::array<double, 0>::alloc({}, {DEED_ORDER_C, {}, true});
  CHECK(deed::as_mdspan(scalar)[] == 0);
}

namespace {

// Memory of 4 x 4 doubles, element i at i, seen with other strides.
class seen {
 public:
  explicit seen(deed::indices<2> shape, deed::indices<2> stride_bytes) {
    for (int i = 0; i < 16; ++i) memory_[i] = i;
    deed_layout layout{};
    REQUIRE(deed_layout_contiguous(DEED_REAL64, 8, 2, shape.data(), nullptr, DEED_ORDER_C, &layout) == DEED_OK);
    layout.dim[0].stride_bytes = stride_bytes[0];
    layout.dim[1].stride_bytes = stride_bytes[1];
    deed_array handle = DEED_ARRAY_NONE;
    REQUIRE(deed_lend(memory_, DEED_READ | DEED_WRITE, &layout, DEED_HERE, &handle, nullptr) == DEED_OK);
    array = array2(handle);
  }
  array2 array;

 private:
  double memory_[16];
};

}  // namespace

TEST_CASE_FIXTURE(accounted, "strides that mdspan cannot say are refused") {
  const auto array = array2::alloc({4, 3});
  const auto reversed = array.view({{{3, 0, -1}, {0, 2, 1}}});
  CHECK(status_of([&] { (void)deed::as_mdspan(reversed); }) == DEED_EORDER);
  CHECK(status_of([&] { (void)deed::as_mdspan(seen({2, 2}, {0, 8}).array); }) == DEED_EORDER);
  CHECK(status_of([&] { (void)deed::as_mdspan(seen({2, 2}, {8, 12}).array); }) == DEED_EORDER);
  CHECK(status_of([&] { (void)deed::as_mdspan(seen({3, 3}, {8, 8}).array); }) == DEED_EORDER);
  CHECK(status_of([&] { (void)deed::as_mdspan(array2()); }) == DEED_EHANDLE);
  try {
    (void)deed::as_mdspan(seen({2, 3}, {32, 0}).array);
    FAIL("a stride of 0 became an mdspan");
  } catch (const deed::error &error) {
    CHECK(error.what() == std::string("DEED_EORDER: as_mdspan refused: stride 0 bytes of dimension 1, elements of 8: "
                                      "the elements are not in the order asked for"));
  }
}

TEST_CASE_FIXTURE(accounted, "strides of a single element do not matter") {
  for (std::int64_t any : {0, 12, -8, 3, 1 << 20}) {
    const seen row({1, 4}, {any, 16});
    const auto span = deed::as_mdspan(row.array);
    CHECK((span[0, 3]) == 6);
    CHECK(span.is_unique());
    const seen column({4, 1}, {24, any});
    CHECK((deed::as_mdspan(column.array)[3, 0]) == 9);
    const seen one({1, 1}, {any, any});
    CHECK((deed::as_mdspan(one.array)[0, 0]) == 0);
  }
}

TEST_CASE_FIXTURE(accounted, "arrays without elements have an mdspan") {
  const seen none({0, 3}, {0, -5});
  const auto span = deed::as_mdspan(none.array);
  CHECK(span.empty());
  CHECK(span.extent(1) == 3);
  CHECK(deed::as_mdspan(seen({3, 0}, {0, 0}).array).stride(0) > 0);
  CHECK(deed::as_mdspan(array2::lend(nullptr, {INT64_MAX, 0})).empty());
}

TEST_CASE_FIXTURE(accounted, "an mdspan of the layout of a contiguous array") {
  const auto in_c = array2::alloc({4, 3}, {DEED_ORDER_C, {1, 1}, true});
  const auto in_fortran = array2::alloc({4, 3}, {DEED_ORDER_FORTRAN, {1, 1}, true});
  in_c(3, 2) = 5;
  in_fortran(3, 2) = 6;
  const auto right = deed::as_mdspan<DEED_MDSPAN::layout_right>(in_c);
  const auto left = deed::as_mdspan<DEED_MDSPAN::layout_left>(in_fortran);
  static_assert(std::is_same_v<decltype(left), const deed::mdspan_of<double, 2, DEED_MDSPAN::layout_left>>);
  CHECK((right[2, 1]) == 5);
  CHECK((left[2, 1]) == 6);
  CHECK(&left[3, 2] == &in_fortran(4, 3));
  static_assert(
      std::is_same_v<decltype(deed::as_mdspan<DEED_MDSPAN::layout_right>(in_c.as_const())[0, 0]), const double &>);
}

TEST_CASE_FIXTURE(accounted, "an mdspan of another layout, or of gaps, is refused") {
  const auto array = array2::alloc({4, 3}, {DEED_ORDER_FORTRAN, {}, true});
  const auto inner = array.view({{{1, 2, 1}, {1, 2, 1}}});
  CHECK(status_of([&] { (void)deed::as_mdspan<DEED_MDSPAN::layout_right>(array); }) == DEED_EORDER);
  CHECK(status_of([&] { (void)deed::as_mdspan<DEED_MDSPAN::layout_left>(inner); }) == DEED_EORDER);
  CHECK(status_of([] { (void)deed::as_mdspan<DEED_MDSPAN::layout_left>(array2()); }) == DEED_EHANDLE);
}
