/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_dtype.c - the types of deed and those of DLPack. */
#include "protocols/dlpack_dtype.h"

#include "base/dtype_map.h"

int deedpy_dl_dtype(enum deed_dtype dtype, struct dl_dtype *out) {
  enum deedpy_dl_code code = deedpy_dtypes[dtype].dlpack;
  if (code == DEEDPY_DL_NONE) return -1;
  *out = (struct dl_dtype){.code = (uint8_t)code, .bits = (uint8_t)(8 * deed_dtype_size_bytes(dtype)), .lanes = 1};
  return 0;
}

enum deed_dtype deedpy_dtype_of_dl(struct dl_dtype dtype) {
  for (int number = 1; number < DEED_DTYPE_END; ++number) {
    struct dl_dtype known;
    if (deedpy_dl_dtype((enum deed_dtype)number, &known) != 0) continue;
    if (memcmp(&known, &dtype, sizeof known) == 0) return (enum deed_dtype)number;
  }
  return (enum deed_dtype)0;
}
