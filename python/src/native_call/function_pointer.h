/* SPDX-License-Identifier: BSD-3-Clause */
/* function_pointer.h - a pointer dummy of intent(out): what it points to after the call comes out as a loan. */
#ifndef DEEDPY_FUNCTION_POINTER_H
#define DEEDPY_FUNCTION_POINTER_H

#include "native_call/function_object.h"

/* A deedpy_pass_fn: a pointer that points to nothing yet. */
int deedpy_pass_disassociated(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                              struct deedpy_passed *passed);

/* What it points to now: a deed.Array with the title of a loan, which keeps the argument that the memory lies in, if it
 * lies in one; None if it points to nothing. call and objects are those of the call, whose allocatables have been
 * fetched. New reference; NULL with an exception. */
PyObject *deedpy_pointer_out(struct function_object *function, const struct deedpy_parameter *parameter,
                             const struct deedpy_call *call, PyObject *const *objects);

#endif
