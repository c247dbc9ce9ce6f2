/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_in.h - an Arrow array on its way into deed. */
#ifndef DEEDPY_ARROW_IN_H
#define DEEDPY_ARROW_IN_H

#include "import.h"

/* The protocol: objects with __arrow_c_array__ that give a primitive array without nulls. It is read-only, as Arrow
 * asks, and of origin foreign. The Arrow array is moved out of its capsule only when all of it has been found good; its
 * release runs once. */
int deedpy_import_arrow(struct module_state *state, PyObject *object, struct deedpy_import *import);

/* The function deed.from_arrow. */
PyObject *deedpy_from_arrow(PyObject *module, PyObject *object);

#endif
