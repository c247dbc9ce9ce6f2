/* SPDX-License-Identifier: BSD-3-Clause */
/* function.h - the Python type deed.Function: a native procedure with declared arguments. */
#ifndef DEEDPY_FUNCTION_H
#define DEEDPY_FUNCTION_H

#include "module.h"

/* Make the type. New reference. */
PyObject *deedpy_function_type_make(PyObject *module);

/* make_function(text, address, library, deallocate, compiler, arguments, result, release_gil): what
 * deed/function.py calls with declarations that it has checked. library is kept. */
PyObject *deedpy_make_function(PyObject *module, PyObject *arguments);

#endif
