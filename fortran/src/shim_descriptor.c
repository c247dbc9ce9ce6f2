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
    layout->dim[i].extent = a->dim[i].extent;
    layout->dim[i].stride_bytes = a->dim[i].sm;
    layout->dim[i].lower = a->dim[i].lower_bound;
  }
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

enum deed_status deed_shim_lower(deed_shim_any given, struct deed_layout *layout, struct deed_error *error) {
  int64_t lower[DEED_MAX_RANK];
  enum deed_status status = deed_shim_bounds(given, layout->rank, lower, error);
  for (int32_t i = 0; !status && i < layout->rank; ++i) layout->dim[i].lower = lower[i];
  return status;
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
  while (first < layout->rank && layout->dim[first].extent <= 1) ++first;
  if (first < layout->rank && element > 0 && !is_multiple(layout->dim[first].stride_bytes, element))
    stride = layout->dim[first].stride_bytes;
  for (int32_t i = 0; i < layout->rank; ++i) {
    if (layout->dim[i].extent <= 1)
      layout->dim[i].stride_bytes = stride;
    else if (__builtin_mul_overflow(layout->dim[i].stride_bytes, layout->dim[i].extent, &stride))
      stride = element;
  }
}

void deed_shim_settle_strides(struct deed_layout *layout) {
  for (int32_t i = 0; i < layout->rank; ++i)
    if (layout->dim[i].extent <= 1) {
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
  int64_t span = is_multiple(layout->dim[0].stride_bytes, element) ? element : layout->dim[0].stride_bytes;
  for (int32_t i = 0; i < layout->rank; ++i)
    if (layout->dim[i].extent > 1 && !survives(layout->dim[i].stride_bytes, element, span))
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
    a->dim[i] = (CFI_dim_t){layout->dim[i].lower, layout->dim[i].extent, layout->dim[i].stride_bytes};
}
