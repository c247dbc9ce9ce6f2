/* SPDX-License-Identifier: BSD-3-Clause */
/* function_passing.h - how each argument of a native function is passed. */
#ifndef DEEDPY_FUNCTION_PASSING_H
#define DEEDPY_FUNCTION_PASSING_H

#include "native_call/function_parameter.h"

/* How an argument that is passed so becomes what is passed: of what is given, or without. */
deedpy_pass_fn deedpy_pass_function(enum deedpy_passing passing, int is_given);

/* The same of a given scalar after an array: what it returns for an object that runs code of Python when it is read is
 * DEEDPY_READ_FIRST, without an exception, and nothing is passed. */
deedpy_pass_fn deedpy_pass_late_function(enum deedpy_passing passing);
enum { DEEDPY_READ_FIRST = 1 };

/* A deedpy_pass_fn: of an optional argument, nothing. */
int deedpy_pass_absent(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                       struct deedpy_passed *passed);

#endif
