/* SPDX-License-Identifier: BSD-3-Clause */
/* function_refuse.h - why an argument of a native function is refused. */
#ifndef DEEDPY_FUNCTION_REFUSE_H
#define DEEDPY_FUNCTION_REFUSE_H

#include "base/compiler.h"
#include "native_call/function_parameter.h"

/* Raise "function: argument 'name': ..." with a status. Returns -1. */
DEEDPY_COLD int deedpy_refuse(const struct module_state *state, const struct deedpy_parameter *parameter,
                              enum deed_status status, const char *format, ...);

/* The same with an error of the core, its holders included. */
DEEDPY_COLD int deedpy_refuse_error(const struct module_state *state, const struct deedpy_parameter *parameter,
                                    const struct deed_error *error);

#endif
