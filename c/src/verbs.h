/* SPDX-License-Identifier: BSD-3-Clause */
/* verbs.h - what one verb of the core does for another. */
#ifndef DEED_VERBS_H
#define DEED_VERBS_H

#include <stdbool.h>
#include <stdint.h>

#include "claim.h"
#include "deed/ledger.h" /* deed_core_check */
#include "layout_survey.h"
#include "rules.h"

struct deed__verdict; /* judge.h */

/* Make a share of what claim describes, with fewer rights if asked for (0: the same). claim [borrows, changed]; a
 * layout record that it owns is the share's on success, the caller's on failure. site [borrows, may be NULL]. share
 * [fills].
 * Errors: DEED_ESTALE (the block has ended) or what the table says, DEED_EINVAL, DEED_ERIGHTS, DEED_ENOMEM. */
enum deed_status deed__share_claim(struct deed__claim *claim, uint32_t rights, const struct deed_site *site,
                                   enum deed__verb verb, struct deed_array *share, struct deed_error *error);

/* The same of what claim describes but for its layout, which is this one. layout [borrows]. */
enum deed_status deed__share_part(struct deed__claim *claim, const struct deed_layout *layout, uint32_t rights,
                                  const struct deed_site *site, enum deed__verb verb, struct deed_array *share,
                                  struct deed_error *error);

/* A share of what this handle claims. Errors before those: DEED_EHANDLE, DEED_ESTALE, DEED_EINVAL (share NULL). */
enum deed_status deed__share_array(struct deed_array array, uint32_t rights, const struct deed_site *site,
                                   enum deed__verb verb, struct deed_array *share, struct deed_error *error);

/* What is made: the block as its verb knows it (origin, copy_reason, rights; of memory from outside data, release,
 * context), and the layout of the first claim [borrows], which has all the rights of the block. */
struct deed__making {
  enum deed__verb verb;
  bool allocates; /* with deed's allocator */
  bool zeroed;
  const struct deed_layout *layout;
  struct deed__hull hull; /* of the layout */
  struct deed__block block;
};

/* Make the block and its title. making: the rest of its block is filled. site [borrows, may be NULL]. array [fills].
 * Errors: DEED_EDUPLICATE, DEED_EINVAL (site), DEED_ENOMEM, DEED_EFULL. On failure memory from outside stays the
 * caller's. */
enum deed_status deed__make(struct deed__making *making, const struct deed_site *site, struct deed_array *array,
                            struct deed_error *error);

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

/* How often elements were copied. */
int64_t deed__copy_count(void);

/* Was another copy of the core in the process before this one? */
bool deed__core_is_duplicate(void);

/* From now on, fork takes every lock of the core before it copies the process. Once, when the core is loaded. */
void deed__watch_forks(void);

#endif
