/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_kinds.c - the verbs that touch a Fortran variable: one function per verb, one entry per verb and kind. */
#include "shim_kinds.h"

#include "shim_descriptor.h"

static enum deed_status take(enum deed_dtype dtype, CFI_cdesc_t *a, struct deed_array *h, deed_shim_any name,
                             const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  struct deed_array made;
  struct deed_shim_site storage;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status) status = deed_shim_read(dtype, a, &layout, error);
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

static enum deed_status lend_unsafe(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h,
                                    deed_shim_any lower, deed_shim_any rights, deed_shim_any name,
                                    const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status) status = deed_shim_read_bounded(dtype, a, lower, &layout, error);
  return status ? status : deed_shim_lend(a, &layout, rights, name, call, h, error);
}

static enum deed_status reclaim(enum deed_dtype dtype, struct deed_array h, CFI_cdesc_t *a, struct deed_error *error) {
  struct deed_descriptor array;
  struct deed_reclaimed reclaimed;
  enum deed_status status = deed_shim_describe(h, &array, error);
  if (!status) status = deed_shim_match(&array, dtype, a, error);
  if (status) return status;
  if (a->base_addr) return deed_shim_refuse(error, DEED_EINVAL, "the variable is allocated already");
  status = deed_reclaim(h, DEED_ORIGIN_FORTRAN, deed_shim_deallocate(), &reclaimed, error);
  if (!status) deed_shim_write(a, reclaimed.data, &reclaimed.layout);
  return status;
}

/* One procedure per verb, for all kinds. */
#define DEED_SHIM_OF_KIND(name_, parameters, subject, ...) \
  static void name_ parameters;                            \
  DEED_SHIM_PROCEDURE(name_, parameters, subject, __VA_ARGS__)

DEED_SHIM_OF_KIND(take_of,
                  (enum deed_dtype dtype, CFI_cdesc_t *a, struct deed_array *h, DEED_SHIM_TAIL, deed_shim_any name),
                  DEED_SHIM_VARIABLE("take", dtype, a->rank, name), take(dtype, a, h, name, DEED_SHIM_CALL, &error))

DEED_SHIM_OF_KIND(lend_unsafe_of,
                  (enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any lower,
                   deed_shim_any rights, DEED_SHIM_TAIL, deed_shim_any name),
                  DEED_SHIM_VARIABLE("lend_unsafe", dtype, a->rank, name),
                  lend_unsafe(dtype, a, h, lower, rights, name, DEED_SHIM_CALL, &error))

DEED_SHIM_OF_KIND(reclaim_of, (enum deed_dtype dtype, const struct deed_array *h, CFI_cdesc_t *a, DEED_SHIM_TAIL),
                  DEED_SHIM_VARIABLE("reclaim", dtype, a->rank, NULL), reclaim(dtype, *h, a, &error))

/* Calls without optional arguments, as most are. */
static void plain_lend_of(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h) {
  if (!deed_shim_lends(dtype, a, h)) deed_shim_lend_of(dtype, a, h, NULL, DEED_SHIM_TAIL_ABSENT, NULL);
}

static void plain_pointer_of(enum deed_dtype dtype, const struct deed_array *h, CFI_cdesc_t *p) {
  if (!deed_shim_points(dtype, h, p)) deed_shim_pointer_of(dtype, h, p, NULL, DEED_SHIM_TAIL_ABSENT, NULL);
}

/* One entry per verb and kind. */
#define DEED_SHIM_ENTRY(name_, parameters, ...) \
  void deed_fortran_##name_ parameters;         \
  void deed_fortran_##name_ parameters { __VA_ARGS__; }

#define DEED_SHIM_ENTRIES(dtype, suffix)                                                                           \
  DEED_SHIM_ENTRY(take_##suffix, (CFI_cdesc_t * a, struct deed_array * h, DEED_SHIM_TAIL, deed_shim_any name),     \
                  take_of(dtype, a, h, DEED_SHIM_TAIL_PASSED, name))                                               \
  DEED_SHIM_ENTRY(                                                                                                 \
      lend_##suffix,                                                                                               \
      (const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any rights, DEED_SHIM_TAIL, deed_shim_any name),      \
      rights || name || DEED_SHIM_TAIL_GIVEN ? deed_shim_lend_of(dtype, a, h, rights, DEED_SHIM_TAIL_PASSED, name) \
                                             : plain_lend_of(dtype, a, h))                                         \
  DEED_SHIM_ENTRY(lend_unsafe_##suffix,                                                                            \
                  (const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any lower, deed_shim_any rights,          \
                   DEED_SHIM_TAIL, deed_shim_any name),                                                            \
                  lend_unsafe_of(dtype, a, h, lower, rights, DEED_SHIM_TAIL_PASSED, name))                         \
  DEED_SHIM_ENTRY(reclaim_##suffix, (const struct deed_array *h, CFI_cdesc_t *a, DEED_SHIM_TAIL),                  \
                  reclaim_of(dtype, h, a, DEED_SHIM_TAIL_PASSED))                                                  \
  DEED_SHIM_ENTRY(                                                                                                 \
      pointer_##suffix,                                                                                            \
      (const struct deed_array *h, CFI_cdesc_t *p, deed_shim_any rights, DEED_SHIM_TAIL, deed_shim_any order),     \
      rights || order || DEED_SHIM_TAIL_GIVEN                                                                      \
          ? deed_shim_pointer_of(dtype, h, p, rights, DEED_SHIM_TAIL_PASSED, order)                                \
          : plain_pointer_of(dtype, h, p))
DEED_SHIM_KINDS(DEED_SHIM_ENTRIES)
