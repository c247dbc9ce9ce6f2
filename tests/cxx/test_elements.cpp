// SPDX-License-Identifier: BSD-3-Clause
#include <complex>

#include "check.hpp"

namespace {

constexpr auto c_order = DEED_ORDER_C;
constexpr auto fortran_order = DEED_ORDER_FORTRAN;

// 4 x 3 with element i + 10 j at (i, j), i and j from the lower bounds.
array2 numbered(deed_order order, deed::indices<2> lower) {
  auto array = array2::alloc({4, 3}, {order, lower, false});
  for (auto j = array.lower(1); j <= array.upper(1); ++j) {
    for (auto i = array.lower(0); i <= array.upper(0); ++i) array(i, j) = static_cast<double>(i + 10 * j);
  }
  return array;
}

// Are all elements where the array has them?
template <deed_order Order>
bool are_same(const array2 &array) {
  const auto elements = array.elements<Order>();
  bool is_same = elements.shape() == array.shape() && elements.size() == array.size();
  for (auto j = elements.lower(1); j <= elements.upper(1); ++j) {
    for (auto i = elements.lower(0); i <= elements.upper(0); ++i) is_same &= &elements(i, j) == &array(i, j);
  }
  return is_same;
}

std::string refusal_of(const array2 &array) {
  try {
    (void)array.elements();
  } catch (const deed::error &error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE_FIXTURE(accounted, "elements are where the array has them, with its lower bounds") {
  CHECK(are_same<c_order>(numbered(c_order, {-1, 5})));
  CHECK(are_same<fortran_order>(numbered(fortran_order, {-1, 5})));
  const auto array = numbered(fortran_order, {-1, 5});
  const auto elements = array.elements<fortran_order>();
  CHECK(elements(-1, 5) == 49);
  CHECK(elements.data() == array.data());
  CHECK(elements.lower(1) == 5);
  CHECK(elements.upper(0) == 2);
  CHECK(elements.stride_bytes(1) == 32);
  elements(2, 7) = 3;
  CHECK(array.at(2, 7) == 3);
}

TEST_CASE_FIXTURE(accounted, "elements of rank 0, 1, 3 and 15") {
  const auto scalar = deed::array<double, 0>::alloc({});
  scalar.elements()() = 3;
  CHECK(scalar.elements<fortran_order>()() == 3);
  const auto line = array1::alloc({3}, {c_order, {-5}, true});
  line.elements()[-4] = 1;
  CHECK(&line.elements<fortran_order>()(-4) == line.data() + 1);
  for (deed_order order : {c_order, fortran_order}) {
    const auto box = deed::array<int, 3>::alloc({2, 3, 4}, {order, {1, 2, 3}, true});
    const bool is_same = order == c_order ? &box.elements()(2, 3, 4) == &box(2, 3, 4)
                                          : &box.elements<fortran_order>()(2, 3, 4) == &box(2, 3, 4);
    CHECK(is_same);
  }
  deed::indices<15> shape{};
  shape.fill(1);
  shape[14] = 2;
  const auto wide = deed::array<int, 15>::alloc(shape);
  CHECK(&wide.elements()(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1) == wide.data() + 1);
}

TEST_CASE_FIXTURE(accounted, "the other order is refused by name") {
  const auto in_c = numbered(c_order, {0, 0});
  const auto in_fortran = numbered(fortran_order, {0, 0});
  CHECK(status_of([&] { (void)in_c.elements<fortran_order>(); }) == DEED_EORDER);
  CHECK(status_of([&] { (void)in_fortran.elements<c_order>(); }) == DEED_EORDER);
  CHECK(refusal_of(in_fortran) ==
        "DEED_EORDER: elements refused: C order wants stride 8 bytes in dimension 1, which has 32: "
        "the elements are not in the order asked for");
  std::error_code code;
  const auto none = in_fortran.elements<c_order>(code);
  CHECK(code == DEED_EORDER);
  CHECK(none.data() == nullptr);
  CHECK(none.size() == 0);
  CHECK(in_fortran.elements<fortran_order>(code).size() == 12);
  CHECK_FALSE(code);
}

TEST_CASE_FIXTURE(accounted, "the inner cells have elements, every second one of a line has none") {
  const auto array = numbered(fortran_order, {0, 0});
  const auto inner = array.view({{{1, 2, 1}, {1, 2, 1}}});
  CHECK(are_same<fortran_order>(inner));
  CHECK_FALSE(inner.is_contiguous(fortran_order));
  const auto reversed_lines = array.view({{{0, 3, 1}, {2, 0, -1}}});
  CHECK(are_same<fortran_order>(reversed_lines));
  const auto second = array.view({{{0, 3, 2}, {0, 2, 1}}});
  CHECK(status_of([&] { (void)second.elements<fortran_order>(); }) == DEED_EORDER);
  const auto reversed = array.view({{{3, 0, -1}, {0, 2, 1}}});
  CHECK(status_of([&] { (void)reversed.elements<fortran_order>(); }) == DEED_EORDER);
}

TEST_CASE_FIXTURE(accounted, "strides that address nothing may be any") {
  const auto array = numbered(c_order, {0, 0});
  const auto row = array.view({{{2, 2, 1}, {0, 2, 1}}});  // 1 x 3
  CHECK(are_same<fortran_order>(row));
  const auto column = array.view({{{0, 3, 1}, {1, 1, 1}}});  // 4 x 1
  CHECK(are_same<c_order>(column));
  const auto none = array2::lend(nullptr, {0, 3}, {fortran_order, {}, false});
  CHECK(none.elements<c_order>().size() == 0);
  CHECK(none.elements<c_order>().extent(1) == 3);
}

TEST_CASE_FIXTURE(accounted, "an array that is empty has no elements to give") {
  auto array = numbered(c_order, {0, 0});
  array.release();
  std::error_code code;
  CHECK(array.elements(code).data() == nullptr);
  CHECK(code == DEED_EHANDLE);
  CHECK(status_of([&] { (void)array.elements(); }) == DEED_EHANDLE);
  CHECK(deed::elements<double, 2>().size() == 0);
}

TEST_CASE_FIXTURE(accounted, "elements of a read-only array are read only") {
  const auto array = numbered(c_order, {0, 0});
  const auto reader = array.as_const();
  static_assert(std::is_same_v<decltype(reader.elements()(0, 0)), const double &>);
  static_assert(std::is_same_v<decltype(array.elements()(0, 0)), double &>);
  const deed::elements<const double, 2> seen = array.elements();
  CHECK(&seen(3, 2) == &array(3, 2));
  static_assert(!std::is_convertible_v<deed::elements<const double, 2>, deed::elements<double, 2>>);
  static_assert(std::is_trivially_copyable_v<deed::elements<double, 2>>);
}

TEST_CASE_FIXTURE(accounted, "lines need not be whole elements apart") {
  using complex = std::complex<double>;
  double memory[9] = {};
  deed_layout layout{};
  const deed::indices<2> shape{2, 2};
  REQUIRE(deed_layout_contiguous(DEED_COMPLEX_REAL64, 16, 2, shape.data(), nullptr, c_order, &layout) == DEED_OK);
  layout.dim[0].stride_bytes = 40;
  deed_array handle = DEED_ARRAY_NONE;
  REQUIRE(deed_lend(memory, DEED_READ | DEED_WRITE, &layout, DEED_HERE, &handle, nullptr) == DEED_OK);
  const deed::array<complex, 2> array(handle);
  array.elements()(1, 1) = {7, 8};
  CHECK(memory[7] == 7);
  CHECK(memory[8] == 8);
}

#if defined(__cpp_multidimensional_subscript)
TEST_CASE_FIXTURE(accounted, "brackets take all indices since C++23") {
  const auto array = numbered(c_order, {1, 1});
  const auto elements = array.elements();
  CHECK((elements[2, 3]) == 32);
}
#endif
