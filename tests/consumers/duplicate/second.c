/* SPDX-License-Identifier: BSD-3-Clause */
/* A plugin that has a core of its own linked into it. */
#include <deed/deed.h>

__attribute__((visibility("default"))) enum deed_status second_check(struct deed_error *error);
__attribute__((visibility("default"))) enum deed_status second_alloc(struct deed_error *error);

enum deed_status second_check(struct deed_error *error) { return deed_core_check(error); }

enum deed_status second_alloc(struct deed_error *error) {
  struct deed_layout layout;
  struct deed_array array;
  enum deed_status status = deed_layout_contiguous(DEED_REAL64, 0, 0, NULL, NULL, DEED_ORDER_C, &layout);
  return status == DEED_OK ? deed_alloc(&layout, 0, DEED_HERE, &array, error) : status;
}
