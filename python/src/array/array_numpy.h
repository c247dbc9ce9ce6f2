/* SPDX-License-Identifier: BSD-3-Clause */
/* array_numpy.h - a deed.Array as NumPy asks for it. */
#ifndef DEEDPY_ARRAY_NUMPY_H
#define DEEDPY_ARRAY_NUMPY_H

#include "base/module_state.h"

/* numpy() and __array__. */
PyObject *deedpy_array_numpy(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords);
PyObject *deedpy_array_protocol(PyObject *self, PyObject *arguments, PyObject *keywords);

#endif
