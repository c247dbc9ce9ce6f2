/* SPDX-License-Identifier: BSD-3-Clause */
/* ledger.h - the live blocks, their holders, and the counts. */
#ifndef DEEDPY_LEDGER_H
#define DEEDPY_LEDGER_H

#include "base/module_state.h"

/* deed.counts(), and what deed.report() is made of. */
PyObject *deedpy_counts(PyObject *module, PyObject *unused);
PyObject *deedpy_ledger(PyObject *module, PyObject *unused);

/* A list of all holders of the block of an array. */
PyObject *deedpy_holders(const struct module_state *state, struct deed_array array);

/* The published name of the block of a descriptor; None if it has lost it meanwhile. */
PyObject *deedpy_name_of_block(const struct module_state *state, const struct deed_descriptor *descriptor);

#endif
