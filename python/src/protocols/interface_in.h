/* SPDX-License-Identifier: BSD-3-Clause */
/* interface_in.h - objects with __array_interface__ or __array__ on their way into deed. */
#ifndef DEEDPY_INTERFACE_IN_H
#define DEEDPY_INTERFACE_IN_H

#include "protocols/import.h"

/* The protocol __array_interface__. NumPy reads and checks the fields; the object is kept. */
int deedpy_import_interface(struct module_state *state, PyObject *object, struct deedpy_import *import);

/* The protocol __array__: the ndarray that the object answers with is kept, together with the object. Whether it shares
 * memory with the object only the object knows. */
int deedpy_import_array_method(struct module_state *state, PyObject *object, struct deedpy_import *import);

#endif
