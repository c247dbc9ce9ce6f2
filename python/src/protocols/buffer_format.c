/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_format.c - the format strings of the buffer protocol that say the types of deed. */
#include "protocols/buffer_format.h"

#include <stdio.h>

#include "base/errors.h"

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
  const char *format = deedpy_dtypes[element.dtype].buffer;
  if (format) {
    memcpy(text, format, strlen(format) + 1);
    return 0;
  }
  deedpy_raise_status(state, DEED_EDTYPE,
                      "the buffer protocol has no format for %s of %lld bytes; bytes() of the Array has its bytes, and "
                      "component('V%lld', 0) elements of that size that have one",
                      deed_dtype_name(element.dtype), (long long)element.size_bytes, (long long)element.size_bytes);
  return -1;
}
