/* SPDX-License-Identifier: BSD-3-Clause */
/* dtype_map.h - the types of deed and those of NumPy. */
#ifndef DEEDPY_DTYPE_MAP_H
#define DEEDPY_DTYPE_MAP_H

#include <float.h>

#include "base/module_state.h"
#include "base/record_dtype.h"

/* The C compiler's long double is what numpy.longdouble is, and what the buffer protocol calls 'g'. */
#if LDBL_MANT_DIG == 64
#define DEEDPY_LONGDOUBLE_REAL DEED_REAL80
#define DEEDPY_LONGDOUBLE_COMPLEX DEED_COMPLEX_REAL80
#elif LDBL_MANT_DIG == 113
#define DEEDPY_LONGDOUBLE_REAL DEED_REAL128
#define DEEDPY_LONGDOUBLE_COMPLEX DEED_COMPLEX_REAL128
#endif

/* The type of an element: what deed says, and the size that its name does not give. */
struct deedpy_element {
  enum deed_dtype dtype;
  int64_t size_bytes;
};

/* The NumPy type of an element, a new reference. DtypeError if NumPy has none. logical16, logical32 and logical64
 * are signed integers of that size; records are void of their size. */
PyArray_Descr *deedpy_descr(const struct module_state *state, struct deedpy_element element);

/* The element of a NumPy type. 0, or -1 with DtypeError that says why deed cannot hold it. */
int deedpy_element_of_descr(const struct module_state *state, PyArray_Descr *descr, struct deedpy_element *element);

/* The element of whatever names a type: deed's own names ("real64", "bfloat16"), else all that numpy.dtype() takes.
 * record [fills, a reference]: its fields, NULL if it has none; the argument may be NULL. 0, or -1 with an exception.
 */
int deedpy_element_of(const struct module_state *state, PyObject *name, struct deedpy_element *element,
                      struct deedpy_record **record);

/* Elements in memory have bytes: 0, or -1 with DtypeError. */
int deedpy_check_sized(const struct module_state *state, struct deedpy_element element);

#endif
