/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_format.c - the types of deed and the format strings of Arrow. Arrow packs its logicals into bits, and has no
 * complex numbers. */
#include "protocols/arrow_format.h"

#include <string.h>

static const struct row {
  enum deed_dtype dtype;
  const char *format;
} rows[] = {
    {DEED_INT8, "c"},   {DEED_UINT8, "C"},  {DEED_INT16, "s"},  {DEED_UINT16, "S"},
    {DEED_INT32, "i"},  {DEED_UINT32, "I"}, {DEED_INT64, "l"},  {DEED_UINT64, "L"},
    {DEED_REAL16, "e"}, {DEED_REAL32, "f"}, {DEED_REAL64, "g"},
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

const char *deedpy_arrow_format(enum deed_dtype dtype) {
  for (size_t k = 0; k < ROW_COUNT; ++k) {
    if (rows[k].dtype == dtype) return rows[k].format;
  }
  return NULL;
}

enum deed_dtype deedpy_dtype_of_arrow(const char *format) {
  for (size_t k = 0; format && k < ROW_COUNT; ++k) {
    if (strcmp(rows[k].format, format) == 0) return rows[k].dtype;
  }
  return (enum deed_dtype)0;
}
