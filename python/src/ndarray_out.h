/* SPDX-License-Identifier: BSD-3-Clause */
/* ndarray_out.h - an array of deed as a numpy.ndarray. */
#ifndef DEEDPY_NDARRAY_OUT_H
#define DEEDPY_NDARRAY_OUT_H

#include "module.h"

/* The name of the capsule at the end of the base chain of every ndarray made here. Its pointer is the handle of a
 * claim, which ends with the capsule. */
#define DEEDPY_CAPSULE_NAME "deed.claim"

/* An ndarray on the elements of a deed.Array, with a claim of its own. descr: the type to show them as, of the same
 * size; NULL for the one of the dtype map. Steals descr. */
PyObject *deedpy_ndarray(PyObject *array, PyArray_Descr *descr);

/* What an Array remembers for its ndarrays. */
struct deedpy_shown;

/* shown may be NULL. */
void deedpy_shown_free(struct deedpy_shown *shown);

/* The handle in a capsule of that name. */
struct deed_array deedpy_capsule_handle(PyObject *capsule);

#endif
