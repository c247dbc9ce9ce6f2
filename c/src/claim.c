/* SPDX-License-Identifier: BSD-3-Clause */
/* claim.c - records of claims. Up to INLINE_RANK dimensions are stored in the record itself, more in a second record.
 */
#include "claim.h"

#include <sched.h>

#define INLINE_RANK 3 /* a record is two cache lines */
#define WORDS_PER_DIMENSION 3

enum { BLOCK, DATA, ELEMENT_SIZE, FILE_NAME, LINE_AND_WIDE, KIND, DIMENSIONS };
enum { FREE, LIVE, SEIZED };

struct deed__pool deed__claims = DEED__POOL_INIT(DIMENSIONS + INLINE_RANK * WORDS_PER_DIMENSION, DEED__CLAIM_POOL);
static struct deed__pool wide_dimensions = DEED__POOL_INIT(DEED_MAX_RANK * WORDS_PER_DIMENSION, DEED__WIDE_POOL);

/* The small fields in one word, eight bits each. */
static uint64_t kind_word(const struct deed__claim *claim) {
  return (uint64_t)claim->layout.dtype | (uint64_t)claim->layout.rank << 8 | (uint64_t)claim->role << 16 |
         (uint64_t)claim->rights << 24 | (uint64_t)claim->site.language << 32;
}

static void read_kind(uint64_t word, struct deed__claim *claim) {
  claim->layout.dtype = (int32_t)(word & 0xff);
  claim->layout.rank = (int32_t)(word >> 8 & 0xf);
  claim->role = (enum deed_role)(word >> 16 & 0xff);
  claim->rights = (uint32_t)(word >> 24 & 0xff);
  claim->site.language = (enum deed_language)(word >> 32 & 0xff);
}

static void write_dimensions(struct deed__record *record, uint32_t word, const struct deed_layout *layout) {
  for (int32_t d = 0; d < layout->rank; ++d, word += WORDS_PER_DIMENSION) {
    deed__store_word(record, word, (uint64_t)layout->shape[d]);
    deed__store_word(record, word + 1, (uint64_t)layout->stride_bytes[d]);
    deed__store_word(record, word + 2, (uint64_t)layout->lower[d]);
  }
}

static void read_dimensions(const struct deed__record *record, uint32_t word, struct deed_layout *layout) {
  for (int32_t d = 0; d < layout->rank; ++d, word += WORDS_PER_DIMENSION) {
    layout->shape[d] = (int64_t)deed__load_word(record, word);
    layout->stride_bytes[d] = (int64_t)deed__load_word(record, word + 1);
    layout->lower[d] = (int64_t)deed__load_word(record, word + 2);
  }
}

static void write(struct deed__record *record, const struct deed__claim *claim, uint32_t wide) {
  deed__store_word(record, BLOCK, claim->block);
  deed__store_word(record, DATA, (uintptr_t)claim->data);
  deed__store_word(record, ELEMENT_SIZE, (uint64_t)claim->layout.element_size_bytes);
  deed__store_word(record, FILE_NAME, (uintptr_t)claim->site.file);
  deed__store_word(record, LINE_AND_WIDE, (uint64_t)(uint32_t)claim->site.line | (uint64_t)wide << 32);
  deed__store_word(record, KIND, kind_word(claim));
  if (claim->layout.rank <= INLINE_RANK) {
    write_dimensions(record, DIMENSIONS, &claim->layout);
  } else {
    write_dimensions(deed__pool_at(&wide_dimensions, wide), 0, &claim->layout);
  }
}

/* All but the dimensions. */
static void read_head(const struct deed__record *record, struct deed__claim *claim) {
  claim->block = deed__load_word(record, BLOCK);
  claim->data = (void *)(uintptr_t)deed__load_word(record, DATA);
  claim->layout.element_size_bytes = (int64_t)deed__load_word(record, ELEMENT_SIZE);
  claim->site.file = (const char *)(uintptr_t)deed__load_word(record, FILE_NAME);
  claim->site.line = (int32_t)(uint32_t)deed__load_word(record, LINE_AND_WIDE);
  read_kind(deed__load_word(record, KIND), claim);
}

/* The words may be those of a later use of the record: the caller looks at the state again. Every index in them is in
 * range of its pool even then. */
static void read(const struct deed__record *record, struct deed__claim *claim) {
  read_head(record, claim);
  uint32_t wide = (uint32_t)(deed__load_word(record, LINE_AND_WIDE) >> 32);
  if (claim->layout.rank <= INLINE_RANK) {
    read_dimensions(record, DIMENSIONS, &claim->layout);
  } else if (wide < atomic_load_explicit(&wide_dimensions.count, memory_order_acquire)) {
    read_dimensions(deed__pool_at(&wide_dimensions, wide), 0, &claim->layout);
  }
}

static enum deed_status find(struct deed_array array, struct deed__record **record) {
  uint32_t index = (uint32_t)array.bits;
  uint32_t generation = deed__generation(array.bits);
  if (generation == 0 || index >= atomic_load_explicit(&deed__claims.count, memory_order_acquire)) return DEED_EHANDLE;
  *record = deed__pool_at(&deed__claims, index);
  return DEED_OK;
}

static enum deed_status judge(struct deed_array array, uint64_t state) {
  if (deed__generation(array.bits) > deed__generation(state)) return DEED_EHANDLE;
  if (deed__generation(array.bits) < deed__generation(state) || deed__use(state) == FREE) return DEED_ESTALE;
  return DEED_OK;
}

/* The state of the record once nobody has it seized. A seizure lasts for some dozens of instructions. */
static uint64_t settled_state(const struct deed__record *record) {
  uint64_t state = deed__load_state(record);
  for (int spins = 0; deed__use(state) == SEIZED; ++spins) {
    if (spins > 100) sched_yield();
    state = deed__load_state(record);
  }
  return state;
}

enum deed_status deed__claim_reserve(int32_t rank, struct deed__claim_record *record) {
  *record = (struct deed__claim_record){.is_wide = rank > INLINE_RANK};
  record->index = deed__pool_take(&deed__claims);
  if (record->index == DEED__NO_RECORD) return deed__pool_is_full(&deed__claims) ? DEED_EFULL : DEED_ENOMEM;
  if (!record->is_wide) return DEED_OK;
  record->wide = deed__pool_take(&wide_dimensions);
  if (record->wide != DEED__NO_RECORD) return DEED_OK;
  deed__pool_give(&deed__claims, record->index, 0);
  return DEED_ENOMEM;
}

void deed__claim_unreserve(const struct deed__claim_record *record) {
  if (record->is_wide) deed__pool_give(&wide_dimensions, record->wide, 0);
  deed__pool_give(&deed__claims, record->index, 0);
}

struct deed_array deed__claim_begin(const struct deed__claim_record *reserved, const struct deed__claim *claim) {
  struct deed__record *record = deed__pool_at(&deed__claims, reserved->index);
  uint32_t generation = deed__generation(deed__load_state(record)) + 1;
  write(record, claim, reserved->wide);
  atomic_store_explicit(&record->state, deed__state(generation, LIVE), memory_order_release);
  return (struct deed_array){.bits = deed__state(generation, reserved->index)};
}

enum deed_status deed__claim_make(const struct deed__claim *claim, struct deed_array *array) {
  struct deed__claim_record record;
  enum deed_status status = deed__claim_reserve(claim->layout.rank, &record);
  if (status == DEED_OK) *array = deed__claim_begin(&record, claim);
  return status;
}

enum deed_status deed__claim_read(struct deed_array array, struct deed__claim *claim) {
  struct deed__record *record;
  enum deed_status status = find(array, &record);
  while (status == DEED_OK) {
    uint64_t state = settled_state(record);
    status = judge(array, state);
    if (status != DEED_OK) break;
    read(record, claim);
    if (deed__load_state(record) == state) break;
  }
  return status;
}

bool deed__claim_is_live(struct deed_array array) {
  struct deed__record *record;
  return find(array, &record) == DEED_OK && judge(array, settled_state(record)) == DEED_OK;
}

enum deed_status deed__claim_seize(struct deed_array array, struct deed__claim *claim) {
  struct deed__record *record;
  enum deed_status status = find(array, &record);
  if (status != DEED_OK) return status;
  uint64_t state;
  do {
    state = settled_state(record);
    status = judge(array, state);
    if (status != DEED_OK) return status;
  } while (!atomic_compare_exchange_weak_explicit(&record->state, &state, deed__state(deed__generation(state), SEIZED),
                                                  memory_order_acq_rel, memory_order_acquire));
  read_head(record, claim);
  return DEED_OK;
}

static void set_use(struct deed_array array, uint32_t use) {
  struct deed__record *record = deed__pool_at(&deed__claims, (uint32_t)array.bits);
  atomic_store_explicit(&record->state, deed__state(deed__generation(array.bits), use), memory_order_release);
}

void deed__claim_unseize(struct deed_array array) { set_use(array, LIVE); }

void deed__claim_end(struct deed_array array) {
  const struct deed__record *record = deed__pool_at(&deed__claims, (uint32_t)array.bits);
  uint32_t wide = (uint32_t)(deed__load_word(record, LINE_AND_WIDE) >> 32);
  uint32_t rank = (uint32_t)(deed__load_word(record, KIND) >> 8 & 0xf);
  set_use(array, FREE);
  if (rank > INLINE_RANK) deed__pool_give(&wide_dimensions, wide, 0);
  deed__pool_give(&deed__claims, (uint32_t)array.bits, deed__generation(array.bits));
}

bool deed__claim_at(uint32_t index, struct deed_array *array, struct deed__claim *claim) {
  uint64_t state = deed__load_state(deed__pool_at(&deed__claims, index));
  array->bits = deed__state(deed__generation(state), index);
  return deed__use(state) != FREE && deed__claim_read(*array, claim) == DEED_OK;
}

void deed__claims_lock(void) {
  deed__pool_lock(&deed__claims);
  deed__pool_lock(&wide_dimensions);
}

void deed__claims_unlock(void) {
  deed__pool_unlock(&wide_dimensions);
  deed__pool_unlock(&deed__claims);
}

void deed__claims_unseize_all(void) {
  uint32_t count = atomic_load_explicit(&deed__claims.count, memory_order_acquire);
  for (uint32_t index = 0; index < count; ++index) {
    uint64_t state = deed__load_state(deed__pool_at(&deed__claims, index));
    if (deed__use(state) == SEIZED)
      deed__claim_unseize((struct deed_array){deed__state(deed__generation(state), index)});
  }
}
