/* SPDX-License-Identifier: BSD-3-Clause */
/* share.h - a share made from something that says what to claim: another claim, or an entry of the registry. */
#ifndef DEED_SHARE_H
#define DEED_SHARE_H

#include "claim.h"
#include "rules.h"

/* Make a share of what claim describes, with fewer rights if asked for (0: the same). claim [borrows, changed]. site
 * [borrows, may be NULL]. share [fills]. Errors: DEED_ESTALE (the block has ended) or what the table says, DEED_EINVAL,
 * DEED_ERIGHTS, DEED_ENOMEM. */
enum deed_status deed__share_claim(struct deed__claim *claim, uint32_t rights, const struct deed_site *site,
                                   enum deed__verb verb, struct deed_array *share, struct deed_error *error);

#endif
