/* SPDX-License-Identifier: BSD-3-Clause */
/* array_package.h - what Python code of the package does for deed.Array. */
#ifndef DEEDPY_ARRAY_PACKAGE_H
#define DEEDPY_ARRAY_PACKAGE_H

#include "base/module_state.h"

/* function(first, second) of a module of the package; second may be NULL. New reference. */
PyObject *deedpy_call_package(const char *module_name, const char *function, PyObject *first, PyObject *second);

/* __reduce_ex__ (deed.pickling), and __reduce__, which is refused. */
PyObject *deedpy_array_reduce_ex(PyObject *self, PyObject *protocol);
PyObject *deedpy_array_refuse_pickle(PyObject *self, PyObject *unused);

/* __dask_tokenize__ (deed.tokens). */
PyObject *deedpy_array_dask_token(PyObject *self, PyObject *unused);

/* as_ctypes() and as_cffi() (deed.pointers). */
PyObject *deedpy_array_as_ctypes(PyObject *self, PyObject *unused);
PyObject *deedpy_array_as_cffi(PyObject *self, PyObject *ffi);

#endif
