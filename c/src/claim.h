/* SPDX-License-Identifier: BSD-3-Clause */
/* claim.h - the record behind a handle: who holds which elements of which block. */
#ifndef DEED_CLAIM_H
#define DEED_CLAIM_H

#include <stdbool.h>

#include "block.h"
#include "deed/array.h"

/* A claim never changes between its begin and its end. */
struct deed__claim {
  deed__block_ref block;
  void *data;            /* the first element */
  uint32_t layout;       /* number of a layout record (layout_record.h); 0: the layout is in the block's record */
  bool owns_layout;      /* of a view: the layout record ends with the claim. Else it is the block's */
  struct deed_site site; /* file is kept (site.h) */
  enum deed_role role;
  uint32_t rights;
};

#define DEED__ALL_RIGHTS (DEED_READ | DEED_WRITE)

/* Are there only known rights among these bits? None is one of the possibilities. */
static inline bool deed__are_rights(uint32_t rights) { return (rights & ~DEED__ALL_RIGHTS) == 0; }

extern struct deed__pool deed__claims;

/* Reserve a record for a claim that is not made yet; to be used by begin or given back by unreserve. record [fills].
 * Errors: DEED_ENOMEM, DEED_EFULL. */
enum deed_status deed__claim_reserve(uint32_t *record);
void deed__claim_unreserve(uint32_t record);

/* Begin a claim in a reserved record. The caller has already raised the block's count. Returns its handle. */
struct deed_array deed__claim_begin(uint32_t record, const struct deed__claim *claim);

/* What a live handle claims. claim [fills]. Waits for nobody: a seized claim lives until it is ended.
 * Errors: DEED_EHANDLE, DEED_ESTALE. */
enum deed_status deed__claim_read(struct deed_array array, struct deed__claim *claim);

/* The same with its layout. claim, layout [fill]. */
enum deed_status deed__claim_show(struct deed_array array, struct deed__claim *claim, struct deed_layout *layout);

/* deed_point, with its outputs. False, and nothing is written, if it is to be refused. */
bool deed__claim_point(struct deed_array array, enum deed_dtype dtype, int32_t rank, uint32_t rights, void **data,
                       int64_t *element_size_bytes, struct deed_dimension *dim);

/* Has this claim not ended since? For a reader that has acted on what it read. Waits for nobody. */
bool deed__claim_is_live(struct deed_array array);

/* Until unseize or end nobody else can seize the claim, they wait. So between the two there must be no callback, no
 * lock, no allocation and no waiting, and who holds a lock must only try, as this does. claim [fills].
 * Errors: DEED_EHANDLE, DEED_ESTALE; DEED_EBUSY when another has it seized. */
enum deed_status deed__claim_try_seize(struct deed_array array, struct deed__claim *claim);
void deed__claim_unseize(struct deed_array array);

/* Wait until nobody has this claim seized; it may have ended then. */
void deed__claim_settle(struct deed_array array);

/* End a seized claim. The count of the block is the caller's to lower. */
void deed__claim_end(struct deed_array array, const struct deed__claim *claim);

/* End a claim that has this role and that nobody has seized; false, and no change, if it is anything else. block
 * [fills]: the count is the caller's to lower. */
bool deed__claim_end_as(enum deed_role role, struct deed_array array, deed__block_ref *block);

/* The live claim in record number index, if there is one: for reports. */
bool deed__claim_at(uint32_t index, struct deed_array *array, struct deed__claim *claim);

/* Held while the process forks; the child then has no thread that would settle what others had seized. */
void deed__claims_lock(void);
void deed__claims_unlock(void);
void deed__claims_unseize_all(void);

#endif
