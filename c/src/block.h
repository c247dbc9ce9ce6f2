/* SPDX-License-Identifier: BSD-3-Clause */
/* block.h - the control record of one piece of memory, and the count of claims on it. */
#ifndef DEED_BLOCK_H
#define DEED_BLOCK_H

#include <stdbool.h>

#include "deed/array.h"
#include "pool.h"

/* generation << 32 | record: names one block for ever. 0 is none. */
typedef uint64_t deed__block_ref;

/* What is asked most often of a block, in one word. It does not change while the block lives. */
struct deed__block_kind {
  _Alignas(uint64_t) uint8_t origin; /* enum deed_origin */
  uint8_t copy_reason;               /* enum deed_copy_reason */
  uint16_t rights;                   /* of its first claim: no claim on it has more */
  uint32_t fork_depth;               /* of the process that made it; set when it is made */
};

/* What changes, in one word. */
struct deed__block_title {
  _Alignas(uint64_t) uint16_t owner; /* enum deed_language */
  bool named;
};

/* What a block is: whole words, in the order in which its record has them. */
struct deed__block {
  _Alignas(uint64_t) void *data;   /* as adopted: what release gets */
  _Alignas(uint64_t) void *lowest; /* lowest address */
  int64_t size_bytes;
  _Alignas(uint64_t) deed_release_fn release;
  _Alignas(uint64_t) void *context;
  struct deed__block_kind kind;
  struct deed__block_title title;
};

extern struct deed__pool deed__blocks;

/* A new block with one claim. block [borrows]; it has got the depth of this process. ref [fills]. Errors: DEED_ENOMEM,
 * DEED_EFULL. */
enum deed_status deed__block_make(struct deed__block *block, deed__block_ref *ref);

/* Does this reference, which may be any 64 bits, name a block that lives? Errors: DEED_EHANDLE, DEED_ESTALE. The other
 * functions need a reference that came from deed__block_make. */
enum deed_status deed__block_find(deed__block_ref ref);

/* One more claim, unless the last one has ended: then false. */
bool deed__block_retain(deed__block_ref ref);

/* One claim less. If it was the last: true, out [fills] says how to free the memory, and the record is gone. */
bool deed__block_drop(deed__block_ref ref, struct deed__block *out);

/* End the block if the caller's claim is the only one; false, and no change, if not. */
bool deed__block_end_sole(deed__block_ref ref);

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

/* The following need a claim on the block that nobody else can end: the caller's own, seized (claim.h). */
void deed__block_set_owner(deed__block_ref ref, enum deed_language owner);
void deed__block_set_named(deed__block_ref ref, bool named);

/* The block in record number index, if one lives there: for the ledger. */
bool deed__block_at(uint32_t index, deed__block_ref *ref);

/* How many blocks have lived in record number index and ended. */
uint32_t deed__block_ended_at(uint32_t index);

/* In the child of a fork: all blocks there are belong to the parent. */
void deed__blocks_become_inherited(void);

/* Was this block, which has been read, made by the process that this one was forked from? */
bool deed__block_is_inherited(const struct deed__block *block);

#endif
