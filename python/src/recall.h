/* SPDX-License-Identifier: BSD-3-Clause */
/* recall.h - the wait of a lender, with the interpreter free for others. */
#ifndef DEEDPY_RECALL_H
#define DEEDPY_RECALL_H

#include "module.h"

/* deed_recall with a timeout in seconds: NULL does not wait, None waits without limit. Signals are handled meanwhile.
 * 0, or -1 with an exception. */
int deedpy_recall(struct module_state *state, struct deed_array array, PyObject *timeout);

#endif
