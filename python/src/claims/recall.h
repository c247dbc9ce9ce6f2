/* SPDX-License-Identifier: BSD-3-Clause */
/* recall.h - the wait of a lender, with the interpreter free for others. */
#ifndef DEEDPY_RECALL_H
#define DEEDPY_RECALL_H

#include "claims/array_object.h"

/* deed_recall of an Array with a timeout in seconds: NULL does not wait, None waits without limit. Signals are handled
 * meanwhile. 0, or -1 with an exception. */
int deedpy_recall(struct array_object *self, PyObject *timeout);

/* Raise the refusal of a verb that needs the Array alone. Where the Array stands in its own way, because somebody may
 * keep it in place of a buffer, it says what asked for that. Returns NULL. */
PyObject *deedpy_raise_busy(struct array_object *self, const struct deed_error *error);

#endif
