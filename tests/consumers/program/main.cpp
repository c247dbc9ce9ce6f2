// SPDX-License-Identifier: BSD-3-Clause
// A C++ program around a Fortran solver: arrays of both are made, shared and released, and none is left.
#include "solver.h"

#include <cstdio>
#include <deed/deed.hpp>

namespace {

using field_type = deed::array<double, 2>;

bool fortran_works_on_a_vector() {
  auto field = field_type::adopt(std::vector<double>(12, 2.0), {4, 3});
  const auto share = field;
  if (solver_scale(field.handle(), 21.0) != DEED_OK) return false;
  field.release();
  return share(3, 2) == 42.0;
}

bool cxx_works_on_an_allocatable() {
  deed_array handle{};
  if (solver_make(&handle) != DEED_OK) return false;
  field_type field(handle);
  {
    const auto share = field;
    share(3, 1) = 5.0;
    if (solver_finish(field.handle()) != DEED_EBUSY) return false;
  }
  if (field.lower(1) != -1 || field(3, 1) != 5.0 || field(0, -1) != 2.0) return false;
  return solver_finish(field.transfer(DEED_LANGUAGE_FORTRAN)) == DEED_OK;
}

bool nothing_is_left() {
  deed_counts counts{};
  deed_count(&counts, sizeof counts);
  return counts.live_blocks == 0 && counts.live_claims == 0 && counts.copies == 0;
}

}  // namespace

int main() {
  const bool right = fortran_works_on_a_vector() && cxx_works_on_an_allocatable() && nothing_is_left();
  std::puts(right ? "consumer works" : "consumer fails");
  return right ? 0 : 1;
}
