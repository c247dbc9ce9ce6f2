// SPDX-License-Identifier: BSD-3-Clause
// repeat.hpp - a kernel as the work of a subject.
#ifndef DEED_BENCH_REPEAT_HPP
#define DEED_BENCH_REPEAT_HPP

#include "harness.hpp"

namespace bench {

/// What kernel stores counts as used after each call.
template <class Kernel>
work repeat(Kernel kernel) {
  return [kernel](std::int64_t calls) {
    for (std::int64_t i = 0; i < calls; ++i) {
      kernel();
      keep(i);
    }
  };
}

}  // namespace bench

#endif
