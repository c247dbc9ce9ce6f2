/* SPDX-License-Identifier: BSD-3-Clause */
/* trace.h - memory of deed's own in Python's tracemalloc: a block that alloc or copy made for Python is traced, with
 * the line that asked for it, until Python has no claim on it any more. */
#ifndef DEEDPY_TRACE_H
#define DEEDPY_TRACE_H

#include "base/module_state.h"

/* The domain of the traces: "deed" in ASCII. */
#define DEEDPY_TRACE_DOMAIN 0x64656564u

/* Prepare, once for the process. 0, or -1 with an exception. */
int deedpy_trace_open(void);

/* A block has just been made for Python. Does nothing unless tracemalloc traces. Needs the GIL. */
void deedpy_trace_begin(struct deed_array array);

/* A claim has gone to another language by transfer. Any thread. */
void deedpy_trace_transferred(struct deed_array array);

/* A claim goes away by its number: nobody will tell when it ends, so the trace ends now. Any thread. */
void deedpy_trace_given_away(struct deed_array array);

/* deed_release of a claim that Python holds: before the last of them goes, the trace does. For release.h, which all
 * others use. Any thread, with or without the GIL, at any time. */
enum deed_status deedpy_trace_release(struct deed_array array, struct deed_error *error);

#endif
