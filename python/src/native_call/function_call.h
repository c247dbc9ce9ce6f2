/* SPDX-License-Identifier: BSD-3-Clause */
/* function_call.h - one call of a native function. */
#ifndef DEEDPY_FUNCTION_CALL_H
#define DEEDPY_FUNCTION_CALL_H

#include "base/module_state.h"

/* The call of a Function: its vectorcall. */
PyObject *deedpy_function_call(PyObject *function, PyObject *const *objects, size_t flagged_count, PyObject *keywords);

#endif
