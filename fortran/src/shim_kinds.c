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

static enum deed_status take(enum deed_dtype dtype, CFI_cdesc_t *a, struct deed_array *h,
                             const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  struct deed_shim_site storage;
  enum deed_status status = deed_shim_vacant(*h, "take", error);
  if (!status) status = deed_shim_read(a, dtype, "take", &layout, error);
  if (status) return status;
  const struct deed_memory memory = {a->base_addr, DEED_ORIGIN_FORTRAN, DEED_READ | DEED_WRITE, deed_shim_deallocate,
                                     NULL};
  status = deed_adopt(&memory, &layout, deed_shim_site(call, &storage), h, error);
  if (!status) a->base_addr = NULL;
  return status;
}

static enum deed_status lend(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h, const int *rights,
                             const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  struct deed_shim_site storage;
  enum deed_status status = deed_shim_vacant(*h, "lend", error);
  if (!status) status = deed_shim_read(a, dtype, "lend", &layout, error);
  if (status) return status;
  return deed_lend(a->base_addr, rights ? (uint32_t)*rights : DEED_READ | DEED_WRITE, &layout,
                   deed_shim_site(call, &storage), h, error);
}

static enum deed_status describe(struct deed_array h, const char *verb, struct deed_descriptor *array,
                                 struct deed_error *error) {
  enum deed_status status = deed_describe(h, array, sizeof *array);
  return status ? deed_shim_refuse(error, status, verb, "no such array") : DEED_OK;
}

static enum deed_status reclaim(enum deed_dtype dtype, struct deed_array h, CFI_cdesc_t *a, struct deed_error *error) {
  struct deed_descriptor array;
  struct deed_reclaimed reclaimed;
  enum deed_status status = describe(h, "reclaim", &array, error);
  if (!status) status = deed_shim_match(&array, a, dtype, "reclaim", error);
  if (status) return status;
  if (a->base_addr) return deed_shim_refuse(error, DEED_EINVAL, "reclaim", "the variable is allocated already");
  status = deed_reclaim(h, DEED_ORIGIN_FORTRAN, deed_shim_deallocate, &reclaimed, error);
  if (!status) deed_shim_write(a, reclaimed.data, &reclaimed.layout);
  return status;
}

static enum deed_status point(enum deed_dtype dtype, struct deed_array h, CFI_cdesc_t *p, const int *rights,
                              struct deed_error *error) {
  struct deed_descriptor array;
  uint32_t wanted = rights ? (uint32_t)*rights : DEED_READ | DEED_WRITE;
  enum deed_status status = describe(h, "pointer", &array, error);
  if (!status) status = deed_shim_match(&array, p, dtype, "pointer", error);
  if (!status) status = deed_shim_addressable(&array.layout, error);
  if (status) return status;
  if (wanted == 0 || wanted & ~(DEED_READ | DEED_WRITE))
    return deed_shim_refuse(error, DEED_EINVAL, "pointer", "rights are neither read nor write");
  if (wanted & ~(uint32_t)array.rights)
    return deed_shim_refuse(error, DEED_ERIGHTS, "pointer", "the array may not be written; ask for rights=deed_read");
  deed_shim_write(p, array.data, &array.layout);
  return DEED_OK;
}

#define DEED_SHIM_ENTRIES(dtype, suffix)                                                                           \
  DEED_SHIM_PROCEDURE(deed_fortran_take_##suffix, (CFI_cdesc_t * a, struct deed_array * h, DEED_SHIM_TAIL),        \
                      take(dtype, a, h, DEED_SHIM_CALL, &error))                                                   \
  DEED_SHIM_PROCEDURE(deed_fortran_lend_##suffix,                                                                  \
                      (const CFI_cdesc_t *a, struct deed_array *h, const int *rights, DEED_SHIM_TAIL),             \
                      lend(dtype, a, h, rights, DEED_SHIM_CALL, &error))                                           \
  DEED_SHIM_PROCEDURE(deed_fortran_reclaim_##suffix, (const struct deed_array *h, CFI_cdesc_t *a, DEED_SHIM_TAIL), \
                      reclaim(dtype, *h, a, &error))                                                               \
  DEED_SHIM_PROCEDURE(deed_fortran_pointer_##suffix,                                                               \
                      (const struct deed_array *h, CFI_cdesc_t *p, const int *rights, DEED_SHIM_TAIL),             \
                      point(dtype, *h, p, rights, &error))
DEED_SHIM_KINDS(DEED_SHIM_ENTRIES)
