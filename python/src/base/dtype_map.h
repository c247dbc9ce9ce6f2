/* SPDX-License-Identifier: BSD-3-Clause */
/* dtype_map.h - the types of deed, and what each is elsewhere: in NumPy, in the protocols, in Fortran. */
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

/* Codes of DLPack; a code and a number of bits are a type of it. */
enum deedpy_dl_code {
  DEEDPY_DL_NONE = -1, /* it has no such type */
  DEEDPY_DL_INT = 0,
  DEEDPY_DL_UINT = 1,
  DEEDPY_DL_FLOAT = 2,
  DEEDPY_DL_BFLOAT = 4,
  DEEDPY_DL_COMPLEX = 5,
  DEEDPY_DL_BOOL = 6
};

/* What a type of deed is elsewhere. */
struct deedpy_dtype_row {
  enum deed_dtype_class class_;
  int numpy;                  /* number of a type of NumPy; NPY_NOTYPE: none */
  int kind;                   /* numpy.dtype.kind, a character; '\0': none */
  const char *buffer;         /* format of the buffer protocol; NULL: none, or it has the size of the element in it */
  const char *arrow;          /* format of Arrow; NULL: none */
  enum deedpy_dl_code dlpack; /* of the same number of bits */
  int16_t gfortran;           /* type in its C descriptors */
  int8_t flang;               /* the same; 0: Fortran has no such type, and gfortran none */
};

/* One for each dtype. */
extern const struct deedpy_dtype_row deedpy_dtypes[DEED_DTYPE_END];

static inline int deedpy_is_class(enum deed_dtype dtype, enum deed_dtype_class class_) {
  return deedpy_dtypes[dtype].class_ == class_;
}

/* The first dtype of that numpy.dtype.kind and size, so an integer before a logical that NumPy shows as one; 0 if there
 * is none. */
enum deed_dtype deedpy_dtype_of_kind(char kind, int64_t size_bytes);

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
