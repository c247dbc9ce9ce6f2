/* SPDX-License-Identifier: BSD-3-Clause */
/* from_protocol.h - deed.from_dlpack, deed.from_arrow and deed.from_buffer: adopt by one protocol only. */
#ifndef DEEDPY_FROM_PROTOCOL_H
#define DEEDPY_FROM_PROTOCOL_H

#include "base/module_state.h"

PyObject *deedpy_from_dlpack_function(PyObject *module, PyObject *arguments, PyObject *keywords);

/* Arrays, and streams of one array. */
PyObject *deedpy_from_arrow_function(PyObject *module, PyObject *object);

PyObject *deedpy_from_buffer_function(PyObject *module, PyObject *object);

#endif
