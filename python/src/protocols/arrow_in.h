/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_in.h - an Arrow array on its way into deed. */
#ifndef DEEDPY_ARROW_IN_H
#define DEEDPY_ARROW_IN_H

#include "protocols/import.h"

/* The protocol: objects with __arrow_c_array__ that give a primitive array without nulls. It is read-only, as Arrow
 * asks, and of origin foreign. The Arrow array is moved out of its capsule only when all of it has been found good; its
 * release runs once. */
int deedpy_import_arrow(struct module_state *state, PyObject *object, struct deedpy_import *import);

struct arrow_schema;
struct arrow_array;

/* Describe an array (borrows both): 0 and import filled, but nothing taken yet, or -1 with an exception. */
int deedpy_describe_arrow(struct module_state *state, const struct arrow_schema *schema,
                          const struct arrow_array *array, struct deedpy_import *import);

/* Move an array that was described into the keep of its import. */
void deedpy_move_arrow(struct deedpy_import *import, struct arrow_array *array);

#endif
