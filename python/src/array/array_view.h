/* SPDX-License-Identifier: BSD-3-Clause */
/* array_view.h - the methods of deed.Array that look at the same elements in another form. */
#ifndef DEEDPY_ARRAY_VIEW_H
#define DEEDPY_ARRAY_VIEW_H

#include "base/module_state.h"

PyObject *deedpy_array_view_method(PyObject *self, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_array_rebound(PyObject *self, PyObject *lower);
PyObject *deedpy_array_transpose(PyObject *self, PyObject *axes);
PyObject *deedpy_array_transposed(PyObject *self, void *closure);
PyObject *deedpy_array_reshape(PyObject *self, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_array_component(PyObject *self, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_array_interior(PyObject *self, PyObject *ghost);

#endif
