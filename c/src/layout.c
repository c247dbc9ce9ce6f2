/* SPDX-License-Identifier: BSD-3-Clause */
/* layout.c - making, checking and asking layouts. */
#include "deed/layout.h"

#include "checked.h"
#include "layout_survey.h"

static bool is_rank(int32_t rank) { return rank >= 0 && rank <= DEED_MAX_RANK; }

static bool is_element_size(int32_t dtype, int64_t element_size_bytes) {
  int64_t fixed = deed_dtype_size_bytes((enum deed_dtype)dtype);
  if (fixed > 0) return element_size_bytes == fixed;
  if (fixed < 0 || element_size_bytes < 0) return false;
  return dtype != DEED_CHARACTER4 || element_size_bytes % 4 == 0;
}

static bool has_elements(const struct deed_layout *layout) {
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (layout->dim[d].extent == 0) return false;
  }
  return true;
}

enum deed_status deed__layout_survey(const struct deed_layout *layout, struct deed__hull *hull) {
  int64_t begin_bytes = 0;
  int64_t end_bytes = layout->element_size_bytes;
  int64_t count = 1;
  int64_t size_bytes;
  bool has_elements = true;
  bool bounds_overflow = false;
  bool overflows = false; /* of no interest when there are no elements */
  if (!is_rank(layout->rank)) return DEED_ERANK;
  if (!is_element_size(layout->dtype, layout->element_size_bytes)) return DEED_EDTYPE;
  for (int32_t d = 0; d < layout->rank; ++d) {
    int64_t extent = layout->dim[d].extent;
    int64_t upper = 0;
    int64_t span_bytes = 0;
    if (extent < 0) return DEED_ESHAPE;
    has_elements &= extent > 0;
    bounds_overflow |= !deed__add(layout->dim[d].lower, extent - 1, &upper);
    overflows |= !deed__multiply(count, extent, &count);
    overflows |= extent != 1 && !deed__multiply(extent - 1, layout->dim[d].stride_bytes, &span_bytes);
    overflows |= !deed__add(begin_bytes, span_bytes < 0 ? span_bytes : 0, &begin_bytes);
    overflows |= !deed__add(end_bytes, span_bytes > 0 ? span_bytes : 0, &end_bytes);
  }
  overflows |= !deed__multiply(count, layout->element_size_bytes, &size_bytes);
  overflows |= !deed__subtract(end_bytes, begin_bytes, &size_bytes);
  if (bounds_overflow || (has_elements && overflows)) return DEED_EOVERFLOW;
  bool has_bytes = has_elements && layout->element_size_bytes > 0;
  *hull = has_bytes ? (struct deed__hull){begin_bytes, end_bytes} : (struct deed__hull){0, 0};
  return DEED_OK;
}

enum deed_status deed_layout_check(const struct deed_layout *layout) {
  struct deed__hull hull;
  return layout ? deed__layout_survey(layout, &hull) : DEED_EINVAL;
}

/* Strides of a gapless array. An extent of 0 counts as 1, so that strides stay what they would be with elements; one
 * that then does not fit repeats the one before, because it addresses nothing. */
static void fill_strides(struct deed_layout *layout, enum deed_order order) {
  int64_t stride_bytes = layout->element_size_bytes;
  for (int32_t i = 0; i < layout->rank; ++i) {
    int32_t d = order == DEED_ORDER_FORTRAN ? i : layout->rank - 1 - i;
    int64_t extent = layout->dim[d].extent > 0 ? layout->dim[d].extent : 1;
    layout->dim[d].stride_bytes = stride_bytes;
    int64_t next_bytes;
    if (deed__multiply(stride_bytes, extent, &next_bytes)) stride_bytes = next_bytes;
  }
}

enum deed_status deed_layout_contiguous(enum deed_dtype dtype, int64_t element_size_bytes, int32_t rank,
                                        const int64_t *shape, const int64_t *lower, enum deed_order order,
                                        struct deed_layout *out) {
  if (!out || (rank > 0 && !shape) || (order != DEED_ORDER_FORTRAN && order != DEED_ORDER_C)) return DEED_EINVAL;
  if (!is_rank(rank)) return DEED_ERANK;
  int64_t fixed = deed_dtype_size_bytes(dtype);
  struct deed_layout layout;
  layout.dtype = (int32_t)dtype;
  layout.rank = rank;
  layout.element_size_bytes = element_size_bytes;
  if (fixed > 0 && element_size_bytes == 0) layout.element_size_bytes = fixed;
  for (int32_t d = 0; d < rank; ++d) {
    layout.dim[d].extent = shape[d];
    layout.dim[d].stride_bytes = 0;
    layout.dim[d].lower = lower ? lower[d] : (order == DEED_ORDER_FORTRAN);
  }
  enum deed_status status = deed_layout_check(&layout);
  if (status != DEED_OK) return status;
  fill_strides(&layout, order);
  deed__layout_copy(out, &layout);
  return DEED_OK;
}

enum deed_status deed_layout_contiguous_like(const struct deed_layout *layout, enum deed_order order,
                                             struct deed_layout *out) {
  int64_t extents[DEED_MAX_RANK];
  int64_t lower[DEED_MAX_RANK];
  if (!layout) return DEED_EINVAL;
  if (!is_rank(layout->rank)) return DEED_ERANK;
  for (int32_t d = 0; d < layout->rank; ++d) {
    extents[d] = layout->dim[d].extent;
    lower[d] = layout->dim[d].lower;
  }
  return deed_layout_contiguous((enum deed_dtype)layout->dtype, layout->element_size_bytes, layout->rank, extents,
                                lower, order, out);
}

int64_t deed_layout_element_count(const struct deed_layout *layout) {
  if (!has_elements(layout)) return 0;
  int64_t count = 1;
  for (int32_t d = 0; d < layout->rank; ++d) count *= layout->dim[d].extent;
  return count;
}

int64_t deed_layout_size_bytes(const struct deed_layout *layout) {
  return deed_layout_element_count(layout) * layout->element_size_bytes;
}

void deed_layout_hull(const struct deed_layout *layout, int64_t *begin_bytes, int64_t *end_bytes) {
  *begin_bytes = 0;
  *end_bytes = 0;
  if (layout->element_size_bytes == 0 || !has_elements(layout)) return;
  int64_t begin = 0;
  int64_t end = layout->element_size_bytes;
  for (int32_t d = 0; d < layout->rank; ++d) {
    int64_t span =
        (layout->dim[d].extent - 1) * layout->dim[d].stride_bytes; /* fits: the layout has passed its check */
    begin += span < 0 ? span : 0;
    end += span > 0 ? span : 0;
  }
  *begin_bytes = begin;
  *end_bytes = end;
}

static bool is_gapless(const struct deed_layout *layout, enum deed_order order) {
  int64_t expected_bytes = layout->element_size_bytes;
  for (int32_t i = 0; i < layout->rank; ++i) {
    int32_t d = order == DEED_ORDER_FORTRAN ? i : layout->rank - 1 - i;
    if (layout->dim[d].extent == 1) continue;
    if (layout->dim[d].stride_bytes != expected_bytes) return false;
    expected_bytes *= layout->dim[d].extent;
  }
  return true;
}

int deed_layout_is_contiguous(const struct deed_layout *layout, enum deed_order order) {
  if (deed_layout_size_bytes(layout) == 0) return 1;
  if (order != DEED_ORDER_ANY) return is_gapless(layout, order);
  return is_gapless(layout, DEED_ORDER_FORTRAN) || is_gapless(layout, DEED_ORDER_C);
}

static uint64_t magnitude(int64_t number) { return number < 0 ? 0 - (uint64_t)number : (uint64_t)number; }

/* The dimension with the smallest stride of those not yet used that have more than one element; -1 when none is left.
 */
static int32_t next_densest(const struct deed_layout *layout, const bool *used) {
  int32_t densest = -1;
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (used[d] || layout->dim[d].extent <= 1) continue;
    if (densest < 0 || magnitude(layout->dim[d].stride_bytes) < magnitude(layout->dim[densest].stride_bytes))
      densest = d;
  }
  return densest;
}

int deed_layout_may_overlap_itself(const struct deed_layout *layout) {
  bool used[DEED_MAX_RANK] = {false};
  uint64_t covered_bytes = (uint64_t)layout->element_size_bytes;
  if (deed_layout_size_bytes(layout) == 0) return 0;
  for (int32_t d = next_densest(layout, used); d >= 0; d = next_densest(layout, used)) {
    uint64_t stride_bytes = magnitude(layout->dim[d].stride_bytes);
    if (stride_bytes < covered_bytes) return 1;
    covered_bytes += (uint64_t)(layout->dim[d].extent - 1) * stride_bytes;
    used[d] = true;
  }
  return 0;
}

int deed_layout_same_shape(const struct deed_layout *a, const struct deed_layout *b) {
  if (a->dtype != b->dtype || a->rank != b->rank || a->element_size_bytes != b->element_size_bytes) return 0;
  for (int32_t d = 0; d < a->rank; ++d) {
    if (a->dim[d].extent != b->dim[d].extent) return 0;
  }
  return 1;
}
