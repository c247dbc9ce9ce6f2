/* SPDX-License-Identifier: BSD-3-Clause */
/* numpy_api.c - the table of NumPy's functions, which all files of the module share. */
#define DEEDPY_OWNS_NUMPY_TABLE
#include "base/numpy_api.h"

int deedpy_numpy_open(void) {
  import_array1(-1);
  return 0;
}
