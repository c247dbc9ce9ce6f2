/* SPDX-License-Identifier: BSD-3-Clause */
/* claim_end.h - the end of a claim that Python holds. */
#ifndef DEEDPY_CLAIM_END_H
#define DEEDPY_CLAIM_END_H

#include "base/module_state.h"

/* From this size on, giving memory back to the system takes long enough to be noticed by other threads. */
#define DEEDPY_LARGE_BYTES (INT64_C(1) << 20)

/* As deed_release; if that is likely to free a large block that was not made by Python, other threads run meanwhile.
 * Needs the GIL. */
enum deed_status deedpy_claim_end(struct deed_array array, struct deed_error *error);

#endif
