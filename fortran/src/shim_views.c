/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_views.c - views: Fortran index terms to layout arithmetic of the core. */
#include "shim.h"

/* What every view starts from. */
struct source {
  struct deed_array array;
  struct deed_descriptor descriptor;
};

static enum deed_status begin(struct deed_array h, struct deed_array result, struct source *from,
                              struct deed_error *error) {
  enum deed_status status = deed_shim_vacant(result, error);
  from->array = h;
  return status ? status : deed_shim_describe(h, &from->descriptor, error);
}

/* status, offset_bytes, layout: what a function of deed/layout.h gave. */
static enum deed_status finish(const struct source *from, enum deed_status status, int64_t offset_bytes,
                               const struct deed_layout *layout, deed_shim_any rights,
                               const struct deed_shim_call *call, struct deed_array *result, struct deed_error *error) {
  struct deed_shim_site storage;
  int wanted;
  if (status) return deed_shim_refuse(error, status, "no such part of the array");
  status = deed_shim_integer(rights, "rights=", 0, &wanted, error);
  if (status) return status;
  return deed_view(from->array, offset_bytes, layout, (uint32_t)wanted, deed_shim_site(call, &storage), result, error);
}

static enum deed_status integers(deed_shim_any list, const char *what, int32_t rank, int64_t *values,
                                 struct deed_error *error) {
  int32_t count;
  enum deed_status status = deed_shim_integers(list, what, values, &count, error);
  if (!status && count != rank) status = deed_shim_refuse(error, DEED_ERANK, "one index per dimension is needed");
  return status;
}

static enum deed_status ranges_of(const CFI_cdesc_t *first, const CFI_cdesc_t *last, deed_shim_any step, int32_t rank,
                                  struct deed_range *ranges, struct deed_error *error) {
  int64_t values[3][DEED_MAX_RANK];
  for (int32_t i = 0; i < rank; ++i) values[2][i] = 1;
  enum deed_status status = integers(first, "first=", rank, values[0], error);
  if (!status) status = integers(last, "last=", rank, values[1], error);
  if (!status && deed_shim_given(step)) status = integers(step, "step=", rank, values[2], error);
  for (int32_t i = 0; !status && i < rank; ++i)
    ranges[i] = (struct deed_range){values[0][i], values[1][i], values[2][i]};
  return status;
}

static enum deed_status section(struct deed_array h, struct deed_array *result, const CFI_cdesc_t *first,
                                const CFI_cdesc_t *last, deed_shim_any step, deed_shim_any rights,
                                const struct deed_shim_call *call, struct deed_error *error) {
  struct source from;
  struct deed_range ranges[DEED_MAX_RANK];
  int64_t offset_bytes = 0;
  enum deed_status status = begin(h, *result, &from, error);
  if (!status) status = ranges_of(first, last, step, from.descriptor.layout.rank, ranges, error);
  if (status) return status;
  struct deed_layout part;
  status = deed_layout_section(&from.descriptor.layout, ranges, &part, &offset_bytes);
  return finish(&from, status, offset_bytes, &part, rights, call, result, error);
}

#define DEED_SHIM_SECTION(name)                                                                            \
  DEED_SHIM_PROCEDURE(name,                                                                                \
                      (const struct deed_array *h, struct deed_array *result, const CFI_cdesc_t *first,    \
                       const CFI_cdesc_t *last, deed_shim_any step, deed_shim_any rights, DEED_SHIM_TAIL), \
                      DEED_SHIM_HANDLE("view", h),                                                         \
                      section(*h, result, first, last, step, rights, DEED_SHIM_CALL, &error))
DEED_SHIM_SECTION(deed_fortran_view_int32)
DEED_SHIM_SECTION(deed_fortran_view_int64)

static enum deed_status plane(struct deed_array h, struct deed_array *result, deed_shim_any dim, int64_t index,
                              deed_shim_any rights, const struct deed_shim_call *call, struct deed_error *error) {
  struct source from;
  int64_t offset_bytes = 0;
  int dimension;
  enum deed_status status = begin(h, *result, &from, error);
  if (!status) status = deed_shim_integer(dim, "dim=", 0, &dimension, error);
  if (status) return status;
  struct deed_layout part;
  status = deed_layout_pick(&from.descriptor.layout, dimension - 1, index, &part, &offset_bytes);
  return finish(&from, status, offset_bytes, &part, rights, call, result, error);
}

#define DEED_SHIM_PLANE(name, index_type)                                                        \
  DEED_SHIM_PROCEDURE(name,                                                                      \
                      (const struct deed_array *h, struct deed_array *result, deed_shim_any dim, \
                       const index_type *index, deed_shim_any rights, DEED_SHIM_TAIL),           \
                      DEED_SHIM_HANDLE("view_plane", h),                                         \
                      plane(*h, result, dim, *index, rights, DEED_SHIM_CALL, &error))
DEED_SHIM_PLANE(deed_fortran_view_plane_int32, int32_t)
DEED_SHIM_PLANE(deed_fortran_view_plane_int64, int64_t)

static enum deed_status transposed(struct deed_array h, struct deed_array *result, deed_shim_any order,
                                   deed_shim_any rights, const struct deed_shim_call *call, struct deed_error *error) {
  struct source from;
  int64_t given[DEED_MAX_RANK];
  int32_t permutation[DEED_MAX_RANK];
  enum deed_status status = begin(h, *result, &from, error);
  if (!status && deed_shim_given(order)) status = integers(order, "order=", from.descriptor.layout.rank, given, error);
  if (status) return status;
  for (int32_t i = 0; deed_shim_given(order) && i < from.descriptor.layout.rank; ++i) {
    int in_range = given[i] >= 1 && given[i] <= from.descriptor.layout.rank;
    permutation[i] = in_range ? (int32_t)given[i] - 1 : -1;
  }
  struct deed_layout part;
  status = deed_layout_transpose(&from.descriptor.layout, deed_shim_given(order) ? permutation : NULL, &part);
  return finish(&from, status, 0, &part, rights, call, result, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_view_transposed,
                    (const struct deed_array *h, struct deed_array *result, deed_shim_any order, deed_shim_any rights,
                     DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("view_transposed", h),
                    transposed(*h, result, order, rights, DEED_SHIM_CALL, &error))

static enum deed_status reshaped(struct deed_array h, struct deed_array *result, const CFI_cdesc_t *shape,
                                 deed_shim_any rights, const struct deed_shim_call *call, struct deed_error *error) {
  struct source from;
  int64_t extents[DEED_MAX_RANK];
  int32_t rank;
  enum deed_status status = begin(h, *result, &from, error);
  if (!status) status = deed_shim_integers(shape, "shape=", extents, &rank, error);
  if (status) return status;
  struct deed_layout part;
  status = deed_layout_reshape(&from.descriptor.layout, rank, extents, DEED_ORDER_FORTRAN, &part);
  return finish(&from, status, 0, &part, rights, call, result, error);
}

#define DEED_SHIM_RESHAPED(name)                                                                        \
  DEED_SHIM_PROCEDURE(name,                                                                             \
                      (const struct deed_array *h, struct deed_array *result, const CFI_cdesc_t *shape, \
                       deed_shim_any rights, DEED_SHIM_TAIL),                                           \
                      DEED_SHIM_HANDLE("view_reshaped", h),                                             \
                      reshaped(*h, result, shape, rights, DEED_SHIM_CALL, &error))
DEED_SHIM_RESHAPED(deed_fortran_view_reshaped_int32)
DEED_SHIM_RESHAPED(deed_fortran_view_reshaped_int64)

/* Where a component is in an element, and what it is. */
struct wanted_component {
  deed_shim_any kind;
  deed_shim_any component_offset_bytes;
  deed_shim_any element_size_bytes;
};

static enum deed_status component(struct deed_array h, struct deed_array *result, const struct wanted_component *wanted,
                                  deed_shim_any rights, const struct deed_shim_call *call, struct deed_error *error) {
  struct source from;
  int64_t offset_bytes = 0;
  int64_t inside;
  int64_t size;
  int kind;
  enum deed_status status = begin(h, *result, &from, error);
  if (!status) status = deed_shim_integer(wanted->kind, "kind=", 0, &kind, error);
  if (!status)
    status = deed_shim_integer64(wanted->component_offset_bytes, "component_offset_bytes=", 0, &inside, error);
  if (!status) status = deed_shim_integer64(wanted->element_size_bytes, "element_size_bytes=", 0, &size, error);
  if (status) return status;
  struct deed_layout part;
  status = deed_layout_component(&from.descriptor.layout, inside, (enum deed_dtype)kind, size, &part, &offset_bytes);
  return finish(&from, status, offset_bytes, &part, rights, call, result, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_view_component,
                    (const struct deed_array *h, struct deed_array *result, deed_shim_any kind,
                     deed_shim_any component_offset_bytes, deed_shim_any element_size_bytes, deed_shim_any rights,
                     DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("view_component", h),
                    component(*h, result,
                              &(const struct wanted_component){kind, component_offset_bytes, element_size_bytes},
                              rights, DEED_SHIM_CALL, &error))
