/* SPDX-License-Identifier: BSD-3-Clause */
/* layout.c - making, checking and asking layouts. */
#include "deed/layout.h"

#include <string.h>

#include "checked.h"
#include "layout_copy.h"

void deed__layout_give(struct deed_layout *to, const struct deed_layout *from) {
  deed__layout_copy(to, from);
  for (int32_t d = from->rank; d < DEED_MAX_RANK; ++d) {
    to->shape[d] = 0;
    to->stride_bytes[d] = 0;
    to->lower[d] = 0;
  }
}

static bool is_rank(int32_t rank) { return rank >= 0 && rank <= DEED_MAX_RANK; }

static bool is_element_size(int32_t dtype, int64_t element_size_bytes) {
  int64_t fixed = deed_dtype_size_bytes((enum deed_dtype)dtype);
  if (fixed > 0) return element_size_bytes == fixed;
  if (fixed < 0 || element_size_bytes < 0) return false;
  return dtype != DEED_CHARACTER4 || element_size_bytes % 4 == 0;
}

static bool upper_bound_fits(int64_t lower, int64_t extent) {
  int64_t upper;
  return extent > 0 ? deed__add(lower, extent - 1, &upper) : deed__subtract(lower, 1, &upper);
}

static bool has_elements(const struct deed_layout *layout) {
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (layout->shape[d] == 0) return false;
  }
  return true;
}

static bool bounds_fit(const struct deed_layout *layout) {
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (!upper_bound_fits(layout->lower[d], layout->shape[d])) return false;
  }
  return true;
}

static bool size_fits(const struct deed_layout *layout) {
  int64_t count = 1;
  int64_t size_bytes;
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (!deed__multiply(count, layout->shape[d], &count)) return false;
  }
  return deed__multiply(count, layout->element_size_bytes, &size_bytes);
}

/* The hull of a layout with elements; false when it does not fit. */
static bool find_hull(const struct deed_layout *layout, int64_t *begin_bytes, int64_t *end_bytes) {
  int64_t begin = 0;
  int64_t end = layout->element_size_bytes;
  int64_t span;
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (layout->shape[d] == 1) continue;
    if (!deed__multiply(layout->shape[d] - 1, layout->stride_bytes[d], &span)) return false;
    int64_t *side = span < 0 ? &begin : &end;
    if (!deed__add(*side, span, side)) return false;
  }
  if (!deed__subtract(end, begin, &span)) return false;
  *begin_bytes = begin;
  *end_bytes = end;
  return true;
}

enum deed_status deed_layout_check(const struct deed_layout *layout) {
  int64_t begin_bytes;
  int64_t end_bytes;
  if (!layout) return DEED_EINVAL;
  if (!is_rank(layout->rank)) return DEED_ERANK;
  if (!is_element_size(layout->dtype, layout->element_size_bytes)) return DEED_EDTYPE;
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (layout->shape[d] < 0) return DEED_ESHAPE;
  }
  if (!bounds_fit(layout)) return DEED_EOVERFLOW;
  if (!has_elements(layout)) return DEED_OK;
  return size_fits(layout) && find_hull(layout, &begin_bytes, &end_bytes) ? DEED_OK : DEED_EOVERFLOW;
}

/* Strides of a gapless array. An extent of 0 counts as 1, so that strides stay what they would be with elements; one
 * that then does not fit repeats the one before, because it addresses nothing. */
static void fill_strides(struct deed_layout *layout, enum deed_order order) {
  int64_t stride_bytes = layout->element_size_bytes;
  for (int32_t i = 0; i < layout->rank; ++i) {
    int32_t d = order == DEED_ORDER_FORTRAN ? i : layout->rank - 1 - i;
    int64_t extent = layout->shape[d] > 0 ? layout->shape[d] : 1;
    layout->stride_bytes[d] = stride_bytes;
    (void)deed__multiply(stride_bytes, extent, &stride_bytes);
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
    layout.shape[d] = shape[d];
    layout.stride_bytes[d] = 0;
    layout.lower[d] = lower ? lower[d] : (order == DEED_ORDER_FORTRAN);
  }
  enum deed_status status = deed_layout_check(&layout);
  if (status != DEED_OK) return status;
  fill_strides(&layout, order);
  deed__layout_give(out, &layout);
  return DEED_OK;
}

int64_t deed_layout_element_count(const struct deed_layout *layout) {
  if (!has_elements(layout)) return 0;
  int64_t count = 1;
  for (int32_t d = 0; d < layout->rank; ++d) count *= layout->shape[d];
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
    int64_t span = (layout->shape[d] - 1) * layout->stride_bytes[d]; /* fits: the layout has passed its check */
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
    if (layout->shape[d] == 1) continue;
    if (layout->stride_bytes[d] != expected_bytes) return false;
    expected_bytes *= layout->shape[d];
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
    if (used[d] || layout->shape[d] <= 1) continue;
    if (densest < 0 || magnitude(layout->stride_bytes[d]) < magnitude(layout->stride_bytes[densest])) densest = d;
  }
  return densest;
}

int deed_layout_may_overlap_itself(const struct deed_layout *layout) {
  bool used[DEED_MAX_RANK] = {false};
  uint64_t covered_bytes = (uint64_t)layout->element_size_bytes;
  if (deed_layout_size_bytes(layout) == 0) return 0;
  for (int32_t d = next_densest(layout, used); d >= 0; d = next_densest(layout, used)) {
    uint64_t stride_bytes = magnitude(layout->stride_bytes[d]);
    if (stride_bytes < covered_bytes) return 1;
    covered_bytes += (uint64_t)(layout->shape[d] - 1) * stride_bytes;
    used[d] = true;
  }
  return 0;
}

int deed_layout_same_shape(const struct deed_layout *a, const struct deed_layout *b) {
  if (a->dtype != b->dtype || a->rank != b->rank || a->element_size_bytes != b->element_size_bytes) return 0;
  return memcmp(a->shape, b->shape, (size_t)a->rank * sizeof a->shape[0]) == 0;
}
