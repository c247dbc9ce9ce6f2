/* SPDX-License-Identifier: BSD-3-Clause */
/* site.h - the place in Python that calls deed, with which every verb that makes a claim begins. */
#ifndef DEEDPY_SITE_H
#define DEEDPY_SITE_H

#include "base/module_state.h"

/* Begin a verb: let go what other threads have left to release, which may run any code. Returns the place of the
 * innermost frame outside this package, as the core records it: the file name is borrowed from the code, so it is good
 * until that may have gone. */
struct deed_site deedpy_begin_verb(struct module_state *state);

/* The same for verbs that are called often: the known place, borrowed, which is overwritten when code of Python calls
 * deed again. */
struct known_place *deedpy_begin_verb_at(struct module_state *state);

/* A claim was made at this place just now: the core has a copy of the file name that never goes, and knows it again by
 * its address. So from now on the place has that. */
void deedpy_place_recorded(struct known_place *place, struct deed_array claim);

/* Forget all places. */
void deedpy_places_clear(struct module_state *state);

#endif
