// SPDX-License-Identifier: BSD-3-Clause
// check.hpp - what every C++ test uses: doctest, the accounting at the end of each test case, and statuses of failures.
#ifndef DEED_TEST_CHECK_HPP
#define DEED_TEST_CHECK_HPP

#include <doctest/doctest.h>

#include <deed/deed.hpp>
#include <string>

// A fixture: when a test case is over, all blocks and claims have ended.
struct accounted {
  accounted() = default;
  accounted(const accounted &) = delete;
  accounted &operator=(const accounted &) = delete;
  ~accounted() {
    const deed_counts counts = deed::counts();
    CHECK(counts.live_blocks == 0);
    CHECK(counts.live_claims == 0);
  }
};

// The status that a call throws; DEED_OK if it does not.
template <class Call>
deed_status status_of(Call call) {
  try {
    call();
  } catch (const deed::error &error) {
    return error.status();
  }
  return DEED_OK;
}

using array1 = deed::array<double, 1>;
using array2 = deed::array<double, 2>;
using const_array2 = deed::array<const double, 2>;

#endif
