/* SPDX-License-Identifier: BSD-3-Clause */
/* ndarray_out.h - an array of deed as a numpy.ndarray. */
#ifndef DEEDPY_NDARRAY_OUT_H
#define DEEDPY_NDARRAY_OUT_H

#include "base/module_state.h"

/* An ndarray on the elements of a deed.Array, with a claim of its own: its base, as held_claim.h says. descr: the type
 * to show them as, of the same size; NULL for the one that came in with the elements, else that of the
 * dtype map. Steals descr. */
PyObject *deedpy_ndarray(PyObject *array, PyArray_Descr *descr);

/* The value of the element of a deed.Array that lies offset_bytes behind the first, as an ndarray gives it: a scalar of
 * NumPy. claim: of the array, as the offset was found in it; StaleError if the array has another one by now. DtypeError
 * if NumPy has no such type. */
PyObject *deedpy_element_value(PyObject *array, struct deed_array claim, int64_t offset_bytes);

/* The held claim of an ndarray of deedpy_ndarray(), borrowed, if the ndarray still shows just what its claim does and
 * the elements are of this dtype; else NULL. */
PyObject *deedpy_lender_of(PyArrayObject *ndarray, enum deed_dtype dtype);

/* A claim that native code may be told the number of and may end: that of the ndarray stays. claim [fills]: the
 * lender's, the same each time while it lives, and it ends with the ndarray. error [fills] as deed_share() does. */
enum deed_status deedpy_lend_number(struct module_state *state, PyObject *lender, struct deed_array *claim,
                                    struct deed_error *error);

#endif
