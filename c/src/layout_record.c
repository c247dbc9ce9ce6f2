/* SPDX-License-Identifier: BSD-3-Clause */
#include "layout_record.h"

/* The order of C descriptors, as in struct deed_dimension. */
enum { ELEMENT_SIZE, TYPE, DIMENSIONS };
enum { LOWER, EXTENT, STRIDE, DIMENSION_WORDS };

_Static_assert(DEED__LAYOUT_WORDS(1) == DIMENSIONS + DIMENSION_WORDS, "DEED__LAYOUT_WORDS");
_Static_assert(DEED_MAX_RANK < 16, "four bits of TYPE");

/* Most views have few dimensions: theirs are small records, of two cache lines. The upper half of the numbers are
 * records for any rank. */
#define SMALL_RANK 4
#define SMALL_WORDS DEED__LAYOUT_WORDS(SMALL_RANK)
#define WIDE_WORDS DEED__LAYOUT_WORDS(DEED_MAX_RANK)
#define FIRST_WIDE (UINT32_C(1) << 27)
_Static_assert(DEED__RECORD_SIZE_BYTES(SMALL_WORDS) == 128, "two cache lines");

static struct deed__pool small_layouts = DEED__POOL_INIT(SMALL_WORDS, DEED__LAYOUT_POOL, 0, FIRST_WIDE);
static struct deed__pool wide_layouts = DEED__POOL_INIT(WIDE_WORDS, DEED__WIDE_LAYOUT_POOL, FIRST_WIDE, 2 * FIRST_WIDE);

static bool is_small(uint32_t number) { return number - 1 < FIRST_WIDE; }

static struct deed__record *record_of(uint32_t number) {
  if (is_small(number)) return deed__record_at(&small_layouts, number - 1, DEED__RECORD_SIZE_BYTES(SMALL_WORDS));
  return deed__record_at(&wide_layouts, number - 1, DEED__RECORD_SIZE_BYTES(WIDE_WORDS));
}

static uint64_t type_word(const struct deed_layout *layout) {
  return (uint64_t)layout->rank | (uint64_t)layout->dtype << 8;
}

void deed__layout_store(struct deed__record *record, size_t first_word, const struct deed_layout *layout) {
  deed__store_word(record, first_word + ELEMENT_SIZE, (uint64_t)layout->element_size_bytes);
  deed__store_word(record, first_word + TYPE, type_word(layout));
  size_t word = first_word + DIMENSIONS;
  for (int32_t d = 0; d < layout->rank; ++d, word += DIMENSION_WORDS) {
    deed__store_word(record, word + LOWER, (uint64_t)layout->dim[d].lower);
    deed__store_word(record, word + EXTENT, (uint64_t)layout->dim[d].extent);
    deed__store_word(record, word + STRIDE, (uint64_t)layout->dim[d].stride_bytes);
  }
}

static uint64_t load(const _Atomic uint64_t *word) { return atomic_load_explicit(word, memory_order_acquire); }
static int32_t rank_of(uint64_t type) { return (int32_t)(type & 0xf); }
static int32_t dtype_of(uint64_t type) { return (int32_t)(type >> 8); }

bool deed__layout_is(const _Atomic uint64_t *words, enum deed_dtype dtype, int32_t rank) {
  uint64_t type = load(&words[TYPE]);
  return dtype_of(type) == (int32_t)dtype && rank_of(type) == rank;
}

int64_t deed__layout_element_size(const _Atomic uint64_t *words) { return (int64_t)load(&words[ELEMENT_SIZE]); }

struct deed_dimension deed__layout_dimension(const _Atomic uint64_t *words, int32_t d) {
  const _Atomic uint64_t *dim = &words[DIMENSIONS + d * DIMENSION_WORDS];
  return (struct deed_dimension){(int64_t)load(&dim[LOWER]), (int64_t)load(&dim[EXTENT]), (int64_t)load(&dim[STRIDE])};
}

void deed__layout_load(const _Atomic uint64_t *words, struct deed_layout *layout) {
  uint64_t type = load(&words[TYPE]);
  layout->element_size_bytes = deed__layout_element_size(words);
  layout->rank = rank_of(type);
  layout->dtype = dtype_of(type);
  for (int32_t d = 0; d < layout->rank; ++d) layout->dim[d] = deed__layout_dimension(words, d);
}

enum deed_status deed__layout_make(const struct deed_layout *layout, uint32_t *number) {
  struct deed__pool *pool = layout->rank <= SMALL_RANK ? &small_layouts : &wide_layouts;
  uint32_t index = deed__pool_take(pool);
  if (index == DEED__NO_RECORD) return deed__pool_is_full(pool) ? DEED_EFULL : DEED_ENOMEM;
  *number = index + 1;
  deed__layout_store(record_of(*number), 0, layout);
  return DEED_OK;
}

void deed__layout_give_back(uint32_t number) {
  deed__pool_give(is_small(number) ? &small_layouts : &wide_layouts, number - 1, 0);
}

const _Atomic uint64_t *deed__layout_words(uint32_t number) { return record_of(number)->words; }

void deed__layouts_lock(void) {
  deed__pool_lock(&small_layouts);
  deed__pool_lock(&wide_layouts);
}

void deed__layouts_unlock(void) {
  deed__pool_unlock(&wide_layouts);
  deed__pool_unlock(&small_layouts);
}
