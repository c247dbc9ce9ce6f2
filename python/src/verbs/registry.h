/* SPDX-License-Identifier: BSD-3-Clause */
/* registry.h - deed.lookup, deed.names, and arrays that are published as they are made. */
#ifndef DEEDPY_REGISTRY_H
#define DEEDPY_REGISTRY_H

#include "base/module_state.h"

/* The array is published under a name, if that is not NULL, or it is gone and there is an exception. Steals array,
 * which may be NULL. */
PyObject *deedpy_published(const struct module_state *state, PyObject *array, const char *name);

PyObject *deedpy_lookup_function(PyObject *module, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_names_function(PyObject *module, PyObject *unused);

#endif
