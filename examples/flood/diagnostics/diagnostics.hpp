// SPDX-License-Identifier: BSD-3-Clause
// diagnostics.hpp - what the flood does, computed in C++ on the solver's own memory while it runs.
#ifndef FLOOD_DIAGNOSTICS_HPP
#define FLOOD_DIAGNOSTICS_HPP

#include <deed/deed.hpp>
#include <string>

namespace flood {

struct figures {
  double flooded_area_m2;
  double largest_depth_m;
};

/// What one handover did. Equal addresses: nothing was copied.
struct handover {
  std::int64_t size_bytes;
  std::int64_t address_before;
  std::int64_t address_after;
  double seconds;
};

/// Looks the depth up by name, and publishes "flood/arrival": the time in seconds at which the water first stood deeper
/// than the threshold in a cell, -1 where it never did.
class diagnostics {
 public:
  diagnostics(double dx, double dy, double threshold_m, handover *lookup);

  figures look(double time);

  /// End the claim on the depth, so that its owner can have it back.
  void finish() { depth_.release(); }

  [[nodiscard]] const deed::array<const double, 2> &depth() const { return depth_; }

 private:
  static deed::array<const double, 2> look_up_depth(handover *lookup);

  double cell_area_m2_;
  double threshold_m_;
  deed::array<const double, 2> depth_;
  deed::array<double, 2> arrival_;
};

}  // namespace flood

// The same for callers that speak C. One object per process; status 0 is success.
extern "C" {
__attribute__((visibility("default"))) int diagnostics_open(double dx, double dy, double threshold_m,
                                                            flood::handover *lookup);
__attribute__((visibility("default"))) int diagnostics_look(double time, flood::figures *figures);
__attribute__((visibility("default"))) void diagnostics_finish();
__attribute__((visibility("default"))) void diagnostics_close();
__attribute__((visibility("default"))) const char *diagnostics_error();
}

#endif
