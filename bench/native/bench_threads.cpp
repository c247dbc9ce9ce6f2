// SPDX-License-Identifier: BSD-3-Clause
// bench_threads.cpp - one and two threads with arrays of their own: nothing is shared but the core.
#include <memory>
#include <string>

#include "claims.h"
#include "harness.hpp"
#include "shared_pointer.hpp"
#include "team.hpp"

namespace {

void compare(const bench::program &program, const std::string &name, const bench::part &run) {
  const std::string case_name = "threads_" + name;
  if (!program.wants(case_name)) return;
  const std::int64_t calls = program.sized(40'000, 100);
  bench::series by_one{case_name, "1_thread", {}};
  bench::series by_two{case_name, "2_threads", {}};
  for (int round = 0; round < program.rounds(); ++round) {
    by_one.ns.push_back(program.best_of_batches([&] { return bench::measure_team(1, run, calls); }));
    by_two.ns.push_back(program.best_of_batches([&] { return bench::measure_team(2, run, calls); }));
  }
  program.print(by_one);
  program.print(by_two);
}

/// Nothing but arithmetic, each step waiting for the one before: how much two threads of this machine do in the time of
/// one.
void count_up(std::int64_t calls) {
  std::uint64_t number = 1;
  for (std::int64_t i = 0; i < calls * 50; ++i) {
    number = number * 6364136223846793005 + 1442695040888963407;
    bench::keep(number);
  }
}

/// The same with steps that wait for nothing: two threads do no more than one if they share a core, whatever the
/// operating system was told.
void count_up_side_by_side(std::int64_t calls) {
  std::uint64_t numbers[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  for (std::int64_t i = 0; i < calls * 25; ++i) {
    for (std::uint64_t &number : numbers) {
      number += static_cast<std::uint64_t>(i) ^ (number >> 1);
      bench::keep(number);
    }
  }
}

}  // namespace

int main(int argc, char **argv) {
  const bench::program program(argc, argv);
  const deed_array arrays[] = {bench_alloc(8192), bench_alloc(8192)};
  const std::shared_ptr<double[]> pointers[] = {std::shared_ptr<double[]>(new double[1024]),
                                                std::shared_ptr<double[]>(new double[1024])};
  compare(program, "machine", [](int, std::int64_t calls) { count_up(calls); });
  compare(program, "machine_side_by_side", [](int, std::int64_t calls) { count_up_side_by_side(calls); });
  compare(program, "alloc_release", [](int, std::int64_t calls) { bench_alloc_and_release(8192, calls); });
  compare(program, "share_release",
          [&](int thread, std::int64_t calls) { bench_share_and_release(arrays[thread], calls); });
  compare(program, "view_release",
          [&](int thread, std::int64_t calls) { bench_view_and_release(arrays[thread], calls); });
  compare(program, "describe", [&](int thread, std::int64_t calls) { bench_describe(arrays[thread], calls); });
  compare(program, "same_block_share_release",
          [&](int, std::int64_t calls) { bench_share_and_release(arrays[0], calls); });
  compare(program, "shared_ptr",
          [&](int thread, std::int64_t calls) { bench::copy_and_drop(pointers[thread], calls); });
  compare(program, "same_shared_ptr", [&](int, std::int64_t calls) { bench::copy_and_drop(pointers[0], calls); });
  for (const deed_array array : arrays) bench_release(array);
}
