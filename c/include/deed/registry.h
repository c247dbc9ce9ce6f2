/* SPDX-License-Identifier: BSD-3-Clause */
/* registry.h - names of arrays, for programs that meet by name instead of by argument.
 *
 * A name is no claim: it does not keep the block alive. It ends with withdraw, with the title (release, reclaim,
 * recall) or with the block; transfer keeps it. Names are 1 to DEED_NAME_BYTES - 1 bytes of UTF-8 without control
 * characters (U+0000 to U+001F, U+007F to U+009F) and without blanks at either end; the names and errors of array.h's
 * opening apply. Any thread, any time.
 */
#ifndef DEED_REGISTRY_H
#define DEED_REGISTRY_H

#include "deed/array.h"

DEED_BEGIN_DECLS

#define DEED_NAME_BYTES 128

/* Publish an array under a name. array: the title; what lookup gives is what this claim shows. name [borrows].
 * Errors in order: DEED_EINVAL (name), DEED_ENOTTITLE, DEED_EEXIST (the name is taken, or the block has a name),
 * DEED_ENOMEM. */
DEED_API DEED_NODISCARD enum deed_status deed_publish(struct deed_array array, const char *name,
                                                      struct deed_error *error);

/* Find an array by name; the caller gets a claim of its own, role share, to be released. name [borrows]. rights: as in
 * deed_share. site [borrows, may be NULL]. array [fills].
 * Errors in order: DEED_EINVAL, DEED_ENONAME, DEED_ERIGHTS. */
DEED_API DEED_NODISCARD enum deed_status deed_lookup(const char *name, uint32_t rights, const struct deed_site *site,
                                                     struct deed_array *array, struct deed_error *error);

/* Take the name of an array back. array: the title. Claims that lookup gave out stay.
 * Errors in order: DEED_ENOTTITLE, DEED_ENONAME (the block has no name). */
DEED_API DEED_NODISCARD enum deed_status deed_withdraw(struct deed_array array, struct deed_error *error);

/* Frozen. One published name, NUL-terminated. */
struct deed_name {
  char name[DEED_NAME_BYTES];
};

/* All published names, sorted by bytes. names [fills]: up to capacity of them, may be NULL when capacity is 0. count
 * [fills]: how many there are. A snapshot.
 * Errors: DEED_EINVAL (count NULL, capacity negative, names NULL with capacity), DEED_ENOMEM. */
DEED_API DEED_NODISCARD enum deed_status deed_names(struct deed_name *names, int64_t capacity, int64_t *count);

DEED_END_DECLS

#endif
