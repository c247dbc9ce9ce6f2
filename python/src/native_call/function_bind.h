/* SPDX-License-Identifier: BSD-3-Clause */
/* function_bind.h - what is given by name, or left out, becomes what is given by position. */
#ifndef DEEDPY_FUNCTION_BIND_H
#define DEEDPY_FUNCTION_BIND_H

#include "base/compiler.h"
#include "native_call/function_object.h"

/* objects: count of them by position, then the values of keywords, a tuple of str or NULL. bound [fills]: what each
 * argument is given, borrowed; None for an optional one that is left out. 0, or -1 with the TypeError that says what is
 * missing, unknown or there twice. */
DEEDPY_COLD int deedpy_function_bind(struct function_object *function, PyObject *const *objects, Py_ssize_t count,
                                     PyObject *keywords, PyObject **bound);

#endif
