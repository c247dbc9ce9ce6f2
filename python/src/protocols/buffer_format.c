/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_format.c - the format strings of the buffer protocol that say the types of deed. */
#include "protocols/buffer_format.h"

#include <stdio.h>

#include "base/errors.h"

static const struct row {
  enum deed_dtype dtype;
  const char *format;
} rows[] = {
    {DEED_INT8, "b"},
    {DEED_INT16, "h"},
    {DEED_INT32, "i"},
    {DEED_INT64, sizeof(long) == 8 ? "l" : "q"},
    {DEED_UINT8, "B"},
    {DEED_UINT16, "H"},
    {DEED_UINT32, "I"},
    {DEED_UINT64, sizeof(long) == 8 ? "L" : "Q"},
    {DEED_REAL16, "e"},
    {DEED_REAL32, "f"},
    {DEED_REAL64, "d"},
    {DEED_COMPLEX_REAL32, "Zf"},
    {DEED_COMPLEX_REAL64, "Zd"},
#ifdef DEEDPY_LONGDOUBLE_REAL
    {DEEDPY_LONGDOUBLE_REAL, "g"},
    {DEEDPY_LONGDOUBLE_COMPLEX, "Zg"},
#endif
    {DEED_LOGICAL8, "?"},
    {DEED_LOGICAL16, "h"},
    {DEED_LOGICAL32, "i"},
    {DEED_LOGICAL64, sizeof(long) == 8 ? "l" : "q"},
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

/* The letter of a type that has its size with the array, and the bytes of one of its units. */
static char letter_of(enum deed_dtype dtype, int64_t *unit_bytes) {
  *unit_bytes = dtype == DEED_CHARACTER4 ? 4 : 1;
  if (dtype == DEED_CHARACTER1) return 's';
  if (dtype == DEED_CHARACTER4) return 'w';
  return '\0';
}

int deedpy_format_of(const struct module_state *state, struct deedpy_element element, char *text) {
  int64_t unit_bytes;
  char letter = letter_of(element.dtype, &unit_bytes);
  if (element.dtype == DEED_OPAQUE && element.size_bytes > 0) {
    (void)snprintf(text, DEEDPY_FORMAT_BYTES, "T{%lldx:%s:}", (long long)element.size_bytes, DEEDPY_OPAQUE_FIELD);
    return 0;
  }
  if (element.dtype == DEED_CHARACTER1 && element.size_bytes == 1) {
    memcpy(text, "c", 2); /* which memoryview can read, other than "1s" */
    return 0;
  }
  if (letter && element.size_bytes > 0) {
    (void)snprintf(text, DEEDPY_FORMAT_BYTES, "%lld%c", (long long)(element.size_bytes / unit_bytes), letter);
    return 0;
  }
  for (size_t k = 0; k < ROW_COUNT; ++k) {
    if (rows[k].dtype != element.dtype) continue;
    memcpy(text, rows[k].format, strlen(rows[k].format) + 1);
    return 0;
  }
  deedpy_raise_status(state, DEED_EDTYPE,
                      "the buffer protocol has no format for %s of %lld bytes; bytes() of the Array has its bytes, and "
                      "component('V%lld', 0) elements of that size that have one",
                      deed_dtype_name(element.dtype), (long long)element.size_bytes, (long long)element.size_bytes);
  return -1;
}
