/* SPDX-License-Identifier: BSD-3-Clause */
/* claim.h - the record behind a handle: who holds which elements of which block. */
#ifndef DEED_CLAIM_H
#define DEED_CLAIM_H

#include <stdbool.h>

#include "block.h"
#include "deed/array.h"

/* A claim never changes between its begin and its end. Of the dimensions only those below the rank are set. */
struct deed__claim {
  deed__block_ref block;
  void *data;            /* the first element */
  struct deed_site site; /* file is kept (site.h) */
  enum deed_role role;
  uint32_t rights;
  struct deed_layout layout;
};

#define DEED__ALL_RIGHTS (DEED_READ | DEED_WRITE)

/* Are there only known rights among these bits? None is one of the possibilities. */
static inline bool deed__are_rights(uint32_t rights) { return (rights & ~DEED__ALL_RIGHTS) == 0; }

extern struct deed__pool deed__claims;

/* Records set aside for a claim that is not made yet. */
struct deed__claim_record {
  uint32_t index;
  uint32_t wide; /* for the dimensions, when they do not fit the record itself; else DEED__NO_RECORD */
};

/* Set records aside for a claim of this rank; to be used by begin or given back by unreserve. record [fills].
 * Errors: DEED_ENOMEM, DEED_EFULL. */
enum deed_status deed__claim_reserve(int32_t rank, struct deed__claim_record *record);
void deed__claim_unreserve(const struct deed__claim_record *record);

/* Begin a claim in records set aside for its rank. Returns its handle. */
struct deed_array deed__claim_begin(const struct deed__claim_record *record, const struct deed__claim *claim);

/* Both at once. claim [borrows]; the claim on the block's count is the caller's to have made. array [fills].
 * Errors: DEED_ENOMEM, DEED_EFULL. */
enum deed_status deed__claim_make(const struct deed__claim *claim, struct deed_array *array);

/* What a live handle claims. claim [fills]. Waits for nobody: a seized claim lives until it is ended.
 * Errors: DEED_EHANDLE, DEED_ESTALE. */
enum deed_status deed__claim_read(struct deed_array array, struct deed__claim *claim);

/* Has this claim not ended since? For a reader that has acted on what it read. Waits for nobody. */
bool deed__claim_is_live(struct deed_array array);

/* As deed__claim_read without the dimensions, which stay what they are in claim. Until unseize or end nobody else can
 * seize the claim, they wait. So between the two there must be no callback, no lock, no allocation and no waiting, and
 * who holds a lock must only try. Errors: DEED_EHANDLE, DEED_ESTALE; of try, when another has it seized, DEED_EBUSY. */
enum deed_status deed__claim_seize(struct deed_array array, struct deed__claim *claim);
enum deed_status deed__claim_try_seize(struct deed_array array, struct deed__claim *claim);
void deed__claim_unseize(struct deed_array array);

/* Wait until nobody has this claim seized; it may have ended then. */
void deed__claim_settle(struct deed_array array);

/* End a seized claim of this rank. The count of the block is the caller's to lower. */
void deed__claim_end(struct deed_array array, int32_t rank);

/* The live claim in record number index, if there is one: for reports. */
bool deed__claim_at(uint32_t index, struct deed_array *array, struct deed__claim *claim);

/* Held while the process forks; the child then has no thread that would settle what others had seized. */
void deed__claims_lock(void);
void deed__claims_unlock(void);
void deed__claims_unseize_all(void);

#endif
