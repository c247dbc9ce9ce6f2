/* SPDX-License-Identifier: BSD-3-Clause */
/* ndarray_in.h - a numpy.ndarray on its way into deed. */
#ifndef DEEDPY_NDARRAY_IN_H
#define DEEDPY_NDARRAY_IN_H

#include "module.h"

/* Each returns a deed.Array, a new reference. An ndarray that came from deed, or a view of one, is recognised by the
 * end of its base chain and gives a share of the same block with its own layout; nothing new is made. lower: lower
 * bounds, NULL or None for 1 (Fortran's), and for those of the block where an ndarray from deed shows the same
 * elements. */
PyObject *deedpy_adopt(struct module_state *state, PyArrayObject *ndarray, PyObject *lower);
PyObject *deedpy_lend(struct module_state *state, PyArrayObject *ndarray, PyObject *lower, PyObject *writable);

/* A share of what an ndarray from deed shows. NotImplemented, a new reference, if it does not come from deed. rights:
 * as in deed_share; 0 for those of the ndarray. */
PyObject *deedpy_recognise(struct module_state *state, PyArrayObject *ndarray, PyObject *lower, uint32_t rights);

/* The functions deed.adopt and deed.lend. */
PyObject *deedpy_adopt_function(PyObject *module, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_lend_function(PyObject *module, PyObject *arguments, PyObject *keywords);

#endif
