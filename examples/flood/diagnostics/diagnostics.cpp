// SPDX-License-Identifier: BSD-3-Clause
#include "diagnostics.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace flood {

namespace {

using clock = std::chrono::steady_clock;

double seconds_since(clock::time_point start) { return std::chrono::duration<double>(clock::now() - start).count(); }

std::int64_t address_of(const void *data) { return reinterpret_cast<std::int64_t>(data); }

// Where the block of a name begins, before anyone looks it up.
std::int64_t published_address(const char *name) {
  std::int64_t count = 0;
  if (deed_ledger(nullptr, 0, 0, &count) != DEED_OK) return 0;
  std::vector<deed_ledger_entry> blocks(static_cast<std::size_t>(count));
  if (deed_ledger(blocks.data(), sizeof blocks[0], count, &count) != DEED_OK) return 0;
  for (const deed_ledger_entry &block : blocks) {
    if (std::string(name) == block.name) return address_of(block.data);
  }
  return 0;
}

deed::array<const double, 2> look_up(const char *name, flood_handover *row) {
  row->address_before = published_address(name);
  const auto start = clock::now();
  auto field = deed::array<const double, 2>::lookup(name);
  row->seconds = seconds_since(start);
  row->size_bytes = field.size() * static_cast<std::int64_t>(sizeof(double));
  row->address_after = address_of(field.data());
  return field;
}

}  // namespace

// The ghost cells of the depth stay outside: the arrival times have the cells inside, with the bounds that they have in
// the solver.
diagnostics::diagnostics(double dx, double dy, double threshold_m, flood_handover (&lookups)[3])
    : cell_area_m2_(dx * dy),
      threshold_m_(threshold_m),
      depth_(look_up("flood/depth", &lookups[0])),
      momentum_x_(look_up("flood/momentum_x", &lookups[1])),
      momentum_y_(look_up("flood/momentum_y", &lookups[2])),
      arrival_(deed::array<double, 2>::alloc({depth_.extent(0) - 2, depth_.extent(1) - 2},
                                             {DEED_ORDER_FORTRAN, {depth_.lower(0) + 1, depth_.lower(1) + 1}, false})) {
  std::fill_n(arrival_.data(), arrival_.size(), -1.0);
  arrival_.publish("flood/arrival");
}

figures diagnostics::look(double time_s) {
  figures now{};
  const auto depths = depth_.elements<DEED_ORDER_FORTRAN>();
  const auto momentum_x = momentum_x_.elements<DEED_ORDER_FORTRAN>();
  const auto momentum_y = momentum_y_.elements<DEED_ORDER_FORTRAN>();
  const auto arrival = arrival_.elements<DEED_ORDER_FORTRAN>();
  for (auto j = arrival.lower(1); j <= arrival.upper(1); ++j) {
    for (auto i = arrival.lower(0); i <= arrival.upper(0); ++i) {
      const double depth = depths(i, j);
      if (depth <= threshold_m_) continue;
      now.flooded_area_m2 += cell_area_m2_;
      now.largest_depth_m = std::max(now.largest_depth_m, depth);
      const double speed = std::hypot(momentum_x(i, j), momentum_y(i, j)) / depth;
      now.largest_speed_m_s = std::max(now.largest_speed_m_s, speed);
      if (arrival(i, j) < 0.0) arrival(i, j) = time_s;
    }
  }
  return now;
}

void diagnostics::finish() {
  depth_.release();
  momentum_x_.release();
  momentum_y_.release();
}

flood_handover diagnostics::transfer_arrival(deed_language to, deed_array *moved) {
  flood_handover row{};
  row.size_bytes = arrival_.size() * static_cast<std::int64_t>(sizeof(double));
  row.address_before = address_of(arrival_.data());
  const auto start = clock::now();
  *moved = arrival_.transfer(to);
  row.seconds = seconds_since(start);
  deed_descriptor after{};
  if (deed_describe(*moved, &after, sizeof after) == DEED_OK) row.address_after = address_of(after.data);
  return row;
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

int diagnostics_open(double dx, double dy, double threshold_m, flood_handover *lookups) {
  return guarded([&] {
    flood_handover rows[3] = {};
    current = std::make_unique<flood::diagnostics>(dx, dy, threshold_m, rows);
    std::copy_n(rows, 3, lookups);
  });
}

int diagnostics_look(double time_s, flood::figures *figures) {
  return guarded([&] { *figures = current->look(time_s); });
}

void diagnostics_finish() { current->finish(); }

int diagnostics_transfer(int language, deed_array *moved, flood_handover *handover) {
  return guarded([&] { *handover = current->transfer_arrival(static_cast<deed_language>(language), moved); });
}

void diagnostics_close() { current.reset(); }

const char *diagnostics_error() { return last_error.c_str(); }
