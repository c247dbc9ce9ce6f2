/* SPDX-License-Identifier: BSD-3-Clause */
/* array_ufunc.h - the ufuncs of NumPy on deed.Array. */
#ifndef DEEDPY_ARRAY_UFUNC_H
#define DEEDPY_ARRAY_UFUNC_H

#include "base/module_state.h"

/* __array_ufunc__(self, ufunc, method, *inputs, **keywords). */
PyObject *deedpy_array_ufunc(PyObject *self, PyObject *arguments, PyObject *keywords);

#endif
