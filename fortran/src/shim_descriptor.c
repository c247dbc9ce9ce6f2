/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_descriptor.c - the only file that reads and writes the C descriptors of the Fortran compiler. */
#include <stdio.h>

#include "shim.h"

/* A pointer to an array without elements must be associated, so it needs some address. */
static char nowhere[64];

enum deed_status deed_shim_read(const CFI_cdesc_t *a, enum deed_dtype dtype, struct deed_layout *layout,
                                struct deed_error *error) {
  /* The base address first: the extents of what is not allocated are garbage. */
  if (!a->base_addr) return deed_shim_refuse(error, DEED_EUNALLOCATED, "there is no array");
  layout->dtype = dtype;
  layout->rank = a->rank;
  layout->element_size_bytes = (int64_t)a->elem_len;
  for (int i = 0; i < a->rank; ++i) {
    layout->shape[i] = a->dim[i].extent;
    layout->stride_bytes[i] = a->dim[i].sm;
    layout->lower[i] = a->dim[i].lower_bound;
  }
  if (a->rank > 0 && layout->shape[a->rank - 1] < 0)
    return deed_shim_refuse(error, DEED_ESHAPE, "an assumed-size array does not know its last extent");
  return DEED_OK;
}

enum deed_status deed_shim_lower(deed_shim_any lower, struct deed_layout *layout, struct deed_error *error) {
  int32_t count = layout->rank;
  enum deed_status status = DEED_OK;
  for (int32_t i = 0; i < layout->rank; ++i) layout->lower[i] = 1;
  if (deed_shim_given(lower)) status = deed_shim_integers(lower, "lower=", layout->lower, &count, error);
  if (status || count == layout->rank) return status;
  return deed_shim_refuse(error, DEED_ERANK, "lower= must have one bound per dimension");
}

enum deed_status deed_shim_match(const struct deed_descriptor *array, const CFI_cdesc_t *a, enum deed_dtype dtype,
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

/* Without a division where the element is a power of two, as most are. */
static int is_multiple(int64_t stride_bytes, int64_t element_bytes) {
  if (element_bytes & (element_bytes - 1)) return stride_bytes % element_bytes == 0;
  return (stride_bytes & (element_bytes - 1)) == 0;
}

/* As in an array without gaps. But gfortran, for which the first stride is the span of all dimensions (below), finds
 * the one that is no multiple of the element there. */
static void settle_strides(struct deed_layout *layout) {
  int64_t element = layout->element_size_bytes;
  int64_t stride = element;
  int32_t first = 0; /* dimension with more than one element */
  while (first < layout->rank && layout->shape[first] <= 1) ++first;
  if (first < layout->rank && element > 0 && !is_multiple(layout->stride_bytes[first], element))
    stride = layout->stride_bytes[first];
  for (int32_t i = 0; i < layout->rank; ++i) {
    if (layout->shape[i] <= 1)
      layout->stride_bytes[i] = stride;
    else if (__builtin_mul_overflow(layout->stride_bytes[i], layout->shape[i], &stride))
      stride = element;
  }
}

void deed_shim_settle_strides(struct deed_layout *layout) {
  for (int32_t i = 0; i < layout->rank; ++i)
    if (layout->shape[i] <= 1) {
      settle_strides(layout);
      return;
    }
}

#ifdef DEED_SHIM_SPAN
/* gfortran keeps one span for all dimensions (the first stride if that is no multiple of the element, else the element)
 * and counts strides in spans, but divides by the element to get there. True if a stride comes out as it went in. */
static int survives(int64_t stride_bytes, int64_t element_bytes, int64_t span_bytes) {
  if (span_bytes == element_bytes) return is_multiple(stride_bytes, element_bytes);
  return stride_bytes / element_bytes * span_bytes == stride_bytes;
}

enum deed_status deed_shim_addressable(const struct deed_layout *layout, struct deed_error *error) {
  int64_t element = layout->element_size_bytes;
  if (layout->rank == 0 || element == 0) return DEED_OK;
  int64_t span = is_multiple(layout->stride_bytes[0], element) ? element : layout->stride_bytes[0];
  for (int32_t i = 0; i < layout->rank; ++i)
    if (layout->shape[i] > 1 && !survives(layout->stride_bytes[i], element, span))
      return deed_shim_refuse(error, DEED_EUNSUPPORTED, "gfortran cannot point at elements with these strides");
  return DEED_OK;
}
#else
enum deed_status deed_shim_addressable(const struct deed_layout *layout, struct deed_error *error) {
  (void)layout;
  (void)error;
  return DEED_OK;
}
#endif

void deed_shim_write(CFI_cdesc_t *a, void *data, const struct deed_layout *layout) {
  a->base_addr = data ? data : nowhere;
  a->elem_len = (size_t)layout->element_size_bytes;
  for (int32_t i = 0; i < layout->rank; ++i)
    a->dim[i] = (CFI_dim_t){layout->lower[i], layout->shape[i], layout->stride_bytes[i]};
}
