/* SPDX-License-Identifier: BSD-3-Clause */
/* function_scalar.h - scalars of native functions. */
#ifndef DEEDPY_FUNCTION_SCALAR_H
#define DEEDPY_FUNCTION_SCALAR_H

#include "native_call/function_parameter.h"

/* The type that libffi passes; NULL if an element of this type cannot be passed so. */
ffi_type *deedpy_ffi_type(enum deed_dtype dtype);

/* How a Python object becomes a scalar of that type, which deedpy_ffi_type() knows; and back. */
deedpy_scalar_in_fn deedpy_scalar_in_function(enum deed_dtype dtype);
PyObject *deedpy_scalar_out(enum deed_dtype dtype, const union deedpy_scalar *scalar);

#endif
