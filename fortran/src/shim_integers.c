/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_integers.c - integer arguments of any kind: what the default kind is depends on the flags of the caller. */
#include <stdio.h>

#include "shim.h"

static int is_integer_type(int type) {
  return type == CFI_type_int32_t || type == CFI_type_int64_t || type == CFI_type_int || type == CFI_type_long ||
         type == CFI_type_long_long || type == CFI_type_int8_t || type == CFI_type_int16_t ||
         type == CFI_type_signed_char || type == CFI_type_short;
}

int deed_shim_is_integer(deed_shim_any given) { return given->rank == 0 && is_integer_type(given->type); }

static int64_t integer_at(const void *address, size_t size_bytes) {
  switch (size_bytes) {
    case 1: return *(const int8_t *)address;
    case 2: return *(const int16_t *)address;
    case 4: return *(const int32_t *)address;
    default: return *(const int64_t *)address;
  }
}

void deed_shim_set_integer(deed_shim_any variable, int value) {
  switch (variable->elem_len) {
    case 1: *(int8_t *)variable->base_addr = (int8_t)value; break;
    case 2: *(int16_t *)variable->base_addr = (int16_t)value; break;
    case 4: *(int32_t *)variable->base_addr = value; break;
    default: *(int64_t *)variable->base_addr = value;
  }
}

static enum deed_status refuse(const char *what, const char *why, enum deed_status status, struct deed_error *error) {
  char text[96];
  snprintf(text, sizeof text, "%s %s", what, why);
  return deed_shim_refuse(error, status, text);
}

enum deed_status deed_shim_integer64(deed_shim_any given, const char *what, int64_t absent, int64_t *value,
                                     struct deed_error *error) {
  *value = absent;
  if (!deed_shim_given(given)) return DEED_OK;
  if (!deed_shim_is_integer(given)) return refuse(what, "must be a scalar integer", DEED_EINVAL, error);
  *value = integer_at(given->base_addr, given->elem_len);
  return DEED_OK;
}

enum deed_status deed_shim_read_integer(deed_shim_any given, const char *what, int *value, struct deed_error *error) {
  int64_t wide;
  enum deed_status status = deed_shim_integer64(given, what, 0, &wide, error);
  *value = (int)wide;
  if (!status && wide != *value) status = refuse(what, "is out of range", DEED_EINVAL, error);
  return status;
}

enum deed_status deed_shim_integers(deed_shim_any list, const char *what, int64_t *values, int32_t *count,
                                    struct deed_error *error) {
  if (!deed_shim_given(list)) return refuse(what, "is not allocated", DEED_EINVAL, error);
  if (list->rank != 1 || !is_integer_type(list->type))
    return refuse(what, "must be a list of integers", DEED_EINVAL, error);
  CFI_index_t given = list->dim[0].extent;
  if (given > DEED_MAX_RANK) return refuse(what, "has more than 15 dimensions", DEED_ERANK, error);
  for (CFI_index_t i = 0; i < given; ++i)
    values[i] = integer_at((const char *)list->base_addr + i * list->dim[0].sm, list->elem_len);
  *count = (int32_t)given;
  return DEED_OK;
}
