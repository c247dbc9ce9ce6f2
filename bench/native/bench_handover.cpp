// SPDX-License-Identifier: BSD-3-Clause
// bench_handover.cpp - the same handover of 1 KiB and of 8 GiB. The large block is address space: no page of it is
// used.
#include <sys/mman.h>

#include "claims.h"
#include "deed/deed.hpp"
#include "harness.hpp"
#if defined(DEED_BENCH_FORTRAN)
#include "fortran_verbs.h"
#endif

namespace {

constexpr std::int64_t small_bytes = 1024;
constexpr std::int64_t large_bytes = std::int64_t{8} << 30;

/// Address space that a program may touch, but does not.
class mapping {
 public:
  explicit mapping(std::int64_t size_bytes)
      : size_bytes_(static_cast<std::size_t>(size_bytes)),
        data_(mmap(nullptr, size_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) {
    bench::require(data_ != MAP_FAILED, "mmap");
  }
  mapping(const mapping &) = delete;
  mapping &operator=(const mapping &) = delete;
  ~mapping() { munmap(data_, size_bytes_); }

  [[nodiscard]] double *data() const { return static_cast<double *>(data_); }

 private:
  std::size_t size_bytes_;
  void *data_;
};

void leave_to_mapping(void * /*data*/, void * /*context*/) {}

/// A handle comes to C++, is seen as an array and given on.
deed_array through_cxx(deed_array handle, std::int64_t calls) {
  for (std::int64_t i = 0; i < calls; ++i) {
    deed::array<double, 1> seen(handle);
    bench::keep(seen.data());
    handle = seen.transfer(DEED_LANGUAGE_CXX);
  }
  return handle;
}

/// The same verb on a block of either size.
template <class Verb>
void compare(const bench::program &program, const std::string &name, deed_array &small, deed_array &large, Verb verb) {
  program.compare("handover_" + name, {{"8_GiB", [&](std::int64_t calls) { verb(large, calls); }},
                                       {"1_KiB", [&](std::int64_t calls) { verb(small, calls); }}});
}

void compare_verbs(const bench::program &program, deed_array &small, deed_array &large) {
  using calls_type = std::int64_t;
  compare(program, "share", small, large, [](deed_array &a, calls_type n) { bench_share_and_release(a, n); });
  compare(program, "view", small, large, [](deed_array &a, calls_type n) { bench_view_and_release(a, n); });
  compare(program, "transfer", small, large, [](deed_array &a, calls_type n) { a = bench_transfer(a, n); });
  compare(program, "cxx_array", small, large, [](deed_array &a, calls_type n) { a = through_cxx(a, n); });
#if defined(DEED_BENCH_FORTRAN)
  compare(program, "fortran_pointer", small, large,
          [](deed_array &a, calls_type n) { bench_fortran_deed_pointer_1(a, n); });
#endif
}

void compare_adoptions(const bench::program &program, double *small, double *large) {
  auto adopt = [](double *data, std::int64_t size_bytes, std::int64_t calls) {
    for (std::int64_t i = 0; i < calls; ++i) bench_release(bench_adopt(data, size_bytes, leave_to_mapping));
  };
  program.compare("handover_adopt", {{"8_GiB", [=](std::int64_t calls) { adopt(large, large_bytes, calls); }},
                                     {"1_KiB", [=](std::int64_t calls) { adopt(small, small_bytes, calls); }}});
  program.compare("handover_lend",
                  {{"8_GiB", [=](std::int64_t calls) { bench_lend_and_release(large, large_bytes, calls); }},
                   {"1_KiB", [=](std::int64_t calls) { bench_lend_and_release(small, small_bytes, calls); }}});
}

}  // namespace

int main(int argc, char **argv) {
  const bench::program program(argc, argv);
  const mapping small_memory(small_bytes);
  const mapping large_memory(large_bytes);
  deed_array small = bench_adopt(small_memory.data(), small_bytes, leave_to_mapping);
  deed_array large = bench_adopt(large_memory.data(), large_bytes, leave_to_mapping);
  compare_verbs(program, small, large);
  compare_adoptions(program, small_memory.data(), large_memory.data());
  bench_release(small);
  bench_release(large);
}
