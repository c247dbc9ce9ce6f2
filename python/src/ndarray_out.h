/* SPDX-License-Identifier: BSD-3-Clause */
/* ndarray_out.h - an array of deed as a numpy.ndarray. */
#ifndef DEEDPY_NDARRAY_OUT_H
#define DEEDPY_NDARRAY_OUT_H

#include "module.h"

/* The name of the capsule at the end of the base chain of every ndarray made here. Its pointer is the handle of a
 * claim, which ends with the capsule. */
#define DEEDPY_CAPSULE_NAME "deed.claim"

/* An ndarray on the elements of a deed.Array, with a claim of its own. descr: the type to show them as, of the same
 * size; NULL for the one that came in with the elements, else that of the dtype map. Steals descr. */
PyObject *deedpy_ndarray(PyObject *array, PyArray_Descr *descr);

/* What an Array and its ndarrays remember of what they show. */
struct deedpy_shown;

/* One of them goes. shown may be NULL. */
void deedpy_shown_drop(struct deedpy_shown *shown);

/* The claim that an ndarray of deedpy_ndarray() holds, if it still shows just that and the elements are of this dtype;
 * else bits 0. The claim is the ndarray's and lives as long. */
struct deed_array deedpy_held_claim(PyArrayObject *ndarray, enum deed_dtype dtype);

/* The handle in a capsule of that name. */
struct deed_array deedpy_capsule_handle(PyObject *capsule);

#endif
