// SPDX-License-Identifier: BSD-3-Clause
// sibling_load.hpp - keeps the other hyperthread of this core busy, where the machine lets a program choose it.
#ifndef DEED_BENCH_SIBLING_LOAD_HPP
#define DEED_BENCH_SIBLING_LOAD_HPP

#include <sched.h>

#include <atomic>
#include <memory>
#include <thread>

namespace bench {

/// While it lives, the thread that made it stays on one processor and another one does arithmetic on the sibling of
/// that. A virtual machine often doesn't say which processors are siblings, and they need not be: whether the load is
/// felt is for bench_core_width() to say.
class sibling_load {
 public:
  sibling_load();
  sibling_load(const sibling_load &) = delete;
  sibling_load &operator=(const sibling_load &) = delete;
  ~sibling_load();

 private:
  cpu_set_t allowed_{};
  std::atomic<bool> is_over_{false};
  std::thread busy_;
};

}  // namespace bench

#endif
