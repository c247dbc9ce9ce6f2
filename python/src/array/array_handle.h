/* SPDX-License-Identifier: BSD-3-Clause */
/* array_handle.h - the claim of a deed.Array as a number. */
#ifndef DEEDPY_ARRAY_HANDLE_H
#define DEEDPY_ARRAY_HANDLE_H

#include "base/module_state.h"

/* The class method from_handle() and the method into_handle(). */
PyObject *deedpy_array_from_handle(PyTypeObject *type, PyObject *handle);
PyObject *deedpy_array_into_handle(PyObject *self, PyObject *unused);

#endif
