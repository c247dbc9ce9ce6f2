/* SPDX-License-Identifier: BSD-3-Clause */
/* function_array.h - an array on its way to a native function: by address, by descriptor or by handle. */
#ifndef DEEDPY_FUNCTION_ARRAY_H
#define DEEDPY_FUNCTION_ARRAY_H

#include "function_argument.h"

/* Fill what deedpy_pass_array() asks of the declaration of an array, once its other fields are. */
void deedpy_declare_array(struct deedpy_parameter *parameter);

/* A deedpy_pass_fn. */
int deedpy_pass_array(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      struct deedpy_passed *passed);

#endif
