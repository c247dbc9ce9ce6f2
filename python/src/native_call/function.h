/* SPDX-License-Identifier: BSD-3-Clause */
/* function.h - the Python type deed.Function: a native procedure with declared arguments. Its objects are in
 * function_object.h. */
#ifndef DEEDPY_FUNCTION_H
#define DEEDPY_FUNCTION_H

#include "base/module_state.h"

/* Make the type. New reference. */
PyObject *deedpy_function_type_make(PyObject *module);

/* make_function(text, address, library, deallocate, compiler, arguments, returned, result, release_gil, declared,
 * attributes): what deed/function.py calls with declarations that it has checked. All objects are kept. */
PyObject *deedpy_make_function(PyObject *module, PyObject *arguments);

#endif
