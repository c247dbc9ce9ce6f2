/* SPDX-License-Identifier: BSD-3-Clause */
/* flood_solver.h - the procedures of flood_solver.F90 for C and C++. Status 0 is success. */
#ifndef FLOOD_SOLVER_H
#define FLOOD_SOLVER_H

#include <deed/deed.h>

#ifdef __cplusplus
extern "C" {
#endif

enum flood_field { FLOOD_DEPTH = 1, FLOOD_MOMENTUM_X = 2, FLOOD_MOMENTUM_Y = 3 };

struct flood_handover {
  int64_t size_bytes;
  int64_t address_before;
  int64_t address_after;
  double seconds;
};

int flood_open(struct deed_array terrain, double dx, double dy, double rain_mm_per_hour, double rain_seconds);
int flood_take(int field, struct flood_handover *handover);
int flood_step(int steps, double *time, double *dt);
int flood_water(double *on_ground, double *rained);
int flood_check_lake(double level, int steps, double *momentum, double *change);
int flood_transfer(int field, int language, struct deed_array *moved, struct flood_handover *handover);
int flood_reclaim(int field, struct flood_handover *handover);
void flood_close(void);
const char *flood_error(void);

#ifdef __cplusplus
}
#endif

#endif
