/* SPDX-License-Identifier: BSD-3-Clause */
/* array_section.h - indexing of a deed.Array with integers and slices, by the rules of NumPy. */
#ifndef DEEDPY_ARRAY_SECTION_H
#define DEEDPY_ARRAY_SECTION_H

#include "base/module_state.h"

/* The view self[index], with these lower bounds (NULL or None: 1, as Fortran sections have). It has rank 0 where the
 * index has an integer for each dimension. */
PyObject *deedpy_array_section(PyObject *self, PyObject *index, PyObject *lower);

/* self[index]: the same with lower bounds 1, but the value of an element, as a scalar of NumPy, where the index has an
 * integer for each dimension and nothing else. */
PyObject *deedpy_array_item(PyObject *self, PyObject *index);

/* self[index] = value, by NumPy's rules. */
int deedpy_array_set_item(PyObject *self, PyObject *index, PyObject *value);

/* self[index] of one dimension, not counted from the end, and an iterator over all of them; TypeError for rank 0. */
PyObject *deedpy_array_row(PyObject *self, Py_ssize_t index);
PyObject *deedpy_array_iterator(PyObject *self);

Py_ssize_t deedpy_array_length(PyObject *self);

/* value in self: whether any element is equal to it, as NumPy has it. -1 with an exception. */
int deedpy_array_contains(PyObject *self, PyObject *value);

#endif
