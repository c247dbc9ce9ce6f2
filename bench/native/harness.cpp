// SPDX-License-Identifier: BSD-3-Clause
#include "harness.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <mutex>
#include <optional>

#include "core_width.h"
#include "deed/deed.h"
#include "sibling_load.hpp"

namespace bench {

namespace {

constexpr double batch_ns = 1e6;
constexpr int batches_per_round = 5;

std::int64_t now_ns(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

double time_batch(const work &run, std::int64_t calls) {
  const std::int64_t start = thread_ns();
  run(calls);
  return static_cast<double>(thread_ns() - start);
}

double median(std::vector<double> numbers) {
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

/// One batch of each subject: nanoseconds per call.
std::vector<double> take_turns(const std::vector<subject> &subjects, const std::vector<std::int64_t> &calls) {
  std::vector<double> ns;
  for (std::size_t s = 0; s < subjects.size(); ++s) {
    ns.push_back(time_batch(subjects[s].run, calls[s]) / static_cast<double>(calls[s]));
  }
  return ns;
}

double median_of_last(const std::vector<batch_in_turn> &batches, int count) {
  std::vector<double> ns;
  for (auto one = batches.end() - count; one != batches.end(); ++one) ns.push_back(one->ns);
  return median(ns);
}

std::string quoted(const std::string &text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string file_name(const char *path) {
  const char *slash = std::strrchr(path, '/');
  return slash ? slash + 1 : path;
}

void print_batches(const std::vector<batch_in_turn> &batches) {
  if (batches.empty()) return;
  const char *separator = ", \"batches\": [";
  for (const batch_in_turn &one : batches) {
    std::printf("%s[%.3f, %.2f, %.2f]", separator, one.ns, one.width_before, one.width_after);
    separator = ", ";
  }
  std::printf("]");
}

[[noreturn]] void refuse(const char *program_name) {
  std::fprintf(stderr, "usage: %s [--rounds N] [--only PATTERN] [--load-sibling] [--smoke]\n", program_name);
  std::exit(2);
}

void print_about(const char *program_path) {
  std::printf("{\"about\": {\"program\": %s, \"compiler\": %s, \"flags\": %s, \"deed\": %s, \"clock\": %s}}\n",
              quoted(file_name(program_path)).c_str(), quoted(DEED_BENCH_COMPILER).c_str(),
              quoted(DEED_BENCH_FLAGS).c_str(), quoted(deed_version()).c_str(),
              quoted("processor time of the thread; wall time where several threads work").c_str());
}

}  // namespace

std::int64_t thread_ns() { return now_ns(CLOCK_THREAD_CPUTIME_ID); }

std::int64_t wall_ns() { return now_ns(CLOCK_MONOTONIC); }

void require(bool holds, const char *what) {
  if (holds) return;
  std::fprintf(stderr, "bench: failed: %s\n", what);
  std::exit(1);
}

struct program::bell {
  std::mutex mutex;
  std::condition_variable rings;
  bool has_rung = false;

  void wait() {
    std::unique_lock<std::mutex> lock(mutex);
    rings.wait(lock, [this] { return has_rung; });
  }
  void ring() {
    const std::lock_guard<std::mutex> lock(mutex);
    has_rung = true;
    rings.notify_all();
  }
};

program::program(int argc, char **argv) : bell_(new bell) {
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    const bool has_value = i + 1 < argc;
    if (option == "--smoke") {
      smoke_ = true;
    } else if (option == "--load-sibling") {
      loads_sibling_ = true;
    } else if (option == "--rounds" && has_value) {
      rounds_ = std::atoi(argv[++i]);
    } else if (option == "--only" && has_value) {
      only_ = argv[++i];
    } else {
      refuse(argv[0]);
    }
  }
  if (rounds_ < 1) refuse(argv[0]);
  print_about(argv[0]);
  parked_ = std::thread([this] { bell_->wait(); });
}

program::~program() {
  bell_->ring();
  parked_.join();
  delete bell_;
}

bool program::wants(const std::string &case_name) const { return fnmatch(only_.c_str(), case_name.c_str(), 0) == 0; }

std::int64_t program::calls_per_batch(const work &run) const {
  std::int64_t calls = 1;
  while (!smoke_) {
    const double ns = time_batch(run, calls);
    if (ns >= batch_ns) break;
    calls = ns < batch_ns / 16 ? calls * 8 : static_cast<std::int64_t>(static_cast<double>(calls) * batch_ns / ns) + 1;
  }
  return calls;
}

std::vector<double> program::batches(const std::function<double()> &batch) const {
  std::vector<double> all(smoke_ ? 1 : batches_per_round);
  for (double &ns : all) ns = batch();
  return all;
}

double program::measure(const work &run) const {
  const std::int64_t calls = calls_per_batch(run);
  return median(batches([&] { return time_batch(run, calls) / static_cast<double>(calls); }));
}

double program::best_of_batches(const std::function<double()> &batch) const {
  const std::vector<double> all = batches(batch);
  return *std::min_element(all.begin(), all.end());
}

void program::run_round(const std::vector<subject> &subjects, const std::vector<std::int64_t> &calls,
                        std::vector<series> &all) const {
  const int turns = smoke_ ? 1 : batches_per_round;
  double width_before = bench_core_width();
  for (int turn = 0; turn < turns; ++turn) {
    const std::vector<double> ns = take_turns(subjects, calls);
    const double width_after = bench_core_width();
    for (std::size_t s = 0; s < all.size(); ++s) all[s].batches.push_back({ns[s], width_before, width_after});
    width_before = width_after;
  }
  for (series &one : all) one.ns.push_back(median_of_last(one.batches, turns));
}

void program::compare(const std::string &case_name, const std::vector<subject> &subjects,
                      std::int64_t unit_work) const {
  if (!wants(case_name)) return;
  std::vector<series> all;
  std::vector<std::int64_t> calls;
  for (const subject &one : subjects) {
    all.push_back({case_name, one.name, {}, unit_work, one.notes});
    calls.push_back(calls_per_batch(one.run));
  }
  std::optional<sibling_load> load;
  if (loads_sibling_) load.emplace();
  for (int round = 0; round < rounds_; ++round) run_round(subjects, calls, all);
  for (const series &one : all) print(one);
}

void program::print(const series &measured) const {
  std::printf("{\"case\": %s, \"subject\": %s, \"ns\": [", quoted(measured.case_name).c_str(),
              quoted(measured.subject).c_str());
  const char *separator = "";
  for (const double ns : measured.ns) {
    std::printf("%s%.3f", separator, ns);
    separator = ", ";
  }
  std::printf("], \"unit_work\": %lld, \"notes\": %s", static_cast<long long>(measured.unit_work),
              quoted(measured.notes).c_str());
  print_batches(measured.batches);
  std::printf("}\n");
  std::fflush(stdout);
}

void program::print_fact(const std::string &case_name, const std::string &fact, double value,
                         const std::string &notes) const {
  std::printf("{\"fact\": %s, \"value\": %.10g, \"case\": %s, \"notes\": %s}\n", quoted(fact).c_str(), value,
              quoted(case_name).c_str(), quoted(notes).c_str());
  std::fflush(stdout);
}

}  // namespace bench
