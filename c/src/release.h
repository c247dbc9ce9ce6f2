/* SPDX-License-Identifier: BSD-3-Clause */
/* release.h - the end of a claim on a block, and of the block. */
#ifndef DEED_RELEASE_H
#define DEED_RELEASE_H

#include "block.h"

/* One claim less on the block; the last one frees the memory by its origin. No claim may be seized by the caller.
 * Errors: DEED_EDAMAGED (the block has ended, its memory is abandoned). */
enum deed_status deed__release_block(deed__block_ref ref);

/* Number of blocks whose memory was abandoned. */
int64_t deed__abandoned_count(void);

#endif
