// SPDX-License-Identifier: BSD-3-Clause
// The flood with a C++ main: a std::vector of elevations is adopted by deed and becomes the terrain of the Fortran
// solver, and comes back as the same vector; one array of the solver is transferred to C++ and outlives the solver.
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
  std::puts("| from    | to      | verb     |    bytes | address before | address after  | copied |       us |");
}

void print_row(const char *from, const char *to, const char *verb, const flood_handover &row) {
  std::printf("| %-7s | %-7s | %-8s | %8lld | %14llx | %14llx | %-6s | %8.1f |\n", from, to, verb,
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

// Print the figures that tell a good run, each held against its bound.
bool report(double water_error, double lake_momentum, double lake_change) {
  bool good = check("water lost or made, relative", water_error, 1e-11);
  good = check("lake at rest, m2/s", lake_momentum, 1e-9) && good;
  return check("lake at rest, m", lake_change, 1e-11) && good;
}

bool run() {
  flood_handover row{};
  std::vector<double> elevations = make_terrain();
  const double *first = elevations.data();
  deed::array<double, 2> terrain;
  print_head();
  row = timed(nx * ny * 8, first, [&] {
    terrain = deed::array<double, 2>::adopt(std::move(elevations), {nx, ny}, {DEED_ORDER_FORTRAN, {1, 1}, false});
    return terrain.data();
  });
  print_row("C++", "deed", "adopt", row);

  need(flood_open(terrain.handle(), cell_m, cell_m, 90.0, 1200.0), flood_error);
  for (int field = FLOOD_DEPTH; field <= FLOOD_MOMENTUM_Y; ++field) {
    need(flood_take(field, &row), flood_error);
    print_row("Fortran", "deed", "take", row);
  }
  double lake_momentum = 0;
  double lake_change = 0;
  need(flood_check_lake(290.0, 40, &lake_momentum, &lake_change), flood_error);

  flood::handover lookup{};
  need(diagnostics_open(cell_m, cell_m, 0.1, &lookup), diagnostics_error);
  print_row("Fortran", "C++", "lookup",
            {lookup.size_bytes, lookup.address_before, lookup.address_after, lookup.seconds});
  double time = 0;
  double dt = 0;
  flood::figures figures{};
  for (int done = 0; done < steps; done += 100) {
    need(flood_step(100, &time, &dt), flood_error);
    need(diagnostics_look(time, &figures), diagnostics_error);
  }
  double on_ground = 0;
  double rained = 0;
  need(flood_water(&on_ground, &rained), flood_error);

  diagnostics_finish();
  deed_array moved{};
  need(flood_transfer(FLOOD_DEPTH, DEED_LANGUAGE_CXX, &moved, &row), flood_error);
  print_row("Fortran", "C++", "transfer", row);
  deed::array<double, 2> depth(moved);
  need(flood_reclaim(FLOOD_MOMENTUM_X, &row), flood_error);
  print_row("deed", "Fortran", "reclaim", row);
  need(flood_reclaim(FLOOD_MOMENTUM_Y, &row), flood_error);
  print_row("deed", "Fortran", "reclaim", row);
  flood_close();
  diagnostics_close();
  row = timed(nx * ny * 8, first, [&] {
    elevations = terrain.reclaim<std::vector<double>>();
    return elevations.data();
  });
  print_row("deed", "C++", "reclaim", row);

  std::printf(
      "\nafter %.0f s of flood: %.2f km2 under water, largest depth %.2f m, in the middle of the valley %.2f m\n", time,
      figures.flooded_area_m2 / 1e6, figures.largest_depth_m, depth(60, ny / 2));
  return report(on_ground / rained - 1.0, lake_momentum, lake_change);
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
