/* SPDX-License-Identifier: BSD-3-Clause */
/* block.h - the control record of one piece of memory, and the count of claims on it. */
#ifndef DEED_BLOCK_H
#define DEED_BLOCK_H

#include <stdbool.h>

#include "deed/array.h"
#include "pool.h"

/* generation << 32 | record: names one block for ever. 0 is none. */
typedef uint64_t deed__block_ref;

/* What a block is. While it lives owner and named change, and release and context of a loan, once. */
struct deed__block {
  void *data;   /* as adopted: what release gets */
  void *lowest; /* lowest address */
  int64_t size_bytes;
  deed_release_fn release;
  void *context;
  enum deed_origin origin;
  enum deed_copy_reason copy_reason;
  uint32_t rights; /* of its first claim: no claim on it has more */
  enum deed_language owner;
  bool named;
  uint32_t layout;   /* number of the record (layout_record.h) of its title's layout; 0: that is in the block's own */
  bool is_inherited; /* made by the process that this one was forked from; filled when a block is read */
};

/* Blocks of lent memory have records of their own, so that they can be looked at without looking at all. */
extern struct deed__pool deed__blocks;
extern struct deed__pool deed__loans;

/* Reserve a record for a block of this origin whose title has this layout. block [borrows, fills its layout]. record
 * [fills]: to be given to begin or unreserve, with the same block. Errors: DEED_ENOMEM, DEED_EFULL. */
enum deed_status deed__block_reserve(struct deed__block *block, const struct deed_layout *layout, uint32_t *record);
void deed__block_unreserve(const struct deed__block *block, uint32_t record);

/* A new block with one claim. block, layout [borrow]. */
deed__block_ref deed__block_begin(uint32_t record, const struct deed__block *block, const struct deed_layout *layout);

/* Does this reference, which may be any 64 bits, name a block that lives? Errors: DEED_EHANDLE, DEED_ESTALE. The other
 * functions need a reference that deed__block_begin returned. */
enum deed_status deed__block_find(deed__block_ref ref);

/* One more claim, unless the last one has ended: then false. seen: how many there were when the caller looked. */
bool deed__block_retain(deed__block_ref ref, uint32_t seen);

/* One claim less. True if it was the last: then the caller ends the block. */
bool deed__block_drop(deed__block_ref ref);

/* End a block that has no claims. out [fills]: how to free the memory. The record is gone. */
void deed__block_end(deed__block_ref ref, struct deed__block *out);

/* End the block if the caller's claim is the only one; false, and no change, if not. Its record is still the caller's,
 * who recycles it when nothing is seized any more: that may take a lock. */
bool deed__block_end_sole(deed__block_ref ref);
void deed__block_recycle(deed__block_ref ref);

/* Number of claims; 0 when the block has ended. */
uint32_t deed__block_claims(deed__block_ref ref);

/* What the rules ask of a block. claims is 0 when it has ended. */
struct deed__standing {
  enum deed_origin origin;
  uint32_t claims;
  bool named;
};

/* standing [fills]. */
void deed__block_standing(deed__block_ref ref, struct deed__standing *standing);

/* What the block is; false when it has ended. out [fills]. */
bool deed__block_read(deed__block_ref ref, struct deed__block *out);

/* Where the layout in the block's own record is stored. Of no use if the block has ended. */
const _Atomic uint64_t *deed__block_layout_words(deed__block_ref ref);

/* The following need a claim on the block that nobody else can end: the title, seized (claim.h), or its count when the
 * title has just ended or moved. */
void deed__block_set_release(deed__block_ref ref, deed_release_fn release, void *context);
void deed__block_set_owner(deed__block_ref ref, enum deed_language owner);
void deed__block_set_named(deed__block_ref ref, bool named);

/* Has memory ever been lent? */
bool deed__block_was_lent(void);

/* A live block of lent memory that has bytes among these; the one with the smallest number. ref [fills]. Reads every
 * record that a loan has ever had. */
bool deed__block_lent_at(const void *lowest, int64_t size_bytes, deed__block_ref *ref);

/* The number of the record after this one, of those that a block has ever had: the first after DEED__NO_RECORD, and
 * DEED__NO_RECORD after the last. */
uint32_t deed__block_after(uint32_t index);

/* The block in record number index, if one lives there: for the ledger. */
bool deed__block_at(uint32_t index, deed__block_ref *ref);

/* How many blocks have lived in record number index and ended. */
uint32_t deed__block_ended_at(uint32_t index);

/* Held while the process forks. */
void deed__blocks_lock(void);
void deed__blocks_unlock(void);

/* In the child of a fork: all blocks there are belong to the parent. */
void deed__blocks_become_inherited(void);

#endif
