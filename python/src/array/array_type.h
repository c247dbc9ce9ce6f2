/* SPDX-License-Identifier: BSD-3-Clause */
/* array_type.h - the Python type deed.Array: the table that says what its objects can do. */
#ifndef DEEDPY_ARRAY_TYPE_H
#define DEEDPY_ARRAY_TYPE_H

#include "base/module_state.h"

/* Make the type. New reference. */
PyObject *deedpy_array_type_make(PyObject *module);

#endif
