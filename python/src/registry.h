/* SPDX-License-Identifier: BSD-3-Clause */
/* registry.h - deed.lookup and deed.names. */
#ifndef DEEDPY_REGISTRY_H
#define DEEDPY_REGISTRY_H

#include "module.h"

PyObject *deedpy_lookup_function(PyObject *module, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_names_function(PyObject *module, PyObject *unused);

#endif
