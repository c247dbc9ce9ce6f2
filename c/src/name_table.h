/* SPDX-License-Identifier: BSD-3-Clause */
/* name_table.h - which name shows which block. */
#ifndef DEED_NAME_TABLE_H
#define DEED_NAME_TABLE_H

#include "block.h"
#include "deed/registry.h"

/* A name on its way into the table. */
struct deed__name;

/* name [borrows]. Returns owned, NULL when there is no memory for it. */
struct deed__name *deed__name_make(const char *name, deed__block_ref block);
void deed__name_free(struct deed__name *name);

/* The table is locked for writing: by a verb that begins or ends a name, and while the process forks. Who holds the
 * lock may only try to seize a claim (claim.h), and who has one seized may not take the lock. The child of a fork
 * unlocks by making the lock anew: who was waiting for it does not exist there. */
void deed__names_lock(void);
void deed__names_unlock(void);
void deed__names_renew_lock(void);

/* The following three under that lock.
 *
 * Enter a name. name [takes on success, may be NULL: there was no memory for it]. text: the name. The caller has seized
 * the title of its block, which is named then. Allocates nothing. Errors: DEED_EEXIST (another block has it),
 * DEED_ENOMEM. */
enum deed_status deed__name_enter(struct deed__name *name, const char *text);

/* After a name was entered and nothing is seized any more. Lookups stay fast by this; without memory it does nothing.
 */
void deed__names_make_room(void);

/* Take the name of a block out, if it has one. The block may have ended already. Nothing is seized any more. */
void deed__name_end(deed__block_ref block);

/* The block that has this name; false when there is none. block [fills]. It may end at any time. */
bool deed__name_find(const char *name, deed__block_ref *block);

/* The name of a block; false when it has none. name [fills]: DEED_NAME_BYTES of it. */
bool deed__name_of(deed__block_ref block, char *name);

/* All names, sorted, as deed_names gives them. Errors: DEED_ENOMEM. */
enum deed_status deed__names(struct deed_name *names, int64_t capacity, int64_t *count);

#endif
