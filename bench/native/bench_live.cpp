// SPDX-License-Identifier: BSD-3-Clause
// bench_live.cpp - what a verb costs while a thousand and while a million arrays live, and how much memory each needs.
#include <malloc.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "claims.h"
#include "harness.hpp"
#include "shared_pointer.hpp"

namespace {

constexpr std::int64_t few = 1000;
constexpr std::int64_t block_bytes = 256;

/// The memory that all lent arrays show, so that only records are made for them.
std::array<double, block_bytes / sizeof(double)> shown{};

/// Arrays that live, in the order they were made in.
class population {
 public:
  population() = default;
  population(const population &) = delete;
  population &operator=(const population &) = delete;
  ~population() { resize(0); }

  void resize(std::int64_t count) {
    while (size() < count) arrays_.push_back(bench_lend(shown.data(), block_bytes));
    while (size() > count) {
      bench_release(arrays_.back());
      arrays_.pop_back();
    }
  }
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(arrays_.size()); }

  /// Do something with one array after the other: with `few` of them in the middle, or with all.
  template <class Verb>
  [[nodiscard]] bench::work on_few(Verb verb) {
    return walk((size() - few) / 2, few, verb);
  }
  template <class Verb>
  [[nodiscard]] bench::work on_all(Verb verb) {
    return walk(0, size(), verb);
  }

 private:
  template <class Verb>
  [[nodiscard]] bench::work walk(std::int64_t begin, std::int64_t count, Verb verb) {
    return [this, begin, count, verb, at = std::int64_t{0}](std::int64_t calls) mutable {
      for (std::int64_t i = 0; i < calls; ++i) {
        verb(arrays_[static_cast<std::size_t>(begin + at)]);
        if (++at == count) at = 0;
      }
    };
  }

  std::vector<deed_array> arrays_;
};

/// The cost of each verb with so many arrays alive, round by round.
class costs {
 public:
  explicit costs(std::string subject) : subject_(std::move(subject)) {}

  void measure(const bench::program &program, population &arrays) {
    add(program, "alloc_release", [](std::int64_t calls) { bench_alloc_and_release(block_bytes, calls); });
    add(program, "lend_release", [](std::int64_t calls) { bench_lend_and_release(shown.data(), block_bytes, calls); });
    add(program, "share_release", arrays.on_few([](deed_array a) { bench_share_and_release(a, 1); }));
    add(program, "view_release", arrays.on_few([](deed_array a) { bench_view_and_release(a, 1); }));
    add(program, "describe", arrays.on_few([](deed_array a) { bench_describe(a, 1); }));
    add(program, "walk_share_release", arrays.on_all([](deed_array a) { bench_share_and_release(a, 1); }));
  }

  /// A case that is not deed's: what memory costs that no cache holds.
  void measure(const bench::program &program, const std::vector<std::shared_ptr<double[]>> &pointers) {
    add(program, "walk_shared_ptr", [&pointers, at = std::size_t{0}](std::int64_t calls) mutable {
      for (std::int64_t i = 0; i < calls; ++i) {
        bench::copy_and_drop(pointers[at], 1);
        if (++at == pointers.size()) at = 0;
      }
    });
  }

  void print(const bench::program &program) const {
    for (const bench::series &one : all_) program.print(one);
  }

 private:
  void add(const bench::program &program, const std::string &verb, const bench::work &run) {
    const std::string name = "live_" + verb;
    if (!program.wants(name)) return;
    for (bench::series &one : all_) {
      if (one.case_name == name) return one.ns.push_back(program.measure(run));
    }
    all_.push_back({name, subject_, {program.measure(run)}});
  }

  std::string subject_;
  std::vector<bench::series> all_;
};

std::vector<std::shared_ptr<double[]>> make_pointers(std::int64_t count) {
  std::vector<std::shared_ptr<double[]>> pointers;
  for (std::int64_t i = 0; i < count; ++i) pointers.emplace_back(new double[block_bytes / sizeof(double)]);
  return pointers;
}

void compare_populations(const bench::program &program, std::int64_t many) {
  costs with_few("1000");
  costs with_many("1000000");
  population arrays;
  for (int round = 0; round < program.rounds(); ++round) {
    arrays.resize(few);
    with_few.measure(program, arrays);
    arrays.resize(many);
    with_many.measure(program, arrays);
  }
  arrays.resize(0);
  const auto few_pointers = make_pointers(few);
  const auto many_pointers = make_pointers(many);
  for (int round = 0; round < program.rounds(); ++round) {
    with_few.measure(program, few_pointers);
    with_many.measure(program, many_pointers);
  }
  with_few.print(program);
  with_many.print(program);
}

/// Memory of this process's own that it has touched. /proc/self/statm would be off by some pages, and count code.
double resident_bytes() {
  long long kilobytes = -1;
  std::array<char, 256> line{};
  std::FILE *file = std::fopen("/proc/self/smaps_rollup", "r");
  bench::require(file != nullptr, "/proc/self/smaps_rollup");
  while (kilobytes < 0 && std::fgets(line.data(), line.size(), file)) {
    if (std::sscanf(line.data(), "Anonymous: %lld kB", &kilobytes) != 1) kilobytes = -1;
  }
  std::fclose(file);
  bench::require(kilobytes >= 0, "Anonymous in /proc/self/smaps_rollup");
  return static_cast<double>(kilobytes) * 1024;
}

double reserved_bytes() {
  const struct mallinfo2 now = mallinfo2();
  return static_cast<double>(now.uordblks) + static_cast<double>(now.hblkhd);
}

/// The first thing that the program does: records that were made before would not be counted.
void weigh(const bench::program &program, std::int64_t count) {
  if (!program.wants("live_memory")) return;
  std::vector<deed_array> arrays(static_cast<std::size_t>(count), deed_array{});
  arrays[0] = bench_lend(shown.data(), block_bytes);
  (void)resident_bytes();  // the first call touches memory of its own
  const double resident_before = resident_bytes();
  const double reserved_before = reserved_bytes();
  for (std::size_t i = 1; i < arrays.size(); ++i) arrays[i] = bench_lend(shown.data(), block_bytes);
  const auto each = static_cast<double>(count - 1);
  program.print_fact("live_memory", "bytes_per_array", (resident_bytes() - resident_before) / each,
                     "resident memory of a million lent arrays of rank 1, each a block and a claim");
  program.print_fact("live_memory", "reserved_bytes_per_array", (reserved_bytes() - reserved_before) / each,
                     "with the pages of the last chunk that are not touched yet");
  for (const deed_array array : arrays) bench_release(array);
}

}  // namespace

int main(int argc, char **argv) {
  const bench::program program(argc, argv);
  const std::int64_t many = program.sized(1'000'000, 10'000);
  weigh(program, many);
  compare_populations(program, many);
}
