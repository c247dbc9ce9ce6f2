/* SPDX-License-Identifier: BSD-3-Clause */
/* verbs.h - what one verb of the core does for another. */
#ifndef DEED_VERBS_H
#define DEED_VERBS_H

#include <stdbool.h>
#include <stdint.h>

#include "claim.h"
#include "deed/ledger.h" /* deed_core_check */
#include "rules.h"

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

/* How often elements were copied. */
int64_t deed__copy_count(void);

/* Was another copy of the core in the process before this one? */
bool deed__core_is_duplicate(void);

/* From now on, fork takes every lock of the core before it copies the process. Once, when the core is loaded. */
void deed__watch_forks(void);

#endif
