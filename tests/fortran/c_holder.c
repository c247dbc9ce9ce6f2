/* SPDX-License-Identifier: BSD-3-Clause */
#include "c_holder.h"

#include <stdlib.h>

static struct deed_array kept;

enum deed_status c_holder_keep(struct deed_array array) { return deed_share(array, 0, DEED_HERE, &kept, NULL); }

int64_t c_holder_lower(int dimension) {
  struct deed_descriptor descriptor;
  if (deed_describe(kept, &descriptor, sizeof descriptor) != DEED_OK) return INT64_MIN;
  return descriptor.layout.dim[dimension].lower;
}

struct deed_array c_holder_handle(void) { return kept; }

enum deed_status c_holder_give_back(void) { return deed_release(kept, NULL); }

static void release_as_fortran(void *data, void *context) {
  (void)context;
  free(data);
}

static enum deed_status keep_adopted(const struct deed_memory *memory, int32_t rank, const int64_t *shape) {
  struct deed_layout layout;
  enum deed_status status = deed_layout_contiguous(DEED_REAL64, 0, rank, shape, NULL, DEED_ORDER_FORTRAN, &layout);
  return status ? status : deed_adopt(memory, &layout, DEED_HERE, &kept, NULL);
}

enum deed_status c_holder_keep_as_fortran(void) {
  const struct deed_memory memory = {calloc(3, sizeof(double)), DEED_ORIGIN_FORTRAN, DEED_READ | DEED_WRITE,
                                     release_as_fortran, NULL};
  return keep_adopted(&memory, 1, (const int64_t[]){3});
}

enum deed_status c_holder_keep_nothing(void) {
  const struct deed_memory memory = {NULL, DEED_ORIGIN_STATIC, DEED_READ | DEED_WRITE, NULL, NULL};
  return keep_adopted(&memory, 2, (const int64_t[]){0, 3});
}

/* In test_by_value.f90: type(deed_array), value :: h between other arguments. */
int64_t fortran_sees_struct(double before, struct deed_array array, int64_t after);
int64_t fortran_sees_bits(double before, uint64_t bits, int64_t after);

int64_t c_holder_call_with_struct(struct deed_array array) { return fortran_sees_struct(1.5, array, 7); }

int64_t c_holder_call_with_bits(uint64_t bits) { return fortran_sees_bits(1.5, bits, 7); }
