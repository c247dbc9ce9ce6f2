/* SPDX-License-Identifier: BSD-3-Clause */
/* function_array.h - an array on its way to a native function: by address, by descriptor or by handle. */
#ifndef DEEDPY_FUNCTION_ARRAY_H
#define DEEDPY_FUNCTION_ARRAY_H

#include "native_call/function_parameter.h"

/* Fill what the three below ask of the declaration of an array, once its other fields are. */
void deedpy_declare_array(struct deedpy_parameter *parameter);

/* Three deedpy_pass_fn: by address, by descriptor, by handle. */
int deedpy_pass_pointer(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                        struct deedpy_passed *passed);
int deedpy_pass_described(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                          struct deedpy_passed *passed);
int deedpy_pass_handle(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                       struct deedpy_passed *passed);

#endif
