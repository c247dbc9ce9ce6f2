// SPDX-License-Identifier: BSD-3-Clause
// shared_pointer.hpp - what std::shared_ptr does in the place of a verb.
#ifndef DEED_BENCH_SHARED_POINTER_HPP
#define DEED_BENCH_SHARED_POINTER_HPP

#include <cstdint>
#include <memory>

#include "harness.hpp"

namespace bench {

/// The pointer that is copied is in memory, and each copy is seen before it is dropped: both counts are changed.
inline void copy_and_drop(const std::shared_ptr<double[]> &pointer, std::int64_t calls) {
  for (std::int64_t i = 0; i < calls; ++i) {
    const std::shared_ptr<double[]> copy(pointer);
    keep(&copy);
  }
}

inline void make_and_drop(std::int64_t size_bytes, std::int64_t calls) {
  const auto count = static_cast<std::size_t>(size_bytes) / sizeof(double);
  for (std::int64_t i = 0; i < calls; ++i) {
    const std::shared_ptr<double[]> made(new double[count]);
    keep(&made);
  }
}

}  // namespace bench

#endif
