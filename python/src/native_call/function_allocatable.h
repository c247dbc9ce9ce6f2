/* SPDX-License-Identifier: BSD-3-Clause */
/* function_allocatable.h - an allocatable dummy: what is allocated goes in and out as a deed.Array. */
#ifndef DEEDPY_FUNCTION_ALLOCATABLE_H
#define DEEDPY_FUNCTION_ALLOCATABLE_H

#include "native_call/function_object.h"

/* A deedpy_pass_fn, of intent(out): the Array of what may come back is made, so that nothing that can fail is left
 * after the call. */
int deedpy_pass_unallocated(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                            struct deedpy_passed *passed);

/* A deedpy_pass_fn, of intent(inout): of a deed.Array, or of None as above. The memory is still deed's. */
int deedpy_pass_allocatable(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                            struct deedpy_passed *passed);

/* Take the memory of all given Arrays out of deed, once all arguments are passed: from then on it is the procedure's.
 * 0, or -1 with an exception (who holds it, which allocator it has) and the memory deed's as before. */
int deedpy_reclaim_allocatables(struct function_object *function, struct deedpy_passed *passed);

/* What is allocated now, adopted by the Array that was given or made: a new reference to it; None if nothing is. NULL
 * with an exception for what deed cannot adopt, which is freed. */
PyObject *deedpy_allocatable_out(struct function_object *function, const struct deedpy_parameter *parameter,
                                 struct deedpy_passed *passed);

#endif
