/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_pointer.c - Fortran pointers to arrays of deed. Nothing is written to a pointer before all is checked. */
#include "shim_descriptor.h"

/* Whether a pointer can have these strides as they are, found without a division. */
static inline int are_plain(const struct deed_layout *layout) {
  int64_t below = layout->element_size_bytes - 1;
  int64_t odd = layout->element_size_bytes & below;
  int alone = 0;
  for (int32_t i = 0; i < layout->rank; ++i) {
    odd |= layout->dim[i].stride_bytes & below;
    alone |= layout->dim[i].extent <= 1;
  }
  return !odd && !alone;
}

int deed_shim_points(enum deed_dtype dtype, const struct deed_array *h, CFI_cdesc_t *p) {
  struct deed_layout layout;
  void *data;
  layout.rank = p->rank;
  enum deed_status status =
      deed_point(*h, dtype, layout.rank, DEED_READ | DEED_WRITE, &data, &layout.element_size_bytes, layout.dim);
  if (status || !are_plain(&layout)) return 0;
  deed_shim_write(p, data, &layout);
  return 1;
}

/* What the caller of deed_pointer asks for. */
static enum deed_status accept(const struct deed_descriptor *array, deed_shim_any rights, deed_shim_any order,
                               struct deed_error *error) {
  int wanted;
  int wanted_order;
  enum deed_status status = deed_shim_integer(rights, "rights=", DEED_READ | DEED_WRITE, &wanted, error);
  if (!status) status = deed_shim_integer(order, "order=", DEED_ORDER_ANY, &wanted_order, error);
  if (status) return status;
  if (wanted <= 0 || (unsigned)wanted & ~(DEED_READ | DEED_WRITE))
    return deed_shim_refuse(error, DEED_EINVAL, "rights= are neither read nor write");
  if (wanted_order < DEED_ORDER_ANY || wanted_order > DEED_ORDER_C)
    return deed_shim_refuse(error, DEED_EINVAL, "order= is none that elements can have");
  if ((uint32_t)wanted & ~(uint32_t)array->rights)
    return deed_shim_refuse(error, DEED_ERIGHTS, "the array may not be written; ask for rights=deed_read");
  if (wanted_order == DEED_ORDER_ANY || deed_layout_is_contiguous(&array->layout, (enum deed_order)wanted_order))
    return DEED_OK;
  return deed_shim_refuse(error, DEED_EORDER, "the elements lie in another order, or with gaps");
}

/* With options, strides to settle, and a message for what is refused. */
DEED_SHIM_COLD static enum deed_status point(enum deed_dtype dtype, struct deed_array h, CFI_cdesc_t *p,
                                             deed_shim_any rights, deed_shim_any order, struct deed_error *error) {
  struct deed_descriptor array;
  enum deed_status status = deed_shim_describe(h, &array, error);
  if (!status) status = deed_shim_match(&array, dtype, p, error);
  if (!status) status = accept(&array, rights, order, error);
  if (status) return status;
  deed_shim_settle_strides(&array.layout);
  status = deed_shim_addressable(&array.layout, error);
  if (!status) deed_shim_write(p, array.data, &array.layout);
  return status;
}

DEED_SHIM_PROCEDURE(deed_shim_pointer_of,
                    (enum deed_dtype dtype, const struct deed_array *h, CFI_cdesc_t *p, deed_shim_any rights,
                     DEED_SHIM_TAIL, deed_shim_any order),
                    DEED_SHIM_VARIABLE("pointer", dtype, p->rank, NULL),
                    !rights && !order && deed_shim_points(dtype, h, p) ? DEED_OK
                                                                       : point(dtype, *h, p, rights, order, &error))
