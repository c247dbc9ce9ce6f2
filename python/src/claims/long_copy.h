/* SPDX-License-Identifier: BSD-3-Clause */
/* long_copy.h - what moves many bytes: other threads run meanwhile, and a claim holds the memory that is read. All need
 * the GIL. */
#ifndef DEEDPY_LONG_COPY_H
#define DEEDPY_LONG_COPY_H

#include "base/module_state.h"

/* As deed_copy, and the copy is traced. */
enum deed_status deedpy_copy(struct deed_array array, enum deed_order order, enum deed_copy_reason reason,
                             const struct deed_site *site, struct deed_array *copy, struct deed_error *error);

/* As deed_alloc, and the array is traced. */
enum deed_status deedpy_alloc(const struct deed_layout *layout, int is_zeroed, const struct deed_site *site,
                              struct deed_array *array, struct deed_error *error);

/* As memcpy, of memory that the caller holds both of. */
void deedpy_copy_bytes(void *to, const void *from, size_t size_bytes);

#endif
