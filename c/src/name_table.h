/* SPDX-License-Identifier: BSD-3-Clause */
/* name_table.h - which name shows which block. */
#ifndef DEED_NAME_TABLE_H
#define DEED_NAME_TABLE_H

#include "claim.h"
#include "deed/registry.h"

/* Enter a name. shown [borrows]: what the title holder shows, whose claim the caller has seized. The block is named
 * then.
 * Errors: DEED_EEXIST (a live block has the name), DEED_ENOMEM. */
enum deed_status deed__name_enter(const char *name, const struct deed__claim *shown);

/* What a name shows, without a role; false when there is no such name. shown [fills]. The block may end at any time. */
bool deed__name_find(const char *name, struct deed__claim *shown);

/* Take the name of a block out of the table, if it is there. The block may have ended already. */
void deed__name_end(deed__block_ref block);

/* The same for a block that lives on without its name. The caller has seized its title. */
void deed__name_withdraw(deed__block_ref block);

/* The name of a block; false when it has none. name [fills]: DEED_NAME_BYTES of it. */
bool deed__name_of(deed__block_ref block, char *name);

/* All names, sorted, as deed_names gives them. Errors: DEED_ENOMEM. */
enum deed_status deed__names(struct deed_name *names, int64_t capacity, int64_t *count);

/* Held while the process forks. The child makes the lock anew: it is not the thread that took it. */
void deed__names_lock(void);
void deed__names_unlock(void);
void deed__names_renew_lock(void);

#endif
