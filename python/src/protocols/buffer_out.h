/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_out.h - deed.Array as an exporter of the buffer protocol. */
#ifndef DEEDPY_BUFFER_OUT_H
#define DEEDPY_BUFFER_OUT_H

#include "base/module_state.h"

/* Fill view for a consumer, with a claim of its own: the buffer holds when self has been released. BufferError names
 * what was asked for and cannot be given; DtypeError if FORMAT is asked for and there is none; StaleError. */
int deedpy_get_buffer(PyObject *self, Py_buffer *view, int flags);

/* The method __bytes__: the bytes of the elements in C order, whatever the type, as bytes() gives of an ndarray. */
PyObject *deedpy_array_bytes(PyObject *self, PyObject *unused);

/* End the claim of a buffer. */
void deedpy_release_buffer(PyObject *self, Py_buffer *view);

/* The claim of a buffer that deed.Array exported, read from the view itself or a copy of it. */
struct deed_array deedpy_buffer_claim(const Py_buffer *view);

#endif
