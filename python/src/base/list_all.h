/* SPDX-License-Identifier: BSD-3-Clause */
/* list_all.h - all that the core lists, however much there is by then. Any thread, with or without the GIL. */
#ifndef DEEDPY_LIST_ALL_H
#define DEEDPY_LIST_ALL_H

#include <stddef.h>

#include <deed/deed.h>

/* A listing of the core: fill up to capacity items, and count all there are. of: what is listed. */
typedef enum deed_status (*deedpy_list_fn)(const void *of, void *items, int64_t capacity, int64_t *count);

/* List until there was room for all. items [fills, returns owned]: to be freed with PyMem_RawFree; never NULL. count
 * [fills]. DEED_ENOMEM and the errors of list; then nothing is owned. */
enum deed_status deedpy_list_all(deedpy_list_fn list, const void *of, size_t item_bytes, void **items, int64_t *count);

#endif
