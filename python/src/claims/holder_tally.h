/* SPDX-License-Identifier: BSD-3-Clause */
/* holder_tally.h - who holds a block, and how many claims each language has on it. Any thread, with or without the GIL.
 */
#ifndef DEEDPY_HOLDER_TALLY_H
#define DEEDPY_HOLDER_TALLY_H

#include <deed/deed.h>

struct deedpy_tally {
  int32_t claims[DEED_LANGUAGE_OTHER + 1]; /* by enum deed_language */
};

/* Count the claims on the block of this array. descriptor [borrows]: of the array; what it says of a single claim saves
 * reading them all. tally [fills]. DEED_ENOMEM and the errors of deed_holders. */
enum deed_status deedpy_tally(struct deed_array array, const struct deed_descriptor *descriptor,
                              struct deedpy_tally *tally);

/* All holders of the block of this array. holders [fills, returns owned]: to be freed with PyMem_RawFree, NULL after an
 * error. count [fills]. DEED_ENOMEM and the errors of deed_holders. */
enum deed_status deedpy_list_holders(struct deed_array array, struct deed_holder **holders, int64_t *count);

#endif
