/* SPDX-License-Identifier: BSD-3-Clause */
/* layout_record.h - layouts in the words of records. A block's record has room for one of few dimensions; those of
 * more, and those of views, have records of their own, which a block or a claim owns. */
#ifndef DEED_LAYOUT_RECORD_H
#define DEED_LAYOUT_RECORD_H

#include "deed/layout.h"
#include "pool.h"

/* Of a layout of this rank. */
#define DEED__LAYOUT_WORDS(rank) (2 + 3 * (rank))

/* Store a layout in a record, from this word on. */
void deed__layout_store(struct deed__record *record, size_t first_word, const struct deed_layout *layout);

/* Load the layout that is stored in these words. What is loaded from a record that has a new owner by now is of no use,
 * but has at most the rank that the record has room for. */
void deed__layout_load(const _Atomic uint64_t *words, struct deed_layout *layout);

/* Parts of a layout that is stored in these words, which have room for two dimensions at least. */
bool deed__layout_is(const _Atomic uint64_t *words, enum deed_dtype dtype, int32_t rank);
int64_t deed__layout_element_size(const _Atomic uint64_t *words);
struct deed_dimension deed__layout_dimension(const _Atomic uint64_t *words, int32_t d);

/* The numbers of layout records begin with 1: 0 is none. */

/* A record with this layout. number [fills]. Errors: DEED_ENOMEM, DEED_EFULL. */
enum deed_status deed__layout_make(const struct deed_layout *layout, uint32_t *number);
void deed__layout_give_back(uint32_t number);

/* Where the layout of a record is stored. */
const _Atomic uint64_t *deed__layout_words(uint32_t number);

/* Held while the process forks. */
void deed__layouts_lock(void);
void deed__layouts_unlock(void);

#endif
