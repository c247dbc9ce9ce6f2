/* SPDX-License-Identifier: BSD-3-Clause */
/* ndarray_in.h - a numpy.ndarray on its way into deed. */
#ifndef DEEDPY_NDARRAY_IN_H
#define DEEDPY_NDARRAY_IN_H

#include "protocols/import.h"

/* A share of what an ndarray from deed, or a view of one, shows: recognised by the end of its base chain, with its own
 * layout, and nothing new is made. NotImplemented, a new reference, if it does not come from deed. lower: lower bounds,
 * NULL or None for 1 (Fortran's), and for those of the block where it shows the same elements. rights: as in
 * deed_share; 0 for those of the ndarray. */
PyObject *deedpy_recognise(struct module_state *state, PyArrayObject *ndarray, PyObject *lower, uint32_t rights);

/* The protocol of ndarrays: their memory, lower bounds 1. */
int deedpy_import_ndarray(struct module_state *state, PyObject *object, struct deedpy_import *import);

#endif
