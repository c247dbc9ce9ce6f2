/* SPDX-License-Identifier: BSD-3-Clause */
/* flood_solver.h - the procedures of flood_solver.F90 for C and C++. Status 0 is success. */
#ifndef FLOOD_SOLVER_H
#define FLOOD_SOLVER_H

#include <deed/deed.h>

#include "handover.h"

#ifdef __cplusplus
extern "C" {
#endif

enum flood_field { FLOOD_DEPTH = 1, FLOOD_MOMENTUM_X = 2, FLOOD_MOMENTUM_Y = 3 };

int flood_open(struct deed_array terrain, double dx, double dy, double rain_mm_per_hour, double rain_seconds,
               struct flood_handover *handover);
int flood_take(int field, struct flood_handover *handover);
int flood_step(int steps, double *time);
int flood_water(double *on_ground, double *rained, double *left, double *shallowest);
int flood_check_lake(double level, int steps, double *speed, double *change);
int flood_transfer(int field, int language, struct deed_array *moved, struct flood_handover *handover);
int flood_reclaim(int field, struct flood_handover *handover);
void flood_close(void);
const char *flood_error(void);

#ifdef __cplusplus
}
#endif

#endif
