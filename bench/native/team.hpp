// SPDX-License-Identifier: BSD-3-Clause
// team.hpp - some threads that do the same and begin together.
#ifndef DEED_BENCH_TEAM_HPP
#define DEED_BENCH_TEAM_HPP

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

#include "harness.hpp"

namespace bench {

/// What a thread does. thread: its number, from 0.
using part = std::function<void(int thread, std::int64_t calls)>;

/// Keep this thread on one processor: threads that begin together would else share one for some milliseconds.
inline void stay_on_processor(int number) {
  cpu_set_t allowed;
  cpu_set_t one;
  sched_getaffinity(0, sizeof allowed, &allowed);
  CPU_ZERO(&one);
  for (int processor = 0, seen = 0; processor < CPU_SETSIZE; ++processor) {
    if (!CPU_ISSET(processor, &allowed)) continue;
    if (seen++ == number % CPU_COUNT(&allowed)) CPU_SET(processor, &one);
  }
  pthread_setaffinity_np(pthread_self(), sizeof one, &one);
}

/// Nanoseconds per call of all threads together, from their common begin to the end of the last, by the clock on the
/// wall: half of what one thread needs when two are as fast as one. Each thread has done some calls before.
inline double measure_team(int threads, const part &run, std::int64_t calls) {
  std::atomic<int> waiting{threads};
  std::vector<std::int64_t> begin_ns(static_cast<std::size_t>(threads));
  std::vector<std::int64_t> end_ns(static_cast<std::size_t>(threads));
  std::vector<std::thread> team;
  for (int thread = 0; thread < threads; ++thread) {
    team.emplace_back([&, thread] {
      const auto number = static_cast<std::size_t>(thread);
      stay_on_processor(thread);
      run(thread, calls / 8 + 1);
      for (waiting.fetch_sub(1); waiting.load() > 0;) {
      }
      begin_ns[number] = wall_ns();
      run(thread, calls);
      end_ns[number] = wall_ns();
    });
  }
  for (std::thread &member : team) member.join();
  const std::int64_t ns =
      *std::max_element(end_ns.begin(), end_ns.end()) - *std::min_element(begin_ns.begin(), begin_ns.end());
  return static_cast<double>(ns) / static_cast<double>(calls * threads);
}

}  // namespace bench

#endif
