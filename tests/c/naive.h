/* SPDX-License-Identifier: BSD-3-Clause */
/* naive.h - layouts by brute force: every element's offset written out, to compare the arithmetic of the core with. */
#ifndef DEED_TEST_NAIVE_H
#define DEED_TEST_NAIVE_H

#include <stdlib.h>

#include "check.h"

struct naive {
  int64_t count;
  int64_t *offsets; /* in order of counting, first index fastest; to be freed */
  int64_t begin_bytes;
  int64_t end_bytes;
  int overlaps;
};

/* Rank 0 to 4, extents 0 to 4, strides of either sign, sometimes those of a gapless array. */
static inline struct deed_layout random_layout(uint64_t *seed) {
  static const enum deed_dtype dtypes[] = {DEED_INT8, DEED_INT16, DEED_REAL32, DEED_REAL64, DEED_COMPLEX_REAL64};
  enum deed_dtype dtype = dtypes[random_between(seed, 0, 4)];
  int64_t shape[4], lower[4];
  int32_t rank = (int32_t)random_between(seed, 0, 4);
  struct deed_layout layout;
  for (int32_t d = 0; d < rank; ++d) {
    shape[d] = random_between(seed, random_between(seed, 0, 9) ? 1 : 0, 4);
    lower[d] = random_between(seed, -3, 3);
  }
  enum deed_order order = random_between(seed, 0, 1) ? DEED_ORDER_FORTRAN : DEED_ORDER_C;
  assert_ok(deed_layout_contiguous(dtype, 0, rank, shape, lower, order, &layout));
  if (random_between(seed, 0, 2) == 0) return layout;
  for (int32_t d = 0; d < rank; ++d) {
    layout.dim[d].stride_bytes *= random_between(seed, -2, 3);
    if (random_between(seed, 0, 5) == 0) layout.dim[d].stride_bytes += random_between(seed, -3, 3);
  }
  return layout;
}

/* The offset of element number n, the first index fastest (the last if c_order). */
static inline int64_t naive_offset(const struct deed_layout *layout, int64_t n, int c_order) {
  int64_t offset_bytes = 0;
  for (int32_t i = 0; i < layout->rank; ++i) {
    int32_t d = c_order ? layout->rank - 1 - i : i;
    if (layout->dim[d].extent > 1) offset_bytes += n % layout->dim[d].extent * layout->dim[d].stride_bytes;
    n /= layout->dim[d].extent;
  }
  return offset_bytes;
}

static inline int compare_offsets(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static inline int naive_overlap(const struct naive *naive, int64_t element_size_bytes) {
  int overlaps = 0;
  int64_t *sorted = malloc((size_t)(naive->count + 1) * sizeof *sorted);
  memcpy(sorted, naive->offsets, (size_t)naive->count * sizeof *sorted);
  qsort(sorted, (size_t)naive->count, sizeof *sorted, compare_offsets);
  for (int64_t n = 1; n < naive->count; ++n) overlaps = overlaps || sorted[n] - sorted[n - 1] < element_size_bytes;
  free(sorted);
  return overlaps;
}

static inline struct naive enumerate(const struct deed_layout *layout) {
  struct naive naive = {.count = 1};
  for (int32_t d = 0; d < layout->rank; ++d) naive.count *= layout->dim[d].extent;
  naive.offsets = malloc((size_t)(naive.count + 1) * sizeof *naive.offsets);
  for (int64_t n = 0; n < naive.count; ++n) {
    int64_t offset_bytes = naive.offsets[n] = naive_offset(layout, n, 0);
    int64_t end_bytes = offset_bytes + layout->element_size_bytes;
    if (offset_bytes < naive.begin_bytes) naive.begin_bytes = offset_bytes;
    if (end_bytes > naive.end_bytes) naive.end_bytes = end_bytes;
  }
  naive.overlaps = naive_overlap(&naive, layout->element_size_bytes);
  return naive;
}

/* Element number n stands n elements after the first, for all n. */
static inline int naive_is_contiguous(const struct deed_layout *layout, int c_order) {
  int64_t count = 1;
  for (int32_t d = 0; d < layout->rank; ++d) count *= layout->dim[d].extent;
  for (int64_t n = 0; n < count; ++n) {
    if (naive_offset(layout, n, c_order) != n * layout->element_size_bytes) return 0;
  }
  return 1;
}

static inline int64_t product(const int64_t *extents, int32_t count) {
  int64_t result = 1;
  for (int32_t d = 0; d < count; ++d) result *= extents[d];
  return result;
}

/* Can strides put other extents over the same elements in the same order of counting? Tried out: the element after the
 * first in each new dimension gives that dimension's stride, and then all elements must agree. */
static inline int naive_can_reshape(const struct deed_layout *layout, int32_t rank, const int64_t *shape, int c_order) {
  struct deed_layout wanted = {.rank = rank};
  for (int32_t d = 0; d < rank; ++d) {
    int64_t step = c_order ? product(shape + d + 1, rank - 1 - d) : product(shape, d);
    wanted.dim[d].extent = shape[d];
    if (shape[d] > 1) wanted.dim[d].stride_bytes = naive_offset(layout, step, c_order);
  }
  int64_t count = product(shape, rank);
  for (int64_t n = 0; n < count; ++n) {
    if (naive_offset(&wanted, n, c_order) != naive_offset(layout, n, c_order)) return 0;
  }
  return 1;
}

/* Write nonsense where a layout's fields have no meaning. extent: a negative or a large one. */
static inline void fill_past_rank(struct deed_layout *layout, int64_t extent) {
  for (int32_t d = layout->rank; d < DEED_MAX_RANK; ++d) {
    layout->dim[d].extent = extent;
    layout->dim[d].stride_bytes = 0;
    layout->dim[d].lower = INT64_MAX;
  }
}

#endif
