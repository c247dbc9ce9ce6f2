/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_format_in.c - what a format string of the buffer protocol means. Another library wrote it, so it is read to
 * its end and held against the item size that it came with. */
#include "protocols/buffer_format_in.h"

#include <stddef.h>
#include <wchar.h>

#include "base/errors.h"

#define MAX_DEPTH 16 /* of records in records */

/* Each letter with its kind, and what one has: bytes with the sizes of this machine's C, bytes where the format asks
 * for standard sizes, alignment. */
struct letter {
  char name;
  char kind; /* as in numpy.dtype.kind */
  uint8_t native_bytes;
  uint8_t standard_bytes;
  uint8_t align_bytes;
};

#define LETTER(name, kind, type, standard_bytes) {name, kind, sizeof(type), standard_bytes, _Alignof(type)}

static const struct letter letters[] = {
    LETTER('b', 'i', int8_t, 1),
    LETTER('B', 'u', uint8_t, 1),
    LETTER('h', 'i', short, 2),
    LETTER('H', 'u', unsigned short, 2),
    LETTER('i', 'i', int, 4),
    LETTER('I', 'u', unsigned, 4),
    LETTER('l', 'i', long, 4),
    LETTER('L', 'u', unsigned long, 4),
    LETTER('q', 'i', long long, 8),
    LETTER('Q', 'u', unsigned long long, 8),
    LETTER('n', 'i', ptrdiff_t, 8),
    LETTER('N', 'u', size_t, 8),
    LETTER('e', 'f', uint16_t, 2),
    LETTER('f', 'f', float, 4),
    LETTER('d', 'f', double, 8),
    LETTER('g', 'f', long double, sizeof(long double)),
    LETTER('?', 'b', uint8_t, 1),
    LETTER('c', 'S', char, 1),
    LETTER('s', 'S', char, 1),
    LETTER('w', 'U', uint32_t, 4),
    LETTER('u', sizeof(wchar_t) == 4 ? 'U' : '\0', wchar_t, sizeof(wchar_t)),
    LETTER('x', 'V', char, 1),
};

struct reader {
  const char *at;
  const char *refusal; /* the first thing that was wrong; NULL: nothing */
  char mark;           /* the byte order and sizes that hold from here on */
  int is_ctypes;       /* as ctypes means it: whatever the mark, types have the sizes and gaps of this machine's C */
  int depth;
};

/* One item of a format: count units of one type. */
struct item {
  char kind; /* 'T': a record */
  int is_many;
  int64_t count;
  int64_t unit_bytes;
  int64_t align_bytes;
};

static const char malformed[] = "the format is malformed";
static const char too_large[] = "its size does not fit 64 bits";

static void refuse_at(struct reader *reader, const char *reason) {
  if (!reader->refusal) reader->refusal = reason;
}

static int64_t times(struct reader *reader, int64_t a, int64_t b) {
  int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) refuse_at(reader, too_large);
  return product;
}

static int64_t plus(struct reader *reader, int64_t a, int64_t b) {
  int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) refuse_at(reader, too_large);
  return sum;
}

static int64_t aligned(struct reader *reader, int64_t size_bytes, int64_t align_bytes) {
  return plus(reader, size_bytes, (align_bytes - size_bytes % align_bytes) % align_bytes);
}

static void skip_marks(struct reader *reader) {
  while (*reader->at && strchr("@=<>!^", *reader->at)) reader->mark = *reader->at++;
}

static int64_t read_number(struct reader *reader) {
  int64_t number = 0;
  if (*reader->at < '0' || *reader->at > '9') refuse_at(reader, malformed);
  while (*reader->at >= '0' && *reader->at <= '9') {
    number = plus(reader, times(reader, number, 10), *reader->at++ - '0');
  }
  return number;
}

/* "(2,3)", if one is there. */
static void read_shape(struct reader *reader, struct item *item) {
  if (*reader->at != '(') return;
  item->is_many = 1;
  do {
    ++reader->at;
    item->count = times(reader, item->count, read_number(reader));
  } while (*reader->at == ',' && !reader->refusal);
  if (*reader->at == ')') {
    ++reader->at;
  } else {
    refuse_at(reader, malformed);
  }
}

/* '>' is foreign on a little-endian machine and '<' on a big one. */
static int is_foreign(char mark) { return PY_BIG_ENDIAN ? mark == '<' : mark == '>' || mark == '!'; }

static const char *why_unknown(char name) {
  if (name == 'O') return "its elements have references to Python objects";
  if (name && strchr("P&zZX", name)) return "its elements have addresses";
  return name == '\0' || name == '}' ? malformed : "no type of deed is like it";
}

static const struct letter *find_letter(char name) {
  for (size_t k = 0; k < sizeof letters / sizeof *letters; ++k) {
    if (letters[k].name == name) return &letters[k];
  }
  return NULL;
}

static void make_complex(struct item *item) {
  item->unit_bytes *= 2;
  item->kind = 'c';
}

static void read_letter(struct reader *reader, struct item *item) {
  int is_complex = reader->at[0] == 'Z' && reader->at[1] && strchr("fdg", reader->at[1]) != NULL;
  const struct letter *letter = find_letter(reader->at[is_complex]);
  if (!letter) {
    refuse_at(reader, why_unknown(*reader->at));
    return;
  }
  int is_native = reader->is_ctypes || reader->mark == '@' || reader->mark == '^';
  item->kind = letter->kind;
  item->align_bytes = letter->align_bytes;
  item->unit_bytes = is_native ? letter->native_bytes : letter->standard_bytes;
  if (is_complex) make_complex(item);
  if (item->unit_bytes > 1 && is_foreign(reader->mark)) refuse_at(reader, "it has the byte order of another machine");
  reader->at += 1 + is_complex;
}

static void read_record(struct reader *reader, struct item *item);

static void read_item(struct reader *reader, struct item *item) {
  *item = (struct item){.count = 1, .align_bytes = 1};
  skip_marks(reader);
  read_shape(reader, item);
  skip_marks(reader);
  if (*reader->at >= '0' && *reader->at <= '9') item->count = times(reader, item->count, read_number(reader));
  if (reader->at[0] == 'T' && reader->at[1] == '{') {
    read_record(reader, item);
  } else {
    read_letter(reader, item);
  }
}

/* ":name:", if one is there. */
static void skip_name(struct reader *reader) {
  if (*reader->at != ':') return;
  const char *end = strchr(reader->at + 1, ':');
  if (end) {
    reader->at = end + 1;
  } else {
    refuse_at(reader, malformed);
  }
}

/* "T{", items with their names, "}". Only '@' leaves the gaps of C between them, and ctypes, which also leaves one at
 * the end. */
static void read_record(struct reader *reader, struct item *item) {
  struct item field;
  int64_t end_bytes = 0;
  int64_t align_bytes = 1;
  reader->at += 2;
  if (++reader->depth > MAX_DEPTH) refuse_at(reader, "it has records in records too deep");
  while (!reader->refusal && *reader->at != '}') {
    read_item(reader, &field);
    skip_name(reader);
    if (reader->is_ctypes || reader->mark == '@') end_bytes = aligned(reader, end_bytes, field.align_bytes);
    if (field.align_bytes > align_bytes) align_bytes = field.align_bytes;
    end_bytes = plus(reader, end_bytes, times(reader, field.count, field.unit_bytes));
  }
  --reader->depth;
  if (reader->refusal) return;
  ++reader->at;
  item->kind = 'T';
  item->unit_bytes = reader->is_ctypes ? aligned(reader, end_bytes, align_bytes) : end_bytes;
  item->align_bytes = reader->is_ctypes ? align_bytes : 1;
}

/* Only characters and padding have a number of units in one element. */
static int is_one_element(const struct item *item) {
  return !item->is_many && (item->count == 1 || strchr("SUV", item->kind));
}

/* The type of an item; 0 with a refusal if deed has none. Of 'c' there is one in an element, other than of 's'. */
static enum deed_dtype dtype_of(struct reader *reader, const struct item *item) {
  if (*reader->at) refuse_at(reader, "no type of deed is like it");
  if (!is_one_element(item) || (item->count != 1 && reader->at[-1] == 'c')) {
    refuse_at(reader, "each element is an array; view it as an array of one more dimension");
  }
  if (item->kind == 'T') return DEED_OPAQUE;
  enum deed_dtype dtype = deedpy_dtype_of_kind(item->kind, item->unit_bytes);
  if (!dtype) refuse_at(reader, "no type of deed is like it");
  return dtype;
}

/* What the format means; size_bytes [fills]. The reason if deed cannot hold it, else NULL. */
static const char *read_format(const char *format, int is_ctypes, enum deed_dtype *dtype, int64_t *size_bytes) {
  struct reader reader = {.at = format, .mark = '@', .is_ctypes = is_ctypes};
  struct item item;
  read_item(&reader, &item);
  if (!reader.refusal) *dtype = dtype_of(&reader, &item);
  *size_bytes = times(&reader, item.count, item.unit_bytes);
  return reader.refusal;
}

int deedpy_element_of_format(const struct module_state *state, const char *format, int64_t size_bytes,
                             struct deedpy_element *element) {
  if (!format) format = "B";
  element->size_bytes = size_bytes;
  int64_t said_bytes;
  int64_t ctypes_bytes;
  const char *refusal = read_format(format, 0, &element->dtype, &said_bytes);
  if (!refusal && said_bytes == size_bytes) return 0;
  if (!refusal && !read_format(format, 1, &element->dtype, &ctypes_bytes) && ctypes_bytes == size_bytes) return 0;
  if (refusal) {
    deedpy_raise_status(state, DEED_EDTYPE, "deed cannot hold elements of format '%.100s' and %lld bytes: %s", format,
                        (long long)size_bytes, refusal);
  } else {
    deedpy_raise_status(state, DEED_EDTYPE,
                        "deed cannot hold elements of format '%.100s' and %lld bytes: that format has %lld", format,
                        (long long)size_bytes, (long long)said_bytes);
  }
  return -1;
}
