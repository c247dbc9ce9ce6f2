// SPDX-License-Identifier: BSD-3-Clause
// diagnostics.hpp - what the flood does, computed in C++ on the solver's own memory while it runs.
#ifndef FLOOD_DIAGNOSTICS_HPP
#define FLOOD_DIAGNOSTICS_HPP

#include <deed/deed.hpp>

#include "handover.h"

namespace flood {

struct figures {
  double flooded_area_m2;
  double largest_depth_m;
  double largest_speed_m_s;  // where the ground is flooded
};

/// Looks the solver's state up by name, and publishes "flood/arrival": the time in seconds at which the water first
/// stood deeper than the threshold in a cell, -1 where it never did.
class diagnostics {
 public:
  /// lookups [fills]: one row each for depth, momentum_x, momentum_y.
  diagnostics(double dx, double dy, double threshold_m, flood_handover (&lookups)[3]);

  figures look(double time_s);

  /// End the claims on the state, so that its owner can have it back.
  void finish();

  /// Give the times of arrival to another language. moved [fills]: the handle of the new holder.
  flood_handover transfer_arrival(deed_language to, deed_array *moved);

 private:
  double cell_area_m2_;
  double threshold_m_;
  deed::array<const double, 2> depth_;
  deed::array<const double, 2> momentum_x_;
  deed::array<const double, 2> momentum_y_;
  deed::array<double, 2> arrival_;
};

}  // namespace flood

// The same for callers that speak C. One object per process; status 0 is success.
#define FLOOD_API __attribute__((visibility("default")))
extern "C" {
FLOOD_API int diagnostics_open(double dx, double dy, double threshold_m, flood_handover *lookups);
FLOOD_API int diagnostics_look(double time_s, flood::figures *figures);
FLOOD_API void diagnostics_finish();
FLOOD_API int diagnostics_transfer(int language, deed_array *moved, flood_handover *handover);
FLOOD_API void diagnostics_close();
FLOOD_API const char *diagnostics_error();
}

#endif
