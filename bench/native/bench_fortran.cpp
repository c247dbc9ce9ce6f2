// SPDX-License-Identifier: BSD-3-Clause
// bench_fortran.cpp - the verbs of module deed beside what Fortran has, and beside std::shared_ptr.
#include <memory>
#include <vector>

#include "deed/deed.hpp"
#include "fortran_verbs.h"
#include "harness.hpp"
#include "shared_pointer.hpp"

namespace {

constexpr std::int64_t extent = 64;

void compare_loans(const bench::program &program) {
  const std::shared_ptr<double[]> pointer(new double[1024]);
  program.compare("fortran_lend_release",
                  {{"deed", bench_fortran_lend_and_release, "64 by 64 doubles"},
                   {"deed_section", bench_fortran_lend_section_and_release, "10 by 10 of them"},
                   {"shared_ptr", [&](std::int64_t calls) { bench::copy_and_drop(pointer, calls); }, "atomic counts"}});
}

void compare_pointers(const bench::program &program) {
  std::vector<double> plain(extent * extent);
  const auto array = deed::array<double, 2>::alloc({extent, extent}, {DEED_ORDER_FORTRAN, {-1, -1}, true});
  program.compare(
      "fortran_pointer",
      {{"deed", [&](std::int64_t calls) { bench_fortran_deed_pointer_2(array.handle(), calls); },
        "bounds kept, handle checked"},
       {"c_f_pointer", [&](std::int64_t calls) { bench_fortran_c_f_pointer_2(plain.data(), calls); }, "inlined"},
       {"c_f_pointer_with_bounds",
        [&](std::int64_t calls) { bench_fortran_c_f_pointer_with_bounds(plain.data(), calls); }, "inlined"}});
}

}  // namespace

int main(int argc, char **argv) {
  const bench::program program(argc, argv);
  compare_loans(program);
  compare_pointers(program);
}
