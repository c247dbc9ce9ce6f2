/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_abi.h - the structs of the Arrow C data interface, as they lie in memory. A struct whose release is NULL has
 * been released or moved; whoever moves one copies its bytes and sets release of the source to NULL. */
#ifndef DEEDPY_ARROW_ABI_H
#define DEEDPY_ARROW_ABI_H

#include <stdint.h>

#define ARROW_SCHEMA_CAPSULE "arrow_schema"
#define ARROW_ARRAY_CAPSULE "arrow_array"
#define ARROW_STREAM_CAPSULE "arrow_array_stream"

struct arrow_schema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t child_count;
  struct arrow_schema **children;
  struct arrow_schema *dictionary;
  void (*release)(struct arrow_schema *self);
  void *context;
};

struct arrow_array {
  int64_t length;
  int64_t null_count; /* -1: not counted */
  int64_t offset;     /* in elements */
  int64_t buffer_count;
  int64_t child_count;
  const void **buffers; /* of a primitive array: the bits of what is not null, or NULL; the elements */
  struct arrow_array **children;
  struct arrow_array *dictionary;
  void (*release)(struct arrow_array *self);
  void *context;
};

/* Arrays of one schema, one after the other. Both functions fill out and return 0, or an errno. */
struct arrow_stream {
  int (*get_schema)(struct arrow_stream *self, struct arrow_schema *out);
  int (*get_next)(struct arrow_stream *self, struct arrow_array *out); /* out->release NULL: that was all */
  const char *(*get_last_error)(struct arrow_stream *self);
  void (*release)(struct arrow_stream *self);
  void *context;
};

_Static_assert(sizeof(struct arrow_schema) == 72, "schema");
_Static_assert(sizeof(struct arrow_array) == 80, "array");
_Static_assert(sizeof(struct arrow_stream) == 40, "stream");

#endif
