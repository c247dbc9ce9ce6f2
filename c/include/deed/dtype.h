/* SPDX-License-Identifier: BSD-3-Clause */
/* dtype.h - the type of one element. */
#ifndef DEED_DTYPE_H
#define DEED_DTYPE_H

#include "deed/base.h"

DEED_BEGIN_DECLS

/* What the bits of an element mean. Logicals are integers of that many bits where 0 is false; complex numbers are pairs
 * (real, imaginary). Types that come later have later numbers, so no range of numbers is a class. */
enum deed_dtype_class {
  DEED_CLASS_INTEGER = 1,
  DEED_CLASS_UNSIGNED = 2,
  DEED_CLASS_REAL = 3,
  DEED_CLASS_COMPLEX = 4,
  DEED_CLASS_LOGICAL = 5,
  DEED_CLASS_CHARACTER = 6,
  DEED_CLASS_OPAQUE = 7
};

/* X(name, number, size in bytes, label, class). The numbers are part of the ABI. Size 0: the size of an element is
 * given with the array (length times 1 or 4 for characters, any size for records). Complex types are pairs of the real
 * they name; real80 is the x87 format in 16 bytes. */
#define DEED_DTYPE_MAP(X)                                                 \
  X(DEED_INT8, 1, 1, "int8", DEED_CLASS_INTEGER)                          \
  X(DEED_INT16, 2, 2, "int16", DEED_CLASS_INTEGER)                        \
  X(DEED_INT32, 3, 4, "int32", DEED_CLASS_INTEGER)                        \
  X(DEED_INT64, 4, 8, "int64", DEED_CLASS_INTEGER)                        \
  X(DEED_UINT8, 5, 1, "uint8", DEED_CLASS_UNSIGNED)                       \
  X(DEED_UINT16, 6, 2, "uint16", DEED_CLASS_UNSIGNED)                     \
  X(DEED_UINT32, 7, 4, "uint32", DEED_CLASS_UNSIGNED)                     \
  X(DEED_UINT64, 8, 8, "uint64", DEED_CLASS_UNSIGNED)                     \
  X(DEED_REAL16, 9, 2, "real16", DEED_CLASS_REAL)                         \
  X(DEED_BFLOAT16, 10, 2, "bfloat16", DEED_CLASS_REAL)                    \
  X(DEED_REAL32, 11, 4, "real32", DEED_CLASS_REAL)                        \
  X(DEED_REAL64, 12, 8, "real64", DEED_CLASS_REAL)                        \
  X(DEED_REAL80, 13, 16, "real80", DEED_CLASS_REAL)                       \
  X(DEED_REAL128, 14, 16, "real128", DEED_CLASS_REAL)                     \
  X(DEED_COMPLEX_REAL32, 15, 8, "complex(real32)", DEED_CLASS_COMPLEX)    \
  X(DEED_COMPLEX_REAL64, 16, 16, "complex(real64)", DEED_CLASS_COMPLEX)   \
  X(DEED_COMPLEX_REAL80, 17, 32, "complex(real80)", DEED_CLASS_COMPLEX)   \
  X(DEED_COMPLEX_REAL128, 18, 32, "complex(real128)", DEED_CLASS_COMPLEX) \
  X(DEED_LOGICAL8, 19, 1, "logical8", DEED_CLASS_LOGICAL)                 \
  X(DEED_LOGICAL16, 20, 2, "logical16", DEED_CLASS_LOGICAL)               \
  X(DEED_LOGICAL32, 21, 4, "logical32", DEED_CLASS_LOGICAL)               \
  X(DEED_LOGICAL64, 22, 8, "logical64", DEED_CLASS_LOGICAL)               \
  X(DEED_CHARACTER1, 23, 0, "character(kind=1)", DEED_CLASS_CHARACTER)    \
  X(DEED_CHARACTER4, 24, 0, "character(kind=4)", DEED_CLASS_CHARACTER)    \
  X(DEED_OPAQUE, 25, 0, "opaque", DEED_CLASS_OPAQUE)

#define DEED_DTYPE_ENUMERATOR_(name, number, size_bytes, label, class_) name = number,
enum deed_dtype { DEED_DTYPE_MAP(DEED_DTYPE_ENUMERATOR_) DEED_DTYPE_END };
#undef DEED_DTYPE_ENUMERATOR_

/* The label of DEED_DTYPE_MAP; "unknown" for a number that is none. Never NULL, never freed. */
DEED_API const char *deed_dtype_name(enum deed_dtype dtype);

/* The size of one element in bytes; 0 when it is given with the array; -1 for a number that is no dtype. */
DEED_API int64_t deed_dtype_size_bytes(enum deed_dtype dtype);

/* The dtype with this label; 0 when there is none. label [borrows], NULL gives 0. */
DEED_API enum deed_dtype deed_dtype_from_name(const char *label);

DEED_END_DECLS

#endif
