/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_out.h - an array of deed as an Arrow array. */
#ifndef DEEDPY_ARROW_OUT_H
#define DEEDPY_ARROW_OUT_H

#include "claims/array_object.h"

/* The methods __arrow_c_array__ and __arrow_c_schema__ of deed.Array. */
PyObject *deedpy_array_arrow(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords);
PyObject *deedpy_array_arrow_schema(PyObject *self, PyObject *unused);

#endif
