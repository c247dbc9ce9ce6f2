/* SPDX-License-Identifier: BSD-3-Clause */
/* share.h - one more claim like another, with all its rights, for whoever is shown the memory. */
#ifndef DEEDPY_SHARE_H
#define DEEDPY_SHARE_H

#include "base/module_state.h"

/* Begin a verb, and share array at the place that calls it. claim [fills]. 0, or -1 with the exception. */
int deedpy_share_here(struct module_state *state, struct deed_array array, struct deed_array *claim);

/* The same in a verb that has begun, with the site of its place. */
int deedpy_share_at(const struct module_state *state, struct deed_array array, const struct deed_site *site,
                    struct deed_array *claim);

#endif
