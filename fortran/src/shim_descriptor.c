/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_descriptor.c - Fortran variables, checked before they are lent or filled. */
#include "shim_descriptor.h"

#include <stdio.h>

char deed_shim_nowhere[64];

enum deed_status deed_shim_read(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_layout *layout,
                                struct deed_error *error) {
  /* The base address first: the extents of what is not allocated are garbage. */
  if (!a->base_addr) return deed_shim_refuse(error, DEED_EUNALLOCATED, "there is no array");
  deed_shim_layout(dtype, a, layout);
  if (a->rank > 0 && layout->dim[a->rank - 1].extent < 0)
    return deed_shim_refuse(error, DEED_ESHAPE, "an assumed-size array does not know its last extent");
  return DEED_OK;
}

enum deed_status deed_shim_bounds(deed_shim_any given, int32_t rank, int64_t *lower, struct deed_error *error) {
  int32_t count = rank;
  enum deed_status status = DEED_OK;
  for (int32_t i = 0; i < rank; ++i) lower[i] = 1;
  if (deed_shim_given(given)) status = deed_shim_integers(given, "lower=", lower, &count, error);
  if (status || count == rank) return status;
  return deed_shim_refuse(error, DEED_ERANK, "lower= must have one bound per dimension");
}

enum deed_status deed_shim_read_bounded(enum deed_dtype dtype, const CFI_cdesc_t *a, deed_shim_any lower,
                                        struct deed_layout *layout, struct deed_error *error) {
  int64_t bounds[DEED_MAX_RANK];
  enum deed_status status = deed_shim_read(dtype, a, layout, error);
  if (!status) status = deed_shim_bounds(lower, layout->rank, bounds, error);
  for (int32_t i = 0; !status && i < layout->rank; ++i) layout->dim[i].lower = bounds[i];
  return status;
}

enum deed_status deed_shim_match(const struct deed_descriptor *array, enum deed_dtype dtype, const CFI_cdesc_t *a,
                                 struct deed_error *error) {
  char why[128];
  const struct deed_layout *layout = &array->layout;
  if (layout->dtype != (int32_t)dtype) {
    snprintf(why, sizeof why, "the array is %s, the variable is %s", deed_dtype_name((enum deed_dtype)layout->dtype),
             deed_dtype_name(dtype));
    return deed_shim_refuse(error, DEED_EDTYPE, why);
  }
  if (layout->rank != a->rank) {
    snprintf(why, sizeof why, "the array has rank %d, the variable has rank %d", (int)layout->rank, (int)a->rank);
    return deed_shim_refuse(error, DEED_ERANK, why);
  }
  return DEED_OK;
}
