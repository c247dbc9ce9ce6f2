/* SPDX-License-Identifier: BSD-3-Clause */
/* function_allocatable.h - an allocatable dummy: what a procedure allocates becomes a deed.Array. */
#ifndef DEEDPY_FUNCTION_ALLOCATABLE_H
#define DEEDPY_FUNCTION_ALLOCATABLE_H

#include "function.h"

/* For intent(out): makes the Array of what may come back, so that nothing that can fail is left
 * after the call. */
int deedpy_pass_allocatable(const struct module_state *state, const struct deedpy_parameter *parameter,
                            struct deedpy_passed *passed);

/* What is allocated now as an Array, a new reference; None if nothing is. NULL with an exception for what deed cannot
 * adopt, which is freed. */
PyObject *deedpy_allocatable_out(struct function_object *function, const struct deedpy_parameter *parameter,
                                 struct deedpy_passed *passed);

#endif
