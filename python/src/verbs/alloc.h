/* SPDX-License-Identifier: BSD-3-Clause */
/* alloc.h - deed.alloc. */
#ifndef DEEDPY_ALLOC_H
#define DEEDPY_ALLOC_H

#include "base/module_state.h"

PyObject *deedpy_alloc_function(PyObject *module, PyObject *arguments, PyObject *keywords);

#endif
