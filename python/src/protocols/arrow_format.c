/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_format.c - the types of deed and the format strings of Arrow. */
#include "protocols/arrow_format.h"

#include <string.h>

#include "base/dtype_map.h"

const char *deedpy_arrow_format(enum deed_dtype dtype) { return deedpy_dtypes[dtype].arrow; }

enum deed_dtype deedpy_dtype_of_arrow(const char *format) {
  for (int number = 1; format && number < DEED_DTYPE_END; ++number) {
    const char *known = deedpy_dtypes[number].arrow;
    if (known && strcmp(known, format) == 0) return (enum deed_dtype)number;
  }
  return (enum deed_dtype)0;
}
