/* SPDX-License-Identifier: BSD-3-Clause */
/* raw_bytes.h - the elements of a deed.Array as they lie in memory. */
#ifndef DEEDPY_RAW_BYTES_H
#define DEEDPY_RAW_BYTES_H

#include "base/module_state.h"

/* raw_bytes(array, /): the elements of a deed.Array without gaps as bytes, in the order that they lie in.
 * OrderError if there are gaps. */
PyObject *deedpy_raw_bytes_function(PyObject *module, PyObject *array);

#endif
