/* SPDX-License-Identifier: BSD-3-Clause */
/* claim.c - records of claims. Up to INLINE_RANK dimensions are in the record itself. If there are more they are in
 * another record, and where the first would be is the number of that. */
#include "claim.h"

#include "hot.h"
#include "layout_survey.h"
#include "word_wait.h"

#define INLINE_RANK 3 /* a record is two cache lines */
#define DIMENSION_WORDS 3u

enum { BLOCK, DATA, ELEMENT_SIZE, FILE_NAME, LINE, KIND, DIMENSIONS };
enum { WIDE = DIMENSIONS, WORDS = DIMENSIONS + INLINE_RANK * DIMENSION_WORDS };
enum { FREE, LIVE, SEIZED };

static _Atomic uintptr_t chunks[DEED__POOL_CHUNKS];
static _Atomic uintptr_t wide_chunks[DEED__POOL_CHUNKS];
struct deed__pool deed__claims = DEED__POOL_INIT(WORDS, DEED__CLAIM_POOL, chunks);
static struct deed__pool wide_dimensions =
    DEED__POOL_INIT(DEED_MAX_RANK * DIMENSION_WORDS, DEED__WIDE_POOL, wide_chunks);

static struct deed__record *record_at(uint32_t index) {
  return deed__record_at(chunks, index, DEED__RECORD_SIZE_BYTES(WORDS));
}

static struct deed__record *record_of(struct deed_array array) { return record_at((uint32_t)array.bits); }

/* What the state of its record is while a claim lives and nobody has it seized. */
static uint64_t live_state(struct deed_array array) { return deed__state(deed__generation(array.bits), LIVE); }

/* The small fields in one word. */
static uint64_t kind_word(const struct deed__claim *claim) {
  return (uint64_t)claim->layout.dtype | (uint64_t)claim->layout.rank << 8 | (uint64_t)claim->role << 16 |
         (uint64_t)claim->rights << 24 | (uint64_t)claim->site.language << 32;
}

static void read_kind(uint64_t kind, struct deed__claim *claim) {
  claim->layout.dtype = (int32_t)(kind & 0xff);
  claim->layout.rank = (int32_t)(kind >> 8 & 0xf);
  claim->role = (enum deed_role)(kind >> 16 & 0xff);
  claim->rights = (uint32_t)(kind >> 24 & 0xff);
  claim->site.language = (enum deed_language)(kind >> 32 & 0xff);
}

/* To or from this record, beginning with this word. */
static void write_dimensions(struct deed__record *record, uint32_t word, const struct deed__claim *claim) {
  for (int32_t d = 0; d < claim->layout.rank; ++d, word += DIMENSION_WORDS) {
    deed__store_word(record, word, (uint64_t)claim->layout.dim[d].extent);
    deed__store_word(record, word + 1, (uint64_t)claim->layout.dim[d].stride_bytes);
    deed__store_word(record, word + 2, (uint64_t)claim->layout.dim[d].lower);
  }
}

static void read_dimensions(const struct deed__record *record, uint32_t word, struct deed__claim *claim) {
  for (int32_t d = 0; d < claim->layout.rank; ++d, word += DIMENSION_WORDS) {
    claim->layout.dim[d].extent = (int64_t)deed__load_word(record, word);
    claim->layout.dim[d].stride_bytes = (int64_t)deed__load_word(record, word + 1);
    claim->layout.dim[d].lower = (int64_t)deed__load_word(record, word + 2);
  }
}

DEED__APART static void write_wide(struct deed__record *record, const struct deed__claim *claim, uint32_t wide) {
  deed__store_word(record, WIDE, wide);
  write_dimensions(deed__pool_at(&wide_dimensions, wide), 0, claim);
}

DEED__APART static void read_wide(const struct deed__record *record, struct deed__claim *claim) {
  uint64_t wide = deed__load_word(record, WIDE);
  if (wide >= atomic_load_explicit(&wide_dimensions.count, memory_order_acquire)) return; /* of a later use */
  read_dimensions(deed__pool_at(&wide_dimensions, (uint32_t)wide), 0, claim);
}

static void write(struct deed__record *record, const struct deed__claim *claim, uint32_t wide) {
  deed__store_word(record, BLOCK, claim->block);
  deed__store_word(record, DATA, (uintptr_t)claim->data);
  deed__store_word(record, ELEMENT_SIZE, (uint64_t)claim->layout.element_size_bytes);
  deed__store_word(record, FILE_NAME, (uintptr_t)claim->site.file);
  deed__store_word(record, LINE, (uint64_t)claim->site.line);
  deed__store_word(record, KIND, kind_word(claim));
  if (claim->layout.rank > INLINE_RANK) {
    write_wide(record, claim, wide);
  } else {
    write_dimensions(record, DIMENSIONS, claim);
  }
}

/* All but the dimensions. */
static void read_head(const struct deed__record *record, struct deed__claim *claim) {
  claim->block = deed__load_word(record, BLOCK);
  claim->data = (void *)(uintptr_t)deed__load_word(record, DATA);
  claim->layout.element_size_bytes = (int64_t)deed__load_word(record, ELEMENT_SIZE);
  claim->site.file = (const char *)(uintptr_t)deed__load_word(record, FILE_NAME);
  claim->site.line = (int32_t)deed__load_word(record, LINE);
  read_kind(deed__load_word(record, KIND), claim);
}

/* The words may be those of a later use of the record: the caller looks at the state again. */
static void read(const struct deed__record *record, struct deed__claim *claim) {
  read_head(record, claim);
  if (claim->layout.rank > INLINE_RANK) {
    read_wide(record, claim);
  } else {
    read_dimensions(record, DIMENSIONS, claim);
  }
}

/* What such a handle is when the state of its record is not that of its live claim. */
static enum deed_status judge(struct deed_array array, uint64_t state) {
  uint32_t generation = deed__generation(array.bits);
  return generation == 0 || generation > deed__generation(state) ? DEED_EHANDLE : DEED_ESTALE;
}

/* The record behind a handle, whatever has become of it; false when there is none. */
static bool find(struct deed_array array, struct deed__record **record) {
  uint32_t index = (uint32_t)array.bits;
  if (index >= atomic_load_explicit(&deed__claims.count, memory_order_acquire)) return false;
  *record = record_at(index);
  return true;
}

/* Does this state say that the claim lives, seized or not? Generation 0 is nobody's. */
static bool lives(struct deed_array array, uint64_t state) { return state - live_state(array) <= SEIZED - LIVE; }

enum deed_status deed__claim_reserve(int32_t rank, struct deed__claim_record *record) {
  record->wide = DEED__NO_RECORD;
  record->index = deed__pool_take(&deed__claims);
  if (record->index == DEED__NO_RECORD) return deed__pool_is_full(&deed__claims) ? DEED_EFULL : DEED_ENOMEM;
  if (rank <= INLINE_RANK) return DEED_OK;
  record->wide = deed__pool_take(&wide_dimensions);
  if (record->wide != DEED__NO_RECORD) return DEED_OK;
  deed__pool_give(&deed__claims, record->index, 0);
  return DEED_ENOMEM;
}

void deed__claim_unreserve(const struct deed__claim_record *record) {
  if (record->wide != DEED__NO_RECORD) deed__pool_give(&wide_dimensions, record->wide, 0);
  deed__pool_give(&deed__claims, record->index, 0);
}

struct deed_array deed__claim_begin(const struct deed__claim_record *reserved, const struct deed__claim *claim) {
  struct deed__record *record = record_at(reserved->index);
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

/* A seized claim is read like any other: it does not change, and its end comes after the reading. */
enum deed_status deed__claim_read(struct deed_array array, struct deed__claim *claim) {
  struct deed__record *record;
  if (!find(array, &record)) return DEED_EHANDLE;
  uint64_t state = deed__load_state(record);
  if (!lives(array, state)) return judge(array, state);
  read(record, claim);
  state = deed__load_state(record);
  return lives(array, state) ? DEED_OK : judge(array, state);
}

bool deed__claim_is_live(struct deed_array array) {
  struct deed__record *record;
  return find(array, &record) && lives(array, deed__load_state(record));
}

enum deed_status deed__claim_try_seize(struct deed_array array, struct deed__claim *claim) {
  struct deed__record *record;
  if (!find(array, &record)) return DEED_EHANDLE;
  uint64_t state = live_state(array);
  if (!atomic_compare_exchange_strong_explicit(&record->state, &state, state - LIVE + SEIZED, memory_order_acq_rel,
                                               memory_order_acquire)) {
    return lives(array, state) ? DEED_EBUSY : judge(array, state);
  }
  read_head(record, claim);
  return DEED_OK;
}

DEED__APART void deed__claim_settle(struct deed_array array) {
  const struct deed__record *record = record_of(array);
  uint64_t seized = live_state(array) - LIVE + SEIZED;
  for (int round = 0; deed__load_state(record) == seized; ++round) deed__wait_round(round);
}

enum deed_status deed__claim_seize(struct deed_array array, struct deed__claim *claim) {
  enum deed_status status;
  while ((status = deed__claim_try_seize(array, claim)) == DEED_EBUSY) deed__claim_settle(array);
  return status;
}

static void set_use(struct deed_array array, uint32_t use) {
  atomic_store_explicit(&record_of(array)->state, deed__state(deed__generation(array.bits), use), memory_order_release);
}

void deed__claim_unseize(struct deed_array array) { set_use(array, LIVE); }

/* Records are given back when the claim has ended, because that may take a lock and because it may still be read
 * before. */
void deed__claim_end(struct deed_array array, int32_t rank) {
  uint32_t wide = rank > INLINE_RANK ? (uint32_t)deed__load_word(record_of(array), WIDE) : DEED__NO_RECORD;
  set_use(array, FREE);
  if (wide != DEED__NO_RECORD) deed__pool_give(&wide_dimensions, wide, 0);
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
