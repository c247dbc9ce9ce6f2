// SPDX-License-Identifier: BSD-3-Clause
// harness.hpp - measures subjects in turn and writes what it found as lines of JSON on standard output.
//
// The subjects of a case are measured in alternation, round by round, so that a disturbance of the machine hits all of
// them and a ratio can be taken per round. A number is the median of some batches, in nanoseconds per call.
#ifndef DEED_BENCH_HARNESS_HPP
#define DEED_BENCH_HARNESS_HPP

#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace bench {

/// Does its operation this many times.
using work = std::function<void(std::int64_t calls)>;

/// The processor time of this thread: what else runs on the machine does not count.
std::int64_t thread_ns();
/// The time that passes: what threads need together.
std::int64_t wall_ns();

struct subject {
  std::string name;
  work run;
  std::string notes{};
};

/// One batch of a subject: nanoseconds per call, and how wide the core was (core_width.h) before and after the batches
/// of all subjects, in turn.
struct batch_in_turn {
  double ns;
  double width_before;
  double width_after;
};

/// One subject of one case: nanoseconds per call, one number per round.
struct series {
  std::string case_name;
  std::string subject;
  std::vector<double> ns;
  std::int64_t unit_work = 1;  ///< elements that a call works on
  std::string notes{};
  std::vector<batch_in_turn> batches{};  ///< of all rounds, or none
};

class program {
 public:
  /// Reads --rounds N, --only PATTERN (of the shell, for names of cases), --load-sibling (compare with the sibling of
  /// the core kept busy) and --smoke (everything once and small, to see that it works); ends the program for anything
  /// else. Prints the line that says how it was built.
  program(int argc, char **argv);
  program(const program &) = delete;
  program &operator=(const program &) = delete;
  ~program();

  [[nodiscard]] int rounds() const { return rounds_; }
  [[nodiscard]] bool wants(const std::string &case_name) const;
  /// A size for real measurements, or the small one when only smoke is wanted.
  [[nodiscard]] std::int64_t sized(std::int64_t full, std::int64_t small) const { return smoke_ ? small : full; }

  /// Measure and print a case, if it is wanted.
  void compare(const std::string &case_name, const std::vector<subject> &subjects, std::int64_t unit_work = 1) const;

  /// One number: the median of some batches of run, in nanoseconds per call, after a batch that is not counted.
  [[nodiscard]] double measure(const work &run) const;

  /// The least of some batches, for threads: on a machine with other work the others are not about deed. batch returns
  /// nanoseconds per call.
  [[nodiscard]] double best_of_batches(const std::function<double()> &batch) const;

  void print(const series &measured) const;
  void print_fact(const std::string &case_name, const std::string &fact, double value, const std::string &notes) const;

 private:
  [[nodiscard]] std::int64_t calls_per_batch(const work &run) const;
  [[nodiscard]] std::vector<double> batches(const std::function<double()> &batch) const;
  void run_round(const std::vector<subject> &subjects, const std::vector<std::int64_t> &calls,
                 std::vector<series> &all) const;

  int rounds_ = 15;
  std::string only_ = "*";
  bool smoke_ = false;
  bool loads_sibling_ = false;
  /// Waits for the end of the program. With a second thread std::shared_ptr counts atomically and malloc takes its
  /// locks, as they do in the programs that share arrays.
  std::thread parked_;
  struct bell;
  bell *bell_;
};

/// The compiler must have this value in memory or a register here, and does not know what is done with it.
template <class T>
inline void keep(T const &value) {
  asm volatile("" : : "g"(value) : "memory");
}

/// End the program when a call that must succeed has not.
void require(bool holds, const char *what);

}  // namespace bench

#endif
