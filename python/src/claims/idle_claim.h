/* SPDX-License-Identifier: BSD-3-Clause */
/* idle_claim.h - the claim of an ndarray that is gone, kept for the next ndarray of the same Array at the same place.
 *
 * To make a claim takes longer than to make an ndarray, and most ndarrays are made where one was made before. So an
 * Array keeps the held claim of its latest ndarray. While an ndarray, or whoever else, has that object too, the claim
 * is theirs; when the Array has the only reference, the claim is idle.
 *
 * An idle claim stands in nobody's way. The claim of its Array lives as well, and what ends or moves that one, or gives
 * its number to native code, ends the idle claim first. What counts or lists claims for Python ends all idle ones
 * first. So only native code that asks the core for holders or counts can see them. Guarded by the GIL. */
#ifndef DEEDPY_IDLE_CLAIM_H
#define DEEDPY_IDLE_CLAIM_H

#include "claims/array_object.h"

/* A new reference to an idle claim that this Array got at this place. NULL, without an exception, if
 * there is none, or if native code that was given its number has ended it. */
PyObject *deedpy_idle_take(const struct array_object *array, const struct known_site *place);

/* Keep a held claim made for an ndarray of this Array at this place, instead of what the Array kept before.
 * held [borrows]: a reference of its own is kept, or none where an idle claim could be seen. */
void deedpy_idle_keep(struct module_state *state, struct array_object *array, const struct known_site *place,
                      PyObject *held);

/* Let go what this Array keeps: if its claim is idle, that ends. */
void deedpy_idle_end(struct array_object *array);

/* The same, and keep nothing from now on: the Array's claim may end while others run, because native code gets its
 * number or because its end lets other threads have the GIL. */
void deedpy_idle_forbid(struct array_object *array);

/* Let go what all Arrays keep. How many claims were idle, and have ended. */
int deedpy_idle_end_all(struct module_state *state);

/* Whether to try a verb again: it was refused with a list of other holders, and idle claims that may have been among
 * them have ended now. error [borrows]: read only if status is not DEED_OK. */
int deedpy_idle_made_way(struct module_state *state, enum deed_status status, const struct deed_error *error);

/* End all, and keep none from now on: the interpreter ends. */
void deedpy_idle_close(struct module_state *state);

#endif
