/* SPDX-License-Identifier: BSD-3-Clause */
/* layout_section.c - layouts made from layouts: parts, other orders of dimensions, other bounds. */
#include <string.h>

#include "checked.h"
#include "deed/layout.h"

static int64_t upper_of(const struct deed_layout *layout, int32_t d) {
  return layout->dim[d].lower + (layout->dim[d].extent - 1);
}

static bool is_index(const struct deed_layout *layout, int32_t d, int64_t index) {
  return layout->dim[d].extent > 0 && index >= layout->dim[d].lower && index <= upper_of(layout, d);
}

/* Bytes from the first element of a dimension to this index of it, for a layout with elements: where there are none,
 * any stride has passed the check. The stride of a single element or of elements without bytes addresses nothing. */
static int64_t distance(const struct deed_layout *layout, int32_t d, int64_t index) {
  bool is_addressed = layout->dim[d].extent > 1 && layout->element_size_bytes > 0;
  return is_addressed ? (index - layout->dim[d].lower) * layout->dim[d].stride_bytes : 0;
}

static struct deed_layout scalar_like(const struct deed_layout *layout) {
  return (struct deed_layout){.dtype = layout->dtype, .element_size_bytes = layout->element_size_bytes};
}

enum deed_status deed_layout_offset(const struct deed_layout *layout, const int64_t *indices, int64_t *offset_bytes) {
  if (!layout || !offset_bytes || (layout->rank > 0 && !indices)) return DEED_EINVAL;
  int64_t offset = 0;
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (!is_index(layout, d, indices[d])) return DEED_EBOUNDS;
  }
  for (int32_t d = 0; d < layout->rank; ++d) offset += distance(layout, d, indices[d]);
  *offset_bytes = offset;
  return DEED_OK;
}

static bool is_empty(struct deed_range range) {
  return range.step > 0 ? range.first > range.last : range.first < range.last;
}

/* How many steps a range with elements takes, one less than it has elements; the differences are taken in unsigned
 * numbers, where they cannot overflow. */
static uint64_t step_count(struct deed_range range) {
  if (range.step > 0) return ((uint64_t)range.last - (uint64_t)range.first) / (uint64_t)range.step;
  return ((uint64_t)range.first - (uint64_t)range.last) / (0 - (uint64_t)range.step);
}

/* The last index that a range with elements reaches, which its last need not be. */
static int64_t range_end(struct deed_range range) {
  return (int64_t)((uint64_t)range.first + step_count(range) * (uint64_t)range.step);
}

static enum deed_status cut_dimension(const struct deed_layout *layout, int32_t d, struct deed_range range,
                                      struct deed_layout *out) {
  out->dim[d].lower = 1;
  out->dim[d].stride_bytes = layout->dim[d].stride_bytes;
  if (is_empty(range)) return DEED_OK;
  if (!is_index(layout, d, range.first) || !is_index(layout, d, range_end(range))) return DEED_EBOUNDS;
  out->dim[d].extent = (int64_t)step_count(range) + 1;
  /* A product that does not fit is the stride of an array without elements: it stays. */
  if (out->dim[d].extent > 1) (void)deed__multiply(out->dim[d].stride_bytes, range.step, &out->dim[d].stride_bytes);
  return DEED_OK;
}

enum deed_status deed_layout_section(const struct deed_layout *layout, const struct deed_range *ranges,
                                     struct deed_layout *out, int64_t *offset_bytes) {
  if (!layout || !out || !offset_bytes || (layout->rank > 0 && !ranges)) return DEED_EINVAL;
  struct deed_layout section = scalar_like(layout);
  int64_t offset = 0;
  section.rank = layout->rank;
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (ranges[d].step == 0) return DEED_EINVAL;
  }
  for (int32_t d = 0; d < layout->rank; ++d) {
    enum deed_status status = cut_dimension(layout, d, ranges[d], &section);
    if (status != DEED_OK) return status;
  }
  bool has_elements = deed_layout_element_count(&section) > 0;
  for (int32_t d = 0; d < layout->rank && has_elements; ++d) offset += distance(layout, d, ranges[d].first);
  *offset_bytes = offset;
  *out = section;
  return DEED_OK;
}

enum deed_status deed_layout_pick(const struct deed_layout *layout, int32_t dimension, int64_t index,
                                  struct deed_layout *out, int64_t *offset_bytes) {
  if (!layout || !out || !offset_bytes) return DEED_EINVAL;
  if (dimension < 0 || dimension >= layout->rank) return DEED_ERANK;
  if (!is_index(layout, dimension, index)) return DEED_EBOUNDS;
  struct deed_layout picked = scalar_like(layout);
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (d != dimension) picked.dim[picked.rank++] = layout->dim[d];
  }
  *offset_bytes = deed_layout_element_count(&picked) > 0 ? distance(layout, dimension, index) : 0;
  *out = picked;
  return DEED_OK;
}

static bool is_permutation(const int32_t *permutation, int32_t rank) {
  uint32_t seen = 0;
  for (int32_t d = 0; d < rank; ++d) {
    if (permutation[d] < 0 || permutation[d] >= rank) return false;
    seen |= 1u << permutation[d];
  }
  return seen == (1u << rank) - 1;
}

enum deed_status deed_layout_transpose(const struct deed_layout *layout, const int32_t *permutation,
                                       struct deed_layout *out) {
  if (!layout || !out || (permutation && !is_permutation(permutation, layout->rank))) return DEED_EINVAL;
  struct deed_layout transposed = scalar_like(layout);
  transposed.rank = layout->rank;
  for (int32_t d = 0; d < layout->rank; ++d) {
    transposed.dim[d] = layout->dim[permutation ? permutation[d] : layout->rank - 1 - d];
  }
  *out = transposed;
  return DEED_OK;
}

/* Extents and strides alone, fastest index first, for reshape. */
struct axes {
  int32_t count;
  int64_t extent[DEED_MAX_RANK];
  int64_t stride_bytes[DEED_MAX_RANK];
};

/* The dimensions that have more than one element, fastest in the given order first. */
static struct axes axes_of(const struct deed_layout *layout, enum deed_order order) {
  struct axes axes = {0};
  for (int32_t i = 0; i < layout->rank; ++i) {
    int32_t d = order == DEED_ORDER_FORTRAN ? i : layout->rank - 1 - i;
    if (layout->dim[d].extent == 1) continue;
    axes.extent[axes.count] = layout->dim[d].extent;
    axes.stride_bytes[axes.count++] = layout->dim[d].stride_bytes;
  }
  return axes;
}

/* Do axes begin to end - 1 step through memory like one axis? */
static bool are_one_axis(const struct axes *axes, int32_t begin, int32_t end) {
  for (int32_t i = begin; i + 1 < end; ++i) {
    int64_t expected;
    if (!deed__multiply(axes->stride_bytes[i], axes->extent[i], &expected)) return false;
    if (axes->stride_bytes[i + 1] != expected) return false;
  }
  return true;
}

static void split_axis(struct axes *to, int32_t begin, int32_t end, int64_t stride_bytes) {
  for (int32_t i = begin; i < end; ++i) {
    to->stride_bytes[i] = stride_bytes;
    if (i + 1 < end) stride_bytes *= to->extent[i];
  }
}

/* Give to->extent the strides that address the elements of from in the same order. Both have the same, non-zero number
 * of elements and no extent of 1. Runs of axes with equal products correspond; each run of from must be one axis. */
static bool restride(const struct axes *from, struct axes *to) {
  int32_t from_end = 0;
  int32_t to_end = 0;
  while (to_end < to->count) {
    int32_t from_begin = from_end;
    int32_t to_begin = to_end;
    int64_t to_product = to->extent[to_end++];
    int64_t from_product = 1;
    while (from_product != to_product) {
      if (from_product < to_product) {
        from_product *= from->extent[from_end++];
      } else {
        to_product *= to->extent[to_end++];
      }
    }
    if (!are_one_axis(from, from_begin, from_end)) return false;
    split_axis(to, to_begin, to_end, from->stride_bytes[from_begin]);
  }
  return true;
}

static enum deed_status check_new_shape(const struct deed_layout *layout, int32_t rank, const int64_t *shape) {
  int64_t count = 1;
  bool is_empty = false;
  for (int32_t d = 0; d < rank; ++d) {
    if (shape[d] < 0) return DEED_ESHAPE;
    is_empty = is_empty || shape[d] == 0;
  }
  for (int32_t d = 0; d < rank && !is_empty; ++d) {
    if (!deed__multiply(count, shape[d], &count)) return DEED_ESHAPE;
  }
  if (is_empty) count = 0;
  return count == deed_layout_element_count(layout) ? DEED_OK : DEED_ESHAPE;
}

/* The new dimensions as axes; those with one element keep stride 0 until the end, where they get an ordinary one. */
static bool fill_reshaped(const struct deed_layout *layout, enum deed_order order, struct deed_layout *out) {
  struct axes from = axes_of(layout, order);
  struct axes to = axes_of(out, order);
  if (!restride(&from, &to)) return false;
  int32_t axis = 0;
  for (int32_t i = 0; i < out->rank; ++i) {
    int32_t d = order == DEED_ORDER_FORTRAN ? i : out->rank - 1 - i;
    out->dim[d].stride_bytes = out->dim[d].extent == 1 ? out->element_size_bytes : to.stride_bytes[axis++];
  }
  return true;
}

enum deed_status deed_layout_reshape(const struct deed_layout *layout, int32_t rank, const int64_t *shape,
                                     enum deed_order order, struct deed_layout *out) {
  if (!layout || !out || (rank > 0 && !shape)) return DEED_EINVAL;
  if (order != DEED_ORDER_FORTRAN && order != DEED_ORDER_C) return DEED_EINVAL;
  if (rank < 0 || rank > DEED_MAX_RANK) return DEED_ERANK;
  enum deed_status status = check_new_shape(layout, rank, shape);
  if (status != DEED_OK) return status;
  if (deed_layout_element_count(layout) == 0) {
    return deed_layout_contiguous((enum deed_dtype)layout->dtype, layout->element_size_bytes, rank, shape, NULL, order,
                                  out);
  }
  struct deed_layout reshaped = scalar_like(layout);
  reshaped.rank = rank;
  for (int32_t d = 0; d < rank; ++d) {
    reshaped.dim[d].extent = shape[d];
    reshaped.dim[d].lower = order == DEED_ORDER_FORTRAN;
  }
  if (!fill_reshaped(layout, order, &reshaped)) return DEED_EORDER;
  *out = reshaped;
  return DEED_OK;
}

enum deed_status deed_layout_component(const struct deed_layout *layout, int64_t component_offset_bytes,
                                       enum deed_dtype dtype, int64_t element_size_bytes, struct deed_layout *out,
                                       int64_t *offset_bytes) {
  if (!layout || !out || !offset_bytes) return DEED_EINVAL;
  struct deed_layout element;
  enum deed_status status = deed_layout_contiguous(dtype, element_size_bytes, 0, NULL, NULL, DEED_ORDER_C, &element);
  if (status != DEED_OK) return status;
  if (component_offset_bytes < 0 || component_offset_bytes > layout->element_size_bytes ||
      element.element_size_bytes > layout->element_size_bytes - component_offset_bytes) {
    return DEED_EBOUNDS;
  }
  struct deed_layout component = *layout;
  component.dtype = element.dtype;
  component.element_size_bytes = element.element_size_bytes;
  *offset_bytes = deed_layout_size_bytes(&component) > 0 ? component_offset_bytes : 0;
  *out = component;
  return DEED_OK;
}

enum deed_status deed_layout_rebound(const struct deed_layout *layout, const int64_t *lower, struct deed_layout *out) {
  if (!layout || !out || (layout->rank > 0 && !lower)) return DEED_EINVAL;
  struct deed_layout rebound = *layout;
  for (int32_t d = 0; d < layout->rank; ++d) rebound.dim[d].lower = lower[d];
  enum deed_status status = deed_layout_check(&rebound);
  if (status != DEED_OK) return status;
  *out = rebound;
  return DEED_OK;
}
