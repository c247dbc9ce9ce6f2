/* SPDX-License-Identifier: BSD-3-Clause */
/* solver.h - what solver.f90 gives to C and C++. Each function returns a status of deed. */
#ifndef SOLVER_H
#define SOLVER_H

#include <deed/deed.h>

DEED_BEGIN_DECLS

/* Make the field (0:3, -1:1), every element 2. title [fills, returns owned], must be zero. */
int solver_make(struct deed_array *title);

/* Multiply every element of a rank-2 array of doubles. */
int solver_scale(struct deed_array array, double factor);

/* Take the field back and deallocate it. title: stale afterwards. */
int solver_finish(struct deed_array title);

DEED_END_DECLS

#endif
