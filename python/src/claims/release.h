/* SPDX-License-Identifier: BSD-3-Clause */
/* release.h - the end of a claim that Python holds. Before Python's last claim on a block ends, so does the block's
 * trace, which is why only trace.c calls deed_release, for the functions here. */
#ifndef DEEDPY_RELEASE_H
#define DEEDPY_RELEASE_H

#include <deed/deed.h>

/* From this size on, giving memory back to the system takes long enough to be noticed by other threads. */
#define DEEDPY_LARGE_BYTES (INT64_C(1) << 20)

/* As deed_release, for who can report that it is refused. Other threads run while it frees a large block, unless Python
 * made that. Needs the GIL. */
enum deed_status deedpy_release(struct deed_array claim, struct deed_error *error);

/* End a claim where nobody could hear of an error: it may have been ended by its number, and damage that its end finds
 * is in the ledger's counts. Does nothing to bits 0. Any thread, with or without the GIL, which is not let go. */
void deedpy_end_claim(struct deed_array claim);

/* The same; is_large: of a block so large that other threads run while it is freed, as above. Needs the GIL. */
void deedpy_end_sized_claim(struct deed_array claim, int is_large);

#endif
