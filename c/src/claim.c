/* SPDX-License-Identifier: BSD-3-Clause */
/* claim.c - records of claims, of one cache line each. */
#include "claim.h"

#include "compiler.h"
#include "layout_record.h"
#include "word_wait.h"

enum { DATA, BLOCK, LAYOUT, FILE_NAME, KIND, WORDS };
enum { FREE, LIVE, SEIZED };
_Static_assert(DEED__RECORD_SIZE_BYTES(WORDS) == 64, "one cache line");

struct deed__pool deed__claims = DEED__POOL_INIT(WORDS, DEED__CLAIM_POOL, 0, UINT32_C(1) << 28);

static struct deed__record *record_at(uint32_t index) {
  return deed__record_at(&deed__claims, index, DEED__RECORD_SIZE_BYTES(WORDS));
}

static struct deed__record *record_of(struct deed_array array) { return record_at((uint32_t)array.bits); }

/* What the state of its record is while a claim lives and nobody has it seized. */
static uint64_t live_state(struct deed_array array) { return deed__state(deed__generation(array.bits), LIVE); }

/* Word LAYOUT: the number of the layout record, and whether it ends with the claim. */
#define OWNED (UINT64_C(1) << 32)

/* Word KIND: the small fields. */
static uint64_t kind_word(const struct deed__claim *claim) {
  return (uint64_t)claim->role | (uint64_t)claim->rights << 8 | (uint64_t)claim->site.language << 16 |
         (uint64_t)(uint32_t)claim->site.line << 32;
}

_Static_assert(DEED_ROLE_COPY <= 0xff && DEED__ALL_RIGHTS <= 0xff && DEED_LANGUAGE_OTHER <= 0xff, "one byte each");

static enum deed_role role_of(uint64_t kind) { return (enum deed_role)(kind & 0xff); }
static uint32_t rights_of(uint64_t kind) { return (uint32_t)(kind >> 8 & 0xff); }

static void read_kind(uint64_t kind, struct deed__claim *claim) {
  claim->role = role_of(kind);
  claim->rights = rights_of(kind);
  claim->site.language = (enum deed_language)(kind >> 16 & 0xff);
  claim->site.line = (int32_t)(kind >> 32);
}

static void write(struct deed__record *record, const struct deed__claim *claim) {
  deed__store_word(record, DATA, (uintptr_t)claim->data);
  deed__store_word(record, BLOCK, claim->block);
  deed__store_word(record, LAYOUT, claim->layout | (claim->owns_layout ? OWNED : 0));
  deed__store_word(record, FILE_NAME, (uintptr_t)claim->site.file);
  deed__store_word(record, KIND, kind_word(claim));
}

/* The words may be those of a later use of the record: the caller looks at the state again. What they refer to may be
 * looked at even so, because records stay mapped. */
static void read(const struct deed__record *record, struct deed__claim *claim) {
  uint64_t layout = deed__load_word(record, LAYOUT);
  claim->data = (void *)(uintptr_t)deed__load_word(record, DATA);
  claim->block = deed__load_word(record, BLOCK);
  claim->layout = (uint32_t)layout;
  claim->owns_layout = (layout & OWNED) != 0;
  claim->site.file = (const char *)(uintptr_t)deed__load_word(record, FILE_NAME);
  read_kind(deed__load_word(record, KIND), claim);
}

/* Where the layout of a claim is stored. */
static const _Atomic uint64_t *layout_words(uint32_t number, deed__block_ref block) {
  return number ? deed__layout_words(number) : deed__block_layout_words(block);
}

/* Does this state say that the claim lives, seized or not? Generation 0 is nobody's. */
static bool lives(struct deed_array array, uint64_t state) { return state - live_state(array) <= SEIZED - LIVE; }

/* Why a handle is refused when the state of its record is not that of its live claim. */
DEED__COLD static enum deed_status why_not_live(struct deed_array array, uint64_t state) {
  uint32_t generation = deed__generation(array.bits);
  return generation == 0 || generation > deed__generation(state) ? DEED_EHANDLE : DEED_ESTALE;
}

static enum deed_status check(struct deed_array array, const struct deed__record *record) {
  uint64_t state = deed__load_state(record);
  return lives(array, state) ? DEED_OK : why_not_live(array, state);
}

/* The record behind a handle, whatever has become of it; false when there is none. */
static bool find(struct deed_array array, struct deed__record **record) {
  if (!deed__pool_has(&deed__claims, (uint32_t)array.bits)) return false;
  *record = record_of(array);
  return true;
}

enum deed_status deed__claim_reserve(uint32_t *record) {
  *record = deed__pool_take(&deed__claims);
  if (*record != DEED__NO_RECORD) return DEED_OK;
  return deed__pool_is_full(&deed__claims) ? DEED_EFULL : DEED_ENOMEM;
}

void deed__claim_unreserve(uint32_t record) { deed__pool_give(&deed__claims, record, 0); }

struct deed_array deed__claim_begin(uint32_t index, const struct deed__claim *claim) {
  struct deed__record *record = record_at(index);
  uint32_t generation = deed__generation(deed__load_state(record)) + 1;
  write(record, claim);
  atomic_store_explicit(&record->state, deed__state(generation, LIVE), memory_order_release);
  return (struct deed_array){.bits = deed__state(generation, index)};
}

/* A seized claim is read like any other: it does not change, and its end comes after the reading. */
enum deed_status deed__claim_read(struct deed_array array, struct deed__claim *claim) {
  struct deed__record *record;
  if (!find(array, &record)) return DEED_EHANDLE;
  enum deed_status status = check(array, record);
  if (status != DEED_OK) return status;
  read(record, claim);
  return check(array, record);
}

enum deed_status deed__claim_show(struct deed_array array, struct deed__claim *claim, struct deed_layout *layout) {
  struct deed__record *record;
  if (!find(array, &record)) return DEED_EHANDLE;
  enum deed_status status = check(array, record);
  if (status != DEED_OK) return status;
  read(record, claim);
  deed__layout_load(layout_words(claim->layout, claim->block), layout);
  return check(array, record);
}

/* Dimensions of a layout, if the claim lives after they were loaded; else false, and nothing is written. Two are held
 * in registers meanwhile, and all layouts have room for two. More go through memory: word by word, because a processor
 * does not forward two stores to one wider load but stalls. */
static bool load_two(struct deed_array array, const _Atomic uint64_t *layout, int32_t rank,
                     struct deed_dimension *dim) {
  struct deed_dimension first = deed__layout_dimension(layout, 0);
  struct deed_dimension second = deed__layout_dimension(layout, 1);
  if (!lives(array, deed__load_state(record_of(array)))) return false;
  if (rank > 0) dim[0] = first;
  if (rank > 1) dim[1] = second;
  return true;
}

static bool load_more(struct deed_array array, const _Atomic uint64_t *layout, int32_t rank,
                      struct deed_dimension *dim) {
  volatile struct deed_dimension loaded[DEED_MAX_RANK];
  for (int32_t d = 0; d < rank; ++d) loaded[d] = deed__layout_dimension(layout, d);
  if (!lives(array, deed__load_state(record_of(array)))) return false;
  for (int32_t d = 0; d < rank; ++d) dim[d] = loaded[d];
  return true;
}

bool deed__claim_point(struct deed_array array, enum deed_dtype dtype, int32_t rank, uint32_t rights, void **data,
                       int64_t *element_size_bytes, struct deed_dimension *dim) {
  struct deed__record *record;
  if (!find(array, &record) || !lives(array, deed__load_state(record))) return false;
  void *first = (void *)(uintptr_t)deed__load_word(record, DATA);
  uint32_t number = (uint32_t)deed__load_word(record, LAYOUT);
  const _Atomic uint64_t *layout = layout_words(number, deed__load_word(record, BLOCK));
  if (rights & ~rights_of(deed__load_word(record, KIND)) || !deed__layout_is(layout, dtype, rank)) return false;
  int64_t size_bytes = deed__layout_element_size(layout);
  bool loaded = rank <= 2 ? load_two(array, layout, rank, dim) : load_more(array, layout, rank, dim);
  if (!loaded) return false;
  *data = first;
  *element_size_bytes = size_bytes;
  return true;
}

bool deed__claim_is_live(struct deed_array array) {
  struct deed__record *record;
  return find(array, &record) && lives(array, deed__load_state(record));
}

/* From LIVE to another use, unless somebody was faster. state [fills]: what it was. */
static bool change_live(struct deed__record *record, struct deed_array array, uint32_t use, uint64_t *state) {
  *state = live_state(array);
  return atomic_compare_exchange_strong_explicit(&record->state, state, *state - LIVE + use, memory_order_acq_rel,
                                                 memory_order_acquire);
}

enum deed_status deed__claim_try_seize(struct deed_array array, struct deed__claim *claim) {
  struct deed__record *record;
  uint64_t state;
  if (!find(array, &record)) return DEED_EHANDLE;
  if (!change_live(record, array, SEIZED, &state)) {
    return lives(array, state) ? DEED_EBUSY : why_not_live(array, state);
  }
  read(record, claim);
  return DEED_OK;
}

DEED__NOINLINE void deed__claim_settle(struct deed_array array) {
  const struct deed__record *record = record_of(array);
  uint64_t seized = live_state(array) - LIVE + SEIZED;
  for (int round = 0; deed__load_state(record) == seized; ++round) deed__wait_round(round);
}

static void set_use(struct deed_array array, uint32_t use) {
  atomic_store_explicit(&record_of(array)->state, deed__state(deed__generation(array.bits), use), memory_order_release);
}

void deed__claim_unseize(struct deed_array array) { set_use(array, LIVE); }

/* Records are given back when the claim has ended, because that may take a lock and because they may still be read
 * before. */
void deed__claim_end(struct deed_array array, const struct deed__claim *claim) {
  set_use(array, FREE);
  if (claim->owns_layout) deed__layout_give_back(claim->layout);
  deed__pool_give(&deed__claims, (uint32_t)array.bits, deed__generation(array.bits));
}

/* What is read between a look at the state and its swap is right if the swap succeeds: a claim does not change while it
 * lives. */
bool deed__claim_end_as(enum deed_role role, struct deed_array array, deed__block_ref *block) {
  struct deed__record *record;
  uint64_t state;
  if (!find(array, &record) || deed__load_state(record) != live_state(array)) return false;
  uint64_t layout = deed__load_word(record, LAYOUT);
  *block = deed__load_word(record, BLOCK);
  if (role_of(deed__load_word(record, KIND)) != role) return false;
  if (!change_live(record, array, FREE, &state)) return false;
  if (layout & OWNED) deed__layout_give_back((uint32_t)layout);
  deed__pool_give(&deed__claims, (uint32_t)array.bits, deed__generation(array.bits));
  return true;
}

bool deed__claim_at(uint32_t index, struct deed_array *array, struct deed__claim *claim) {
  uint64_t state = deed__load_state(record_at(index));
  array->bits = deed__state(deed__generation(state), index);
  return deed__use(state) != FREE && deed__claim_read(*array, claim) == DEED_OK;
}

void deed__claims_lock(void) {
  deed__pool_lock(&deed__claims);
  deed__layouts_lock();
}

void deed__claims_unlock(void) {
  deed__layouts_unlock();
  deed__pool_unlock(&deed__claims);
}

/* A claim whose block has ended was about to end as well, in a thread that the child does not have. */
static void settle(struct deed_array array) {
  deed__block_ref block = deed__load_word(record_of(array), BLOCK);
  set_use(array, deed__block_claims(block) > 0 ? LIVE : FREE);
}

void deed__claims_unseize_all(void) {
  uint32_t count = atomic_load_explicit(&deed__claims.count, memory_order_acquire);
  for (uint32_t index = 0; index < count; ++index) {
    uint64_t state = deed__load_state(record_at(index));
    if (deed__use(state) == SEIZED) settle((struct deed_array){deed__state(deed__generation(state), index)});
  }
}
