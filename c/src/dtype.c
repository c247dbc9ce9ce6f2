/* SPDX-License-Identifier: BSD-3-Clause */
/* dtype.c - names and sizes of element types. */
#include "deed/dtype.h"

#include <string.h>

struct row {
  const char *label;
  int64_t size_bytes;
};

#define ROW(name, number, size_bytes_, label_, class_) [number] = {.label = (label_), .size_bytes = (size_bytes_)},
static const struct row rows[DEED_DTYPE_END] = {DEED_DTYPE_MAP(ROW)};
#undef ROW

static const struct row *row_of(enum deed_dtype dtype) {
  unsigned index = (unsigned)dtype;
  return index < DEED_DTYPE_END && rows[index].label ? &rows[index] : NULL;
}

const char *deed_dtype_name(enum deed_dtype dtype) {
  const struct row *row = row_of(dtype);
  return row ? row->label : "unknown";
}

int64_t deed_dtype_size_bytes(enum deed_dtype dtype) {
  const struct row *row = row_of(dtype);
  return row ? row->size_bytes : -1;
}

enum deed_dtype deed_dtype_from_name(const char *label) {
  for (unsigned index = 1; label && index < DEED_DTYPE_END; ++index) {
    if (rows[index].label && strcmp(rows[index].label, label) == 0) return (enum deed_dtype)index;
  }
  return (enum deed_dtype)0;
}
