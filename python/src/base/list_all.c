/* SPDX-License-Identifier: BSD-3-Clause */
/* list_all.c - all that the core lists: more may come while it is listed, so the room grows until it has held all. */
#include "base/list_all.h"

#include "base/numpy_api.h"

/* Room for those that come before the next try. */
#define MORE 8

enum deed_status deedpy_list_all(deedpy_list_fn list, const void *of, size_t item_bytes, void **items, int64_t *count) {
  int64_t capacity = 0;
  *items = NULL;
  enum deed_status status = list(of, NULL, 0, count);
  while (status == DEED_OK && (!*items || *count > capacity)) {
    capacity = *count + MORE;
    PyMem_RawFree(*items);
    *items = PyMem_RawMalloc((size_t)capacity * item_bytes);
    status = *items ? list(of, *items, capacity, count) : DEED_ENOMEM;
  }
  if (status == DEED_OK) return DEED_OK;
  PyMem_RawFree(*items);
  *items = NULL;
  return status;
}
