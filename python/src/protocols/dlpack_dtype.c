/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_dtype.c - the types of deed and those of DLPack. Reals of 80 bits have no agreed form there, logicals of more
 * than a byte no code. */
#include "protocols/dlpack_dtype.h"

static const struct row {
  enum deed_dtype dtype;
  uint8_t code;
  uint8_t bits;
} rows[] = {
    {DEED_INT8, DL_INT, 8},
    {DEED_INT16, DL_INT, 16},
    {DEED_INT32, DL_INT, 32},
    {DEED_INT64, DL_INT, 64},
    {DEED_UINT8, DL_UINT, 8},
    {DEED_UINT16, DL_UINT, 16},
    {DEED_UINT32, DL_UINT, 32},
    {DEED_UINT64, DL_UINT, 64},
    {DEED_REAL16, DL_FLOAT, 16},
    {DEED_BFLOAT16, DL_BFLOAT, 16},
    {DEED_REAL32, DL_FLOAT, 32},
    {DEED_REAL64, DL_FLOAT, 64},
    {DEED_COMPLEX_REAL32, DL_COMPLEX, 64},
    {DEED_COMPLEX_REAL64, DL_COMPLEX, 128},
    {DEED_LOGICAL8, DL_BOOL, 8},
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

int deedpy_dl_dtype(enum deed_dtype dtype, struct dl_dtype *out) {
  for (size_t k = 0; k < ROW_COUNT; ++k) {
    if (rows[k].dtype != dtype) continue;
    *out = (struct dl_dtype){.code = rows[k].code, .bits = rows[k].bits, .lanes = 1};
    return 0;
  }
  return -1;
}

enum deed_dtype deedpy_dtype_of_dl(struct dl_dtype dtype) {
  for (size_t k = 0; k < ROW_COUNT; ++k) {
    if (rows[k].code == dtype.code && rows[k].bits == dtype.bits && dtype.lanes == 1) return rows[k].dtype;
  }
  return (enum deed_dtype)0;
}
