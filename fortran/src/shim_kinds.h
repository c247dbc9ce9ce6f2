/* SPDX-License-Identifier: BSD-3-Clause */
/* Written by fortran/generate.py. shim_kinds.h - the kinds that Fortran can have. */
#ifndef DEED_SHIM_KINDS_H
#define DEED_SHIM_KINDS_H

/* X(dtype, suffix of the specific procedures). */
#define DEED_SHIM_KINDS(X)                 \
  X(DEED_INT8, int8)                       \
  X(DEED_INT16, int16)                     \
  X(DEED_INT32, int32)                     \
  X(DEED_INT64, int64)                     \
  X(DEED_REAL32, real32)                   \
  X(DEED_REAL64, real64)                   \
  X(DEED_REAL80, real80)                   \
  X(DEED_REAL128, real128)                 \
  X(DEED_COMPLEX_REAL32, complex_real32)   \
  X(DEED_COMPLEX_REAL64, complex_real64)   \
  X(DEED_COMPLEX_REAL80, complex_real80)   \
  X(DEED_COMPLEX_REAL128, complex_real128) \
  X(DEED_LOGICAL8, logical8)               \
  X(DEED_LOGICAL16, logical16)             \
  X(DEED_LOGICAL32, logical32)             \
  X(DEED_LOGICAL64, logical64)             \
  X(DEED_CHARACTER1, character1)           \
  X(DEED_CHARACTER4, character4)

#endif
