/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_strides.c - strides that the pointers of a Fortran compiler can have. */
#include "shim.h"

/* Without a division where the element is a power of two, as most are. */
static int is_multiple(int64_t stride_bytes, int64_t element_bytes) {
  if (element_bytes & (element_bytes - 1)) return stride_bytes % element_bytes == 0;
  return (stride_bytes & (element_bytes - 1)) == 0;
}

/* What an array without gaps would have. But gfortran takes the first stride for the span of all dimensions (below): a
 * first dimension of one element gets the stride of the one that follows, if that is no multiple of the element. */
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
/* gfortran keeps strides in units of one span for all dimensions (the first stride if that is no multiple of the
 * element, else the element), but gets them by dividing by the element. True if a stride survives that. */
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
