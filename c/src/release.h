/* SPDX-License-Identifier: BSD-3-Clause */
/* release.h - the end of a claim on a block, and of the block. */
#ifndef DEED_RELEASE_H
#define DEED_RELEASE_H

#include "judge.h"

/* One claim less on the block; the last one frees the memory by its origin. No claim may be seized by the caller.
 * Errors: DEED_EDAMAGED (the block has ended, its memory is abandoned). */
enum deed_status deed__release_block(deed__block_ref ref);

/* End a title that deed__seize_to_end has seized together with its block, whose memory is the caller's then. Nothing is
 * seized or locked afterwards. Errors: DEED_EBUSY, and nothing has changed, if someone has made a share since the rule
 * was looked up. */
enum deed_status deed__end_with_block(enum deed__verb verb, struct deed_array array, const struct deed__claim *claim,
                                      const struct deed__verdict *verdict, struct deed_error *error);

/* Number of blocks whose memory was abandoned. */
int64_t deed__abandoned_count(void);

#endif
