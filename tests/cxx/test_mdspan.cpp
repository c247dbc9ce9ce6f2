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

TEST_CASE_FIXTURE(accounted, "strides that mdspan cannot say are refused") {
  const auto array = array2::alloc({4, 3});
  const auto reversed = array.view({{{3, 0, -1}, {0, 2, 1}}});
  CHECK(status_of([&] { (void)deed::as_mdspan(reversed); }) == DEED_EORDER);
}
