/* SPDX-License-Identifier: BSD-3-Clause */
#include "c_holder.h"

static struct deed_array kept;

enum deed_status c_holder_keep(struct deed_array array) { return deed_share(array, 0, DEED_HERE, &kept, NULL); }

int64_t c_holder_lower(int dimension) {
  struct deed_descriptor descriptor;
  if (deed_describe(kept, &descriptor, sizeof descriptor) != DEED_OK) return INT64_MIN;
  return descriptor.layout.lower[dimension];
}

struct deed_array c_holder_handle(void) { return kept; }

enum deed_status c_holder_give_back(void) { return deed_release(kept, NULL); }

/* In test_by_value.f90: type(deed_array), value :: h between other arguments. */
int64_t fortran_sees_struct(double before, struct deed_array array, int64_t after);
int64_t fortran_sees_bits(double before, uint64_t bits, int64_t after);

int64_t c_holder_call_with_struct(struct deed_array array) { return fortran_sees_struct(1.5, array, 7); }

int64_t c_holder_call_with_bits(uint64_t bits) { return fortran_sees_bits(1.5, bits, 7); }
