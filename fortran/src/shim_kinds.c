/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_kinds.c - the verbs that touch a Fortran variable: one function per verb, one entry per verb and kind. */
#include "shim.h"

/* The kinds that Fortran can have; X(dtype, suffix of the specific procedures). */
#define DEED_SHIM_KINDS(X)                 \
  X(DEED_INT8, int8)                       \
  X(DEED_INT16, int16)                     \
  X(DEED_INT32, int32)                     \
  X(DEED_INT64, int64)                     \
  X(DEED_REAL32, real32)                   \
  X(DEED_REAL64, real64)                   \
  X(DEED_REAL80, real80)                   \
  X(DEED_REAL128, real128)                 \
  X(DEED_COMPLEX_REAL32, complex_real32)   \
  X(DEED_COMPLEX_REAL64, complex_real64)   \
  X(DEED_COMPLEX_REAL80, complex_real80)   \
  X(DEED_COMPLEX_REAL128, complex_real128) \
  X(DEED_LOGICAL8, logical8)               \
  X(DEED_LOGICAL16, logical16)             \
  X(DEED_LOGICAL32, logical32)             \
  X(DEED_LOGICAL64, logical64)             \
  X(DEED_CHARACTER1, character1)           \
  X(DEED_CHARACTER4, character4)

static enum deed_status take(enum deed_dtype dtype, CFI_cdesc_t *a, struct deed_array *h, deed_shim_any name,
                             const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  struct deed_array made;
  struct deed_shim_site storage;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status) status = deed_shim_read(a, dtype, &layout, error);
  if (status) return status;
  const struct deed_memory memory = {a->base_addr, DEED_ORIGIN_FORTRAN, DEED_READ | DEED_WRITE, deed_shim_deallocate(),
                                     NULL};
  status = deed_adopt(&memory, &layout, deed_shim_site(call, &storage), &made, error);
  if (!status && deed_shim_given(name)) status = deed_shim_publish(made, name, deed_shim_give_back, error);
  if (status) return status;
  a->base_addr = NULL;
  *h = made;
  return DEED_OK;
}

static enum deed_status lend(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any rights,
                             deed_shim_any name, const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status) status = deed_shim_read(a, dtype, &layout, error);
  return status ? status : deed_shim_lend(a, &layout, rights, name, call, h, error);
}

static enum deed_status lend_unsafe(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h,
                                    deed_shim_any lower, deed_shim_any rights, deed_shim_any name,
                                    const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status) status = deed_shim_read(a, dtype, &layout, error);
  if (!status) status = deed_shim_lower(lower, &layout, error);
  return status ? status : deed_shim_lend(a, &layout, rights, name, call, h, error);
}

static enum deed_status reclaim(enum deed_dtype dtype, struct deed_array h, CFI_cdesc_t *a, struct deed_error *error) {
  struct deed_descriptor array;
  struct deed_reclaimed reclaimed;
  enum deed_status status = deed_shim_describe(h, &array, error);
  if (!status) status = deed_shim_match(&array, a, dtype, error);
  if (status) return status;
  if (a->base_addr) return deed_shim_refuse(error, DEED_EINVAL, "the variable is allocated already");
  status = deed_reclaim(h, DEED_ORIGIN_FORTRAN, deed_shim_deallocate(), &reclaimed, error);
  if (!status) deed_shim_write(a, reclaimed.data, &reclaimed.layout);
  return status;
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

static enum deed_status point(enum deed_dtype dtype, struct deed_array h, CFI_cdesc_t *p, deed_shim_any rights,
                              deed_shim_any order, struct deed_error *error) {
  struct deed_descriptor array;
  enum deed_status status = deed_shim_describe(h, &array, error);
  if (!status) status = deed_shim_match(&array, p, dtype, error);
  if (!status) status = accept(&array, rights, order, error);
  if (status) return status;
  deed_shim_settle_strides(&array.layout);
  status = deed_shim_addressable(&array.layout, error);
  if (!status) deed_shim_write(p, array.data, &array.layout);
  return status;
}

#define DEED_SHIM_ENTRIES(dtype, suffix)                                                                           \
  DEED_SHIM_PROCEDURE(                                                                                             \
      deed_fortran_take_##suffix, (CFI_cdesc_t * a, struct deed_array * h, DEED_SHIM_TAIL, deed_shim_any name),    \
      DEED_SHIM_VARIABLE("take", dtype, a->rank, name), take(dtype, a, h, name, DEED_SHIM_CALL, &error))           \
  DEED_SHIM_PROCEDURE(                                                                                             \
      deed_fortran_lend_##suffix,                                                                                  \
      (const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any rights, DEED_SHIM_TAIL, deed_shim_any name),      \
      DEED_SHIM_VARIABLE("lend", dtype, a->rank, name), lend(dtype, a, h, rights, name, DEED_SHIM_CALL, &error))   \
  DEED_SHIM_PROCEDURE(deed_fortran_lend_unsafe_##suffix,                                                           \
                      (const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any lower, deed_shim_any rights,      \
                       DEED_SHIM_TAIL, deed_shim_any name),                                                        \
                      DEED_SHIM_VARIABLE("lend_unsafe", dtype, a->rank, name),                                     \
                      lend_unsafe(dtype, a, h, lower, rights, name, DEED_SHIM_CALL, &error))                       \
  DEED_SHIM_PROCEDURE(deed_fortran_reclaim_##suffix, (const struct deed_array *h, CFI_cdesc_t *a, DEED_SHIM_TAIL), \
                      DEED_SHIM_VARIABLE("reclaim", dtype, a->rank, NULL), reclaim(dtype, *h, a, &error))          \
  DEED_SHIM_PROCEDURE(                                                                                             \
      deed_fortran_pointer_##suffix,                                                                               \
      (const struct deed_array *h, CFI_cdesc_t *p, deed_shim_any rights, DEED_SHIM_TAIL, deed_shim_any order),     \
      DEED_SHIM_VARIABLE("pointer", dtype, p->rank, NULL), point(dtype, *h, p, rights, order, &error))
DEED_SHIM_KINDS(DEED_SHIM_ENTRIES)
