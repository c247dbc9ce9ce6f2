/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_format.c - the types of deed and the format strings of the buffer protocol. */
#include "buffer_format.h"

#include <stdio.h>

#include "errors.h"

/* The first row of a dtype is its format; the first row of a kind and a size is its dtype. */
static const struct row {
  enum deed_dtype dtype;
  char kind; /* as in numpy.dtype.kind */
  const char *format;
} rows[] = {
    {DEED_INT8, 'i', "b"},
    {DEED_INT16, 'i', "h"},
    {DEED_INT32, 'i', "i"},
    {DEED_INT64, 'i', sizeof(long) == 8 ? "l" : "q"},
    {DEED_UINT8, 'u', "B"},
    {DEED_UINT16, 'u', "H"},
    {DEED_UINT32, 'u', "I"},
    {DEED_UINT64, 'u', sizeof(long) == 8 ? "L" : "Q"},
    {DEED_REAL16, 'f', "e"},
    {DEED_REAL32, 'f', "f"},
    {DEED_REAL64, 'f', "d"},
    {DEED_COMPLEX_REAL32, 'c', "Zf"},
    {DEED_COMPLEX_REAL64, 'c', "Zd"},
#ifdef DEEDPY_LONGDOUBLE_REAL
    {DEEDPY_LONGDOUBLE_REAL, 'g', "g"},
    {DEEDPY_LONGDOUBLE_COMPLEX, 'G', "Zg"},
#endif
    {DEED_LOGICAL8, '?', "?"},
    {DEED_LOGICAL16, 'i', "h"},
    {DEED_LOGICAL32, 'i', "i"},
    {DEED_LOGICAL64, 'i', sizeof(long) == 8 ? "l" : "q"},
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
  if (letter && element.size_bytes > 0) {
    (void)snprintf(text, DEEDPY_FORMAT_BYTES, "%lld%c", (long long)(element.size_bytes / unit_bytes), letter);
    return 0;
  }
  for (size_t k = 0; k < ROW_COUNT; ++k) {
    if (rows[k].dtype != element.dtype) continue;
    memcpy(text, rows[k].format, strlen(rows[k].format) + 1);
    return 0;
  }
  deedpy_raise_status(state, DEED_EDTYPE, "the buffer protocol has no format for %s of %lld bytes",
                      deed_dtype_name(element.dtype), (long long)element.size_bytes);
  return -1;
}

static int refuse(const struct module_state *state, const char *format, const char *reason) {
  deedpy_raise_status(state, DEED_EDTYPE, "deed cannot hold elements of format '%.100s': %s", format, reason);
  return -1;
}

/* Whether a record has references to Python objects; names, between colons, are not looked at. */
static int has_references(const char *format) {
  int is_name = 0;
  for (; *format; ++format) {
    if (*format == ':') is_name = !is_name;
    if (!is_name && *format == 'O') return 1;
  }
  return 0;
}

/* '>' is foreign on a little-endian machine and '<' on a big one; both say nothing of single bytes. */
static int is_foreign(char mark, int64_t size_bytes) {
  if (size_bytes == 1) return 0;
  return PY_BIG_ENDIAN ? mark == '<' : mark == '>' || mark == '!';
}

static char kind_of(const char *code) {
  if (code[0] == 'Z' && code[1] && !code[2]) return (char)(code[1] == 'g' ? 'G' : strchr("fd", code[1]) ? 'c' : 0);
  if (!code[0] || code[1]) return 0;
  if (strchr("bhilqn", code[0])) return 'i';
  if (strchr("BHILQN", code[0])) return 'u';
  if (strchr("efd", code[0])) return 'f';
  return (char)(code[0] == 'g' || code[0] == '?' ? code[0] : 0);
}

/* 's', 'w', 'c' and 'x', with or without a count before. DEED_OPAQUE and so on; 0 if it is another. */
static enum deed_dtype sized_dtype(const char *code) {
  code += strspn(code, "0123456789");
  if (!code[0] || code[1]) return 0;
  if (*code == 's' || *code == 'c') return DEED_CHARACTER1;
  if (*code == 'w') return DEED_CHARACTER4;
  return *code == 'x' ? DEED_OPAQUE : 0;
}

int deedpy_element_of_format(const struct module_state *state, const char *format, int64_t size_bytes,
                             struct deedpy_element *element) {
  const char *code = format ? format : "B";
  char mark = '@';
  if (*code && strchr("@=<>!^", *code)) mark = *code++;
  *element = (struct deedpy_element){sized_dtype(code), size_bytes};
  if (code[0] == 'T' && code[1] == '{') {
    if (has_references(code)) return refuse(state, format, "its elements have references to Python objects");
    element->dtype = DEED_OPAQUE;
  }
  if (is_foreign(mark, size_bytes) && element->dtype != DEED_OPAQUE && element->dtype != DEED_CHARACTER1) {
    return refuse(state, format, "it has the byte order of another machine");
  }
  if (element->dtype) return 0;
  char kind = kind_of(code);
  for (size_t k = 0; k < ROW_COUNT; ++k) {
    if (rows[k].kind != kind || deed_dtype_size_bytes(rows[k].dtype) != size_bytes) continue;
    element->dtype = rows[k].dtype;
    return 0;
  }
  return refuse(state, code, "no type of deed is like it");
}
