// SPDX-License-Identifier: BSD-3-Clause
// The flood with a C++ main: a std::vector of elevations is adopted by deed and becomes the terrain of the Fortran
// solver, and comes back as the same vector; the depth is transferred to C++ and outlives the solver.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <deed/deed.hpp>
#include <stdexcept>
#include <vector>

#include "diagnostics.hpp"
#include "flood_solver.h"

namespace {

constexpr int nx = 120;
constexpr int ny = 90;
constexpr double cell_m = 50.0;
constexpr int steps = 400;
constexpr int look_every = 10;
constexpr double flooded_m = 0.1;
constexpr const char *arrays[] = {"", "depth", "momentum_x", "momentum_y"};  // numbered as in flood_field

// A valley that falls eastwards between two slopes, with a ridge across it.
double elevation(int i, int j) {
  const double across = (j - ny / 2) / (ny / 2.0);
  const double ridge = 12.0 * std::exp(-std::pow((i - 80) / 6.0, 2));
  return 300.0 - 0.25 * i + 60.0 * across * across + ridge;
}

std::vector<double> make_terrain() {
  std::vector<double> terrain;
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) terrain.push_back(elevation(i, j));
  }
  return terrain;
}

void need(int status, const char *(*message)()) {
  if (status != 0) throw std::runtime_error(message());
}

void print_head() {
  std::puts(
      "| array      | from    | to      | verb     |   bytes | address before | address after  | copied |      us |");
}

void print_row(const char *array, const char *from, const char *to, const char *verb, const flood_handover &row) {
  std::printf("| %-10s | %-7s | %-7s | %-8s | %7lld | %14llx | %14llx | %-6s | %7.1f |\n", array, from, to, verb,
              static_cast<long long>(row.size_bytes), static_cast<unsigned long long>(row.address_before),
              static_cast<unsigned long long>(row.address_after),
              row.address_before == row.address_after ? "no" : "yes", row.seconds * 1e6);
}

// A verb of this program as a row of the table.
template <class Verb>
flood_handover timed(std::int64_t size_bytes, const double *before, Verb verb) {
  const auto start = std::chrono::steady_clock::now();
  const double *after = verb();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  return {size_bytes, reinterpret_cast<std::int64_t>(before), reinterpret_cast<std::int64_t>(after), taken.count()};
}

bool check(const char *what, double value, double bound) {
  const bool holds = std::abs(value) <= bound;
  std::printf("%-28s %9.2e  at most %.0e  %s\n", what, value, bound, holds ? "ok" : "FAILED");
  return holds;
}

// The vector is empty from here to reclaim_terrain.
deed::array<double, 2> adopt_terrain(std::vector<double> &elevations) {
  deed::array<double, 2> terrain;
  const flood_handover row = timed(nx * ny * 8, elevations.data(), [&] {
    terrain = deed::array<double, 2>::adopt(std::move(elevations), {nx, ny}, {DEED_ORDER_FORTRAN, {1, 1}, false});
    return terrain.data();
  });
  print_row("terrain", "C++", "deed", "adopt", row);
  return terrain;
}

std::vector<double> reclaim_terrain(deed::array<double, 2> &terrain) {
  std::vector<double> elevations;
  const flood_handover row = timed(nx * ny * 8, terrain.data(), [&] {
    elevations = terrain.reclaim<std::vector<double>>();
    return elevations.data();
  });
  print_row("terrain", "deed", "C++", "reclaim", row);
  return elevations;
}

void open_solver(const deed::array<double, 2> &terrain) {
  flood_handover row{};
  need(flood_open(terrain.handle(), cell_m, cell_m, 90.0, 1200.0, &row), flood_error);
  print_row("terrain", "C++", "Fortran", "share", row);
  for (int field = FLOOD_DEPTH; field <= FLOOD_MOMENTUM_Y; ++field) {
    need(flood_take(field, &row), flood_error);
    print_row(arrays[field], "Fortran", "deed", "take", row);
  }
}

// The last figures of the diagnostics. time_s [fills]: since the rain began.
flood::figures run_steps(double *time_s) {
  flood_handover lookups[3] = {};
  need(diagnostics_open(cell_m, cell_m, flooded_m, lookups), diagnostics_error);
  for (int field = FLOOD_DEPTH; field <= FLOOD_MOMENTUM_Y; ++field) {
    print_row(arrays[field], "Fortran", "C++", "lookup", lookups[field - 1]);
  }
  flood::figures figures{};
  for (int done = 0; done < steps; done += look_every) {
    need(flood_step(look_every, time_s), flood_error);
    need(diagnostics_look(*time_s, &figures), diagnostics_error);
  }
  diagnostics_finish();
  return figures;
}

// Shut the solver down; the depth stays.
deed::array<double, 2> close_solver() {
  flood_handover row{};
  deed_array moved{};
  need(flood_transfer(FLOOD_DEPTH, DEED_LANGUAGE_CXX, &moved, &row), flood_error);
  print_row("depth", "Fortran", "C++", "transfer", row);
  deed::array<double, 2> depth(moved);
  for (int field = FLOOD_MOMENTUM_X; field <= FLOOD_MOMENTUM_Y; ++field) {
    need(flood_reclaim(field, &row), flood_error);
    print_row(arrays[field], "deed", "Fortran", "reclaim", row);
  }
  flood_close();
  diagnostics_close();
  return depth;
}

bool run() {
  std::vector<double> elevations = make_terrain();
  print_head();
  deed::array<double, 2> terrain = adopt_terrain(elevations);
  open_solver(terrain);
  double lake_speed = 0, lake_change = 0;
  need(flood_check_lake(290.0, 40, &lake_speed, &lake_change), flood_error);
  double time_s = 0;
  const flood::figures figures = run_steps(&time_s);
  double on_ground = 0, rained = 0, left = 0, shallowest = 0;
  need(flood_water(&on_ground, &rained, &left, &shallowest), flood_error);
  const deed::array<double, 2> depth = close_solver();
  elevations = reclaim_terrain(terrain);

  std::printf("\nafter %.1f min of flood: %.2f km2 under water, largest depth %.2f m, largest speed %.2f m/s\n",
              time_s / 60, figures.flooded_area_m2 / 1e6, figures.largest_depth_m, figures.largest_speed_m_s);
  std::printf("behind the ridge the water stands at %.2f m, %.2f m deep\n",
              elevations[69 + nx * (ny / 2)] + depth(70, ny / 2 + 1), depth(70, ny / 2 + 1));
  bool good = check("water lost or made, relative", (on_ground + left) / rained - 1.0, 1e-12);
  good = check("water below the ground, m", std::min(shallowest, 0.0), 0.0) && good;
  good = check("lake at rest: speed, m/s", lake_speed, 1e-10) && good;
  return check("lake at rest: surface, m", lake_change, 1e-10) && good;
}

}  // namespace

int main() {
  bool good = false;
  try {
    good = run();
  } catch (const std::exception &failure) {
    std::fprintf(stderr, "flood_cxx: %s\n", failure.what());
  }
  const deed_counts counts = deed::counts();
  std::printf("live blocks %lld, copies %lld\n", static_cast<long long>(counts.live_blocks),
              static_cast<long long>(counts.copies));
  return good && counts.live_blocks == 0 && counts.copies == 0 ? 0 : 1;
}
