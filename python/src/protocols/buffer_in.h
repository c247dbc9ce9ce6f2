/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_in.h - an exporter of the buffer protocol on its way into deed. */
#ifndef DEEDPY_BUFFER_IN_H
#define DEEDPY_BUFFER_IN_H

#include "protocols/import.h"

/* The protocol of buffers: bytes, bytearray, array.array, mmap, memoryview, ctypes arrays and all else that exports
 * one. The buffer is held until the memory leaves deed, so a bytearray cannot be resized meanwhile. */
int deedpy_import_buffer(struct module_state *state, PyObject *object, struct deedpy_import *import);

#endif
