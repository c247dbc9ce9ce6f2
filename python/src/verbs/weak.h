/* SPDX-License-Identifier: BSD-3-Clause */
/* weak.h - deed.weak and the Python type deed.Weak: an array that is remembered, not kept. */
#ifndef DEEDPY_WEAK_H
#define DEEDPY_WEAK_H

#include "base/module_state.h"

/* Make the type. New reference. */
PyObject *deedpy_weak_type_make(PyObject *module);

/* deed.weak(array) */
PyObject *deedpy_weak_function(PyObject *module, PyObject *array);

#endif
