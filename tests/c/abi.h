/* SPDX-License-Identifier: BSD-3-Clause */
/* abi.h - the layout of the public structs and the numbers of the public enumerations for ABI version 1. A failing
 * assertion means that programs that were built before would misread them. One exception: a struct that grows (deed.h)
 * gets new lines at its end, and its new size. Compiled as C and as C++. */
#ifndef DEED_TEST_ABI_H
#define DEED_TEST_ABI_H

#include <stddef.h>

#include "deed/deed.h"

#ifdef __cplusplus
#define FROZEN(condition) static_assert(condition, #condition)
#else
#define FROZEN(condition) _Static_assert(condition, #condition)
#endif

FROZEN(DEED_ABI_VERSION == 1);
FROZEN(offsetof(struct deed_array, bits) == 0);
FROZEN(sizeof(struct deed_array) == 8);

FROZEN(offsetof(struct deed_site, language) == 0);
FROZEN(offsetof(struct deed_site, line) == 4);
FROZEN(offsetof(struct deed_site, file) == 8);
FROZEN(sizeof(struct deed_site) == 16);

FROZEN(offsetof(struct deed_dimension, lower) == 0);
FROZEN(offsetof(struct deed_dimension, extent) == 8);
FROZEN(offsetof(struct deed_dimension, stride_bytes) == 16);
FROZEN(sizeof(struct deed_dimension) == 24);

FROZEN(offsetof(struct deed_layout, dtype) == 0);
FROZEN(offsetof(struct deed_layout, rank) == 4);
FROZEN(offsetof(struct deed_layout, element_size_bytes) == 8);
FROZEN(offsetof(struct deed_layout, dim) == 16);
FROZEN(sizeof(struct deed_layout) == 376);

FROZEN(offsetof(struct deed_range, first) == 0);
FROZEN(offsetof(struct deed_range, last) == 8);
FROZEN(offsetof(struct deed_range, step) == 16);
FROZEN(sizeof(struct deed_range) == 24);

FROZEN(offsetof(struct deed_descriptor, abi_version) == 0);
FROZEN(offsetof(struct deed_descriptor, size_bytes) == 4);
FROZEN(offsetof(struct deed_descriptor, data) == 8);
FROZEN(offsetof(struct deed_descriptor, layout) == 16);
FROZEN(offsetof(struct deed_descriptor, origin) == 392);
FROZEN(offsetof(struct deed_descriptor, owner) == 393);
FROZEN(offsetof(struct deed_descriptor, role) == 394);
FROZEN(offsetof(struct deed_descriptor, rights) == 395);
FROZEN(offsetof(struct deed_descriptor, language) == 396);
FROZEN(offsetof(struct deed_descriptor, copy_reason) == 397);
FROZEN(offsetof(struct deed_descriptor, published) == 398);
FROZEN(offsetof(struct deed_descriptor, reserved) == 399);
FROZEN(offsetof(struct deed_descriptor, block_data) == 400);
FROZEN(offsetof(struct deed_descriptor, block_size_bytes) == 408);
FROZEN(offsetof(struct deed_descriptor, claim_count) == 416);
FROZEN(offsetof(struct deed_descriptor, device_type) == 424);
FROZEN(offsetof(struct deed_descriptor, device_id) == 428);
FROZEN(offsetof(struct deed_descriptor, device_sync) == 432);
FROZEN(sizeof(struct deed_descriptor) == 440);

FROZEN(offsetof(struct deed_memory, data) == 0);
FROZEN(offsetof(struct deed_memory, origin) == 8);
FROZEN(offsetof(struct deed_memory, rights) == 12);
FROZEN(offsetof(struct deed_memory, release) == 16);
FROZEN(offsetof(struct deed_memory, context) == 24);
FROZEN(sizeof(struct deed_memory) == 32);

FROZEN(offsetof(struct deed_reclaimed, data) == 0);
FROZEN(offsetof(struct deed_reclaimed, release) == 8);
FROZEN(offsetof(struct deed_reclaimed, context) == 16);
FROZEN(offsetof(struct deed_reclaimed, layout) == 24);
FROZEN(sizeof(struct deed_reclaimed) == 400);

FROZEN(offsetof(struct deed_holder, language) == 0);
FROZEN(offsetof(struct deed_holder, role) == 4);
FROZEN(offsetof(struct deed_holder, rights) == 5);
FROZEN(offsetof(struct deed_holder, line) == 8);
FROZEN(offsetof(struct deed_holder, file) == 16);
FROZEN(offsetof(struct deed_holder, reserved) == 24);
FROZEN(sizeof(struct deed_holder) == 48);

FROZEN(offsetof(struct deed_error, status) == 0);
FROZEN(offsetof(struct deed_error, holder_count) == 4);
FROZEN(offsetof(struct deed_error, holders) == 8);
FROZEN(offsetof(struct deed_error, message) == 392);
FROZEN(sizeof(struct deed_error) == 904);

FROZEN(offsetof(struct deed_weak, block) == 0);
FROZEN(offsetof(struct deed_weak, data) == 8);
FROZEN(offsetof(struct deed_weak, rights) == 16);
FROZEN(offsetof(struct deed_weak, reserved) == 20);
FROZEN(offsetof(struct deed_weak, layout) == 24);
FROZEN(sizeof(struct deed_weak) == 400);

FROZEN(offsetof(struct deed_name, name) == 0);
FROZEN(sizeof(struct deed_name) == 128);

FROZEN(offsetof(struct deed_counts, live_blocks) == 0);
FROZEN(offsetof(struct deed_counts, live_claims) == 8);
FROZEN(offsetof(struct deed_counts, live_bytes) == 16);
FROZEN(offsetof(struct deed_counts, blocks_made) == 24);
FROZEN(offsetof(struct deed_counts, blocks_ended) == 32);
FROZEN(offsetof(struct deed_counts, copies) == 40);
FROZEN(offsetof(struct deed_counts, abandoned) == 48);
FROZEN(sizeof(struct deed_counts) == 56);

FROZEN(offsetof(struct deed_ledger_entry, data) == 0);
FROZEN(offsetof(struct deed_ledger_entry, size_bytes) == 8);
FROZEN(offsetof(struct deed_ledger_entry, claim_count) == 16);
FROZEN(offsetof(struct deed_ledger_entry, origin) == 24);
FROZEN(offsetof(struct deed_ledger_entry, owner) == 25);
FROZEN(offsetof(struct deed_ledger_entry, copy_reason) == 26);
FROZEN(offsetof(struct deed_ledger_entry, published) == 27);
FROZEN(offsetof(struct deed_ledger_entry, holder) == 32);
FROZEN(offsetof(struct deed_ledger_entry, name) == 80);
FROZEN(sizeof(struct deed_ledger_entry) == 208);

/* Where a struct has the enumeration itself, and not a number of fixed width. */
FROZEN(sizeof(enum deed_status) == 4 && sizeof(enum deed_language) == 4 && sizeof(enum deed_origin) == 4);
FROZEN(DEED_OK == 0 && DEED_EUNSUPPORTED == 22 && DEED_EDEVICE == 23);
FROZEN(DEED_INT8 == 1 && DEED_REAL64 == 12 && DEED_OPAQUE == 25);
FROZEN(DEED_ORIGIN_MALLOC == 1 && DEED_ORIGIN_LENT == 7 && DEED_ORIGIN_STATIC == 8);
FROZEN(DEED_LANGUAGE_C == 1 && DEED_LANGUAGE_PYTHON == 4);
FROZEN(DEED_ROLE_TITLE == 1 && DEED_ROLE_SHARE == 2);
FROZEN(DEED_READ == 1 && DEED_WRITE == 2 && DEED_MAX_RANK == 15);

#endif
