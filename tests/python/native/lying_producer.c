/* SPDX-License-Identifier: BSD-3-Clause */
/* A producer of DLPack tensors that says what the test wants it to say, and counts how often it is asked to end one.
 * The structs are written down here once more: a mistake in deed's own would not show otherwise. */
#include <stdint.h>
#include <stdlib.h>

struct tensor {
  void *data;
  int32_t device_type, device_id, ndim;
  uint8_t code, bits;
  uint16_t lanes;
  int64_t *shape, *strides;
  uint64_t byte_offset;
};

struct versioned {
  uint32_t major, minor;
  void *context;
  void (*deleter)(struct versioned *);
  uint64_t flags;
  struct tensor tensor;
};

struct unversioned {
  struct tensor tensor;
  void *context;
  void (*deleter)(struct unversioned *);
};

static int64_t ended;

static void end_versioned(struct versioned *self) {
  ++ended;
  free(self);
}

static void end_unversioned(struct unversioned *self) {
  ++ended;
  free(self);
}

#define EXPORT __attribute__((visibility("default")))

EXPORT int64_t lying_ended(void);
EXPORT void *lying_versioned(const struct tensor *tensor, uint32_t major, uint64_t flags, int has_deleter);
EXPORT void *lying_unversioned(const struct tensor *tensor, int has_deleter);
EXPORT void lying_free(void *managed);

int64_t lying_ended(void) { return ended; }

void *lying_versioned(const struct tensor *tensor, uint32_t major, uint64_t flags, int has_deleter) {
  struct versioned *self = calloc(1, sizeof *self);
  self->major = major;
  self->flags = flags;
  self->tensor = *tensor;
  self->deleter = has_deleter ? end_versioned : NULL;
  return self;
}

void *lying_unversioned(const struct tensor *tensor, int has_deleter) {
  struct unversioned *self = calloc(1, sizeof *self);
  self->tensor = *tensor;
  self->deleter = has_deleter ? end_unversioned : NULL;
  return self;
}

/* For the one whose deleter is NULL: to deed it is static memory. */
void lying_free(void *managed) { free(managed); }
