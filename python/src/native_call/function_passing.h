/* SPDX-License-Identifier: BSD-3-Clause */
/* function_passing.h - how each argument of a native function is passed. */
#ifndef DEEDPY_FUNCTION_PASSING_H
#define DEEDPY_FUNCTION_PASSING_H

#include "native_call/function_parameter.h"

/* How an argument that is passed so becomes what is passed: of what is given, or without. */
deedpy_pass_fn deedpy_pass_function(enum deedpy_passing passing, int is_given);

/* A deedpy_pass_fn: of an optional argument, nothing. */
int deedpy_pass_absent(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                       struct deedpy_passed *passed);

#endif
