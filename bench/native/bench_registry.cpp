// SPDX-License-Identifier: BSD-3-Clause
// bench_registry.cpp - a claim by name, among a hundred thousand names, beside a map of std::shared_ptr under a shared
// mutex; and names that come and go while others are looked up.
#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <random>
#include <shared_mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "claims.h"
#include "harness.hpp"
#include "team.hpp"

namespace {

/// What a program without deed would write.
class map_of_pointers {
 public:
  void publish(const std::string &name) {
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    map_.emplace(name, std::shared_ptr<double[]>(new double[1]));
  }
  std::shared_ptr<double[]> lookup(const std::string &name) const {
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    const auto found = map_.find(name);
    return found == map_.end() ? nullptr : found->second;
  }

 private:
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<double[]>> map_;
};

/// Names in an order that no cache expects, and what is published under them.
class names {
 public:
  explicit names(std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) add("model/layer_" + std::to_string(i) + "/velocity");
    std::shuffle(names_.begin(), names_.end(), std::mt19937(1));
  }
  names(const names &) = delete;
  names &operator=(const names &) = delete;
  ~names() {
    for (const deed_array array : arrays_) bench_release(array);
  }

  void look_up_in_deed(int thread, std::int64_t calls) const {
    const deed_site here{DEED_LANGUAGE_CXX, __LINE__, __FILE__};
    for (std::int64_t i = 0; i < calls; ++i) {
      deed_array array{};
      bench::require(!deed_lookup(at(thread, i).c_str(), 0, &here, &array, nullptr), "lookup");
      bench_release(array);
    }
  }
  void look_up_in_map(int thread, std::int64_t calls) const {
    for (std::int64_t i = 0; i < calls; ++i) bench::require(map_.lookup(at(thread, i)) != nullptr, "lookup in a map");
  }

 private:
  void add(const std::string &name) {
    names_.push_back(name);
    arrays_.push_back(bench_alloc(sizeof(double)));
    bench::require(!deed_publish(arrays_.back(), name.c_str(), nullptr), "publish");
    map_.publish(name);
  }

  /// Each thread begins elsewhere.
  [[nodiscard]] const std::string &at(int thread, std::int64_t i) const {
    return names_[static_cast<std::size_t>(i + thread * 5003) % names_.size()];
  }

  std::vector<std::string> names_;
  std::vector<deed_array> arrays_;
  map_of_pointers map_;
};

void compare_readers(const bench::program &program, const names &all, int readers) {
  const std::string case_name = "registry_lookup_" + std::to_string(readers) + (readers == 1 ? "_reader" : "_readers");
  if (!program.wants(case_name)) return;
  const std::int64_t calls = program.sized(20'000, 100);
  const bench::part in_deed = [&](int thread, std::int64_t n) { all.look_up_in_deed(thread, n); };
  const bench::part in_map = [&](int thread, std::int64_t n) { all.look_up_in_map(thread, n); };
  bench::series deed{case_name, "deed", {}, 1, "looked up and released"};
  bench::series map{case_name, "unordered_map", {}, 1, "of shared_ptr, under a shared_mutex; copied and dropped"};
  for (int round = 0; round < program.rounds(); ++round) {
    deed.ns.push_back(program.best_of_batches([&] { return bench::measure_team(readers, in_deed, calls); }));
    map.ns.push_back(program.best_of_batches([&] { return bench::measure_team(readers, in_map, calls); }));
  }
  program.print(deed);
  program.print(map);
}

/// Nanoseconds to publish and withdraw a name while so many threads look others up all the time.
double publish_among(int readers, const names &all, std::int64_t calls) {
  std::atomic<int> begun{0};
  std::atomic<bool> is_over{false};
  std::vector<std::thread> team;
  for (int thread = 0; thread < readers; ++thread) {
    team.emplace_back([&, thread] {
      for (++begun; !is_over;) all.look_up_in_deed(thread, 16);
    });
  }
  while (begun < readers) std::this_thread::yield();
  const deed_array array = bench_alloc(sizeof(double));
  const std::int64_t begin_ns = bench::wall_ns();
  for (std::int64_t i = 0; i < calls; ++i) {
    bench::require(!deed_publish(array, "model/new", nullptr) && !deed_withdraw(array, nullptr), "publish");
  }
  const std::int64_t ns = bench::wall_ns() - begin_ns;
  is_over = true;
  for (std::thread &member : team) member.join();
  bench_release(array);
  return static_cast<double>(ns) / static_cast<double>(calls);
}

/// With more threads than processors every call also waits for its turn on one.
void compare_writers(const bench::program &program, const names &all) {
  const std::string case_name = "registry_publish_withdraw";
  if (!program.wants(case_name)) return;
  const std::int64_t calls = program.sized(1000, 5);
  for (const int readers : {0, 1, 2, 4, 8, 16, 32, 64}) {
    bench::series deed{case_name, std::to_string(readers) + "_readers", {}, 1, "that look names up all the time"};
    for (int round = 0; round < program.rounds(); ++round) deed.ns.push_back(publish_among(readers, all, calls));
    program.print(deed);
  }
}

}  // namespace

int main(int argc, char **argv) {
  const bench::program program(argc, argv);
  const names all(program.sized(100'000, 1000));
  compare_readers(program, all, 1);
  compare_readers(program, all, 2);
  compare_writers(program, all);
}
