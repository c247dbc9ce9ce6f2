// SPDX-License-Identifier: BSD-3-Clause
// bench_claims.cpp - a claim is made and ended, a block is made and ended: deed beside std::shared_ptr and Boost.
#include <unistd.h>

#include <boost/interprocess/managed_shared_memory.hpp>
#include <boost/interprocess/smart_ptr/shared_ptr.hpp>
#include <cstring>
#include <string>

#include "claims.h"
#include "deed/deed.hpp"
#include "harness.hpp"
#include "shared_pointer.hpp"

namespace {

namespace ipc = boost::interprocess;

/// Memory between processes, which this program alone uses and removes.
class segment {
 public:
  segment() : name_("deed-bench-" + std::to_string(getpid())), memory_(ipc::create_only, name_.c_str(), 4 << 20) {}
  segment(const segment &) = delete;
  segment &operator=(const segment &) = delete;
  ~segment() { ipc::shared_memory_object::remove(name_.c_str()); }

  void allocate_and_free(std::int64_t size_bytes, std::int64_t calls) {
    for (std::int64_t i = 0; i < calls; ++i) {
      void *data = memory_.allocate_aligned(static_cast<std::size_t>(size_bytes), 64);
      bench::keep(data);
      memory_.deallocate(data);
    }
  }

  void copy_and_drop(std::int64_t calls) {
    const auto owner = ipc::make_managed_shared_ptr(memory_.construct<double>(ipc::anonymous_instance)(), memory_);
    for (std::int64_t i = 0; i < calls; ++i) {
      const auto copy(owner);
      bench::keep(&copy);
    }
  }

 private:
  std::string name_;
  ipc::managed_shared_memory memory_;
};

void copy_and_drop(const deed::array<double, 1> &array, std::int64_t calls) {
  for (std::int64_t i = 0; i < calls; ++i) {
    const deed::array<double, 1> copy(array);
    bench::keep(&copy);
  }
}

void make_and_drop(std::int64_t size_bytes, std::int64_t calls) {
  const std::int64_t count = size_bytes / static_cast<std::int64_t>(sizeof(double));
  for (std::int64_t i = 0; i < calls; ++i) {
    const auto made = deed::array<double, 1>::alloc({count});
    bench::keep(&made);
  }
}

void compare_shares(const bench::program &program, segment &boost) {
  const deed_array array = bench_alloc(8192);
  const auto seen_by_cxx = deed::array<double, 1>::alloc({1024});
  const std::shared_ptr<double[]> pointer(new double[1024]);
  program.compare("share_release",
                  {{"deed", [&](std::int64_t calls) { bench_share_and_release(array, calls); }},
                   {"deed_cxx", [&](std::int64_t calls) { copy_and_drop(seen_by_cxx, calls); }, "deed::array"},
                   {"shared_ptr", [&](std::int64_t calls) { bench::copy_and_drop(pointer, calls); }, "atomic counts"},
                   {"boost_interprocess", [&](std::int64_t calls) { boost.copy_and_drop(calls); }}});
  bench_release(array);
}

/// A claim with a layout of its own, and one more claim with that layout.
void compare_views(const bench::program &program) {
  const deed_array array = bench_alloc(8192);
  const deed_array view = bench_view(array);
  const std::shared_ptr<double[]> pointer(new double[1024]);
  program.compare("view_release",
                  {{"deed", [&](std::int64_t calls) { bench_view_and_release(array, calls); }},
                   {"shared_ptr", [&](std::int64_t calls) { bench::copy_and_drop(pointer, calls); }, "no layout"}});
  program.compare("view_share_release",
                  {{"deed", [&](std::int64_t calls) { bench_share_and_release(view, calls); }},
                   {"shared_ptr", [&](std::int64_t calls) { bench::copy_and_drop(pointer, calls); }, "no layout"}});
  bench_release(view);
  bench_release(array);
}

/// Memory that deed shows and does not free, beside one more pointer to it.
void compare_loans(const bench::program &program) {
  const std::shared_ptr<double[]> pointer(new double[1024]);
  program.compare(
      "lend_release",
      {{"deed", [&](std::int64_t calls) { bench_lend_and_release(pointer.get(), 8192, calls); }, "a block and a claim"},
       {"shared_ptr", [&](std::int64_t calls) { bench::copy_and_drop(pointer, calls); }, "copy and drop"}});
}

void compare_allocations(const bench::program &program, segment &boost, const std::string &size,
                         std::int64_t size_bytes) {
  program.compare(
      "alloc_release_" + size,
      {{"deed", [=](std::int64_t calls) { bench_alloc_and_release(size_bytes, calls); }, "64-byte aligned"},
       {"deed_cxx", [=](std::int64_t calls) { make_and_drop(size_bytes, calls); }, "deed::array, 64-byte aligned"},
       {"shared_ptr", [=](std::int64_t calls) { bench::make_and_drop(size_bytes, calls); }, "new double[n]"},
       {"boost_interprocess", [&, size_bytes](std::int64_t calls) { boost.allocate_and_free(size_bytes, calls); },
        "64-byte aligned, between processes"}});
}

void fill(void *data, std::int64_t size_bytes) {
  std::memset(data, 1, static_cast<std::size_t>(size_bytes));
  bench::keep(data);
}

/// What a program does with new memory first.
void compare_first_use(const bench::program &program, std::int64_t size_bytes) {
  const std::int64_t count = size_bytes / static_cast<std::int64_t>(sizeof(double));
  program.compare("alloc_fill_release_64MiB",
                  {{"deed",
                    [=](std::int64_t calls) {
                      for (std::int64_t i = 0; i < calls; ++i) {
                        fill(deed::array<double, 1>::alloc({count}).data(), size_bytes);
                      }
                    },
                    "large pages where the system has them"},
                   {"shared_ptr",
                    [=](std::int64_t calls) {
                      for (std::int64_t i = 0; i < calls; ++i) {
                        const std::shared_ptr<double[]> made(new double[static_cast<std::size_t>(count)]);
                        fill(made.get(), size_bytes);
                      }
                    },
                    "new double[n]"}});
}

}  // namespace

int main(int argc, char **argv) {
  const bench::program program(argc, argv);
  segment boost;
  compare_shares(program, boost);
  compare_views(program);
  compare_loans(program);
  compare_allocations(program, boost, "256B", 256);
  compare_allocations(program, boost, "8KiB", 8192);
  compare_allocations(program, boost, "1MiB", 1 << 20);
  compare_first_use(program, program.sized(64 << 20, 1 << 20));
}
