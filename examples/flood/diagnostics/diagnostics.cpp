// SPDX-License-Identifier: BSD-3-Clause
#include "diagnostics.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

namespace flood {

namespace {

// Where the block of a name begins, before anyone looks it up.
std::int64_t published_address(const std::string &name) {
  std::int64_t count = 0;
  std::vector<deed_ledger_entry> blocks(64);
  if (deed_ledger(blocks.data(), static_cast<std::int64_t>(blocks.size()), &count) != DEED_OK) return 0;
  for (const deed_ledger_entry &block : blocks) {
    if (name == block.name) return reinterpret_cast<std::int64_t>(block.data);
  }
  return 0;
}

}  // namespace

deed::array<const double, 2> diagnostics::look_up_depth(handover *lookup) {
  const std::int64_t before = published_address("flood/depth");
  const auto start = std::chrono::steady_clock::now();
  auto depth = deed::array<const double, 2>::lookup("flood/depth");
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  *lookup = {depth.size() * static_cast<std::int64_t>(sizeof(double)), before,
             reinterpret_cast<std::int64_t>(depth.data()), taken.count()};
  return depth;
}

// The ghost cells of the depth stay outside: the arrival times have the cells inside, with the bounds that they have in
// the solver.
diagnostics::diagnostics(double dx, double dy, double threshold_m, handover *lookup)
    : cell_area_m2_(dx * dy),
      threshold_m_(threshold_m),
      depth_(look_up_depth(lookup)),
      arrival_(deed::array<double, 2>::alloc({depth_.extent(0) - 2, depth_.extent(1) - 2},
                                             {DEED_ORDER_FORTRAN, {depth_.lower(0) + 1, depth_.lower(1) + 1}, false})) {
  std::fill_n(arrival_.data(), arrival_.size(), -1.0);
  arrival_.publish("flood/arrival");
}

figures diagnostics::look(double time) {
  figures now{0.0, 0.0};
  for (auto j = arrival_.lower(1); j <= arrival_.upper(1); ++j) {
    for (auto i = arrival_.lower(0); i <= arrival_.upper(0); ++i) {
      const double depth = depth_(i, j);
      now.largest_depth_m = std::max(now.largest_depth_m, depth);
      if (depth <= threshold_m_) continue;
      now.flooded_area_m2 += cell_area_m2_;
      if (arrival_(i, j) < 0.0) arrival_(i, j) = time;
    }
  }
  return now;
}

}  // namespace flood

namespace {

std::unique_ptr<flood::diagnostics> current;
std::string last_error;

template <class Work>
int guarded(Work work) {
  try {
    work();
    return 0;
  } catch (const std::exception &failure) {
    last_error = failure.what();
    return 1;
  }
}

}  // namespace

int diagnostics_open(double dx, double dy, double threshold_m, flood::handover *lookup) {
  return guarded([&] { current = std::make_unique<flood::diagnostics>(dx, dy, threshold_m, lookup); });
}

int diagnostics_look(double time, flood::figures *figures) {
  return guarded([&] { *figures = current->look(time); });
}

void diagnostics_finish() { current->finish(); }

void diagnostics_close() { current.reset(); }

const char *diagnostics_error() { return last_error.c_str(); }
