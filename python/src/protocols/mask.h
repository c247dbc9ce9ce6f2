/* SPDX-License-Identifier: BSD-3-Clause */
/* mask.h - arrays that hide some of their elements behind a mask, which memory cannot show. */
#ifndef DEEDPY_MASK_H
#define DEEDPY_MASK_H

#include "base/module_state.h"

/* What is said of an object that deedpy_is_masked(); its one argument is the name of the object's type. */
#define DEEDPY_MASK_LOST                                                                                           \
  "the mask of this %.100s hides some of its elements and would be lost; give a filled() copy of it, or its data " \
  "without the mask (numpy.asarray)"

/* Whether an object (borrows) is an ndarray of a class with a mask, such as numpy.ma's, and some of its elements are
 * masked: 1, 0, or -1 with an exception. Nothing to do for other objects. */
int deedpy_is_masked(PyObject *object);

/* The same of an object whose __array_interface__ has a mask: version 3 has a place for one, and NumPy does not look.
 */
int deedpy_is_masked_interface(PyObject *object);

/* What the two above answered, as a status: 0, or -1 with an exception, UnsupportedError if the object is masked. */
int deedpy_check_unmasked(const struct module_state *state, PyObject *object, int is_masked);

#endif
