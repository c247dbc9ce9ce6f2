/* SPDX-License-Identifier: BSD-3-Clause */
/* block.c - records of blocks. The use of a record is its number of claims, so one atomic word says both whether
 * a reference is still good and how many hold the block. */
#include "block.h"

#include "layout_record.h"
#include "recall_wait.h"

/* Three cache lines: verbs that do not ask for the layout read one, and few arrays have dimensions in the third. With
 * its claim a live array takes 256 bytes. */
#define LAYOUT_RANK 4
enum { DATA, LOWEST, SIZE, RELEASE, CONTEXT, KIND, OWNER, LAYOUT, WORDS = LAYOUT + DEED__LAYOUT_WORDS(LAYOUT_RANK) };
_Static_assert(DEED__RECORD_SIZE_BYTES(WORDS) == 192, "three cache lines");

/* Of the numbers of records the upper half is for lent memory. */
#define FIRST_LOAN (UINT32_C(1) << 27)

struct deed__pool deed__blocks = DEED__POOL_INIT(WORDS, DEED__BLOCK_POOL, 0, FIRST_LOAN);
struct deed__pool deed__loans = DEED__POOL_INIT(WORDS, DEED__LOAN_POOL, FIRST_LOAN, 2 * FIRST_LOAN);

static struct deed__pool *pool_of(uint32_t index) { return index < FIRST_LOAN ? &deed__blocks : &deed__loans; }

/* Is this the number of a record that has ever been handed out? */
static bool is_record(uint32_t index) { return deed__pool_has(pool_of(index), index); }

/* How many forks lie behind this process: blocks made with another number are the parent's. */
static _Atomic uint32_t fork_depth;

static uint32_t depth_now(void) { return atomic_load_explicit(&fork_depth, memory_order_relaxed); }

void deed__blocks_become_inherited(void) { atomic_fetch_add_explicit(&fork_depth, 1, memory_order_relaxed); }

static struct deed__record *record_at(uint32_t index) {
  return deed__record_at(pool_of(index), index, DEED__RECORD_SIZE_BYTES(WORDS));
}

static struct deed__record *record_of(deed__block_ref ref) { return record_at((uint32_t)ref); }

static uint64_t kind_word(const struct deed__block *block) {
  return (uint64_t)block->origin | (uint64_t)block->copy_reason << 8 | (uint64_t)block->rights << 16 |
         (uint64_t)depth_now() << 32;
}

_Static_assert(DEED_ORIGIN_STATIC <= 0xff && DEED_COPY_ALLOCATOR <= 0xff, "one byte each, as the rights");

/* The parts of word OWNER. The two lower ones change. */
#define OWNER_MASK UINT64_C(0xff)
#define NAMED_BIT (UINT64_C(1) << 8)
#define LAYOUT_SHIFT 32

static uint64_t owner_word(const struct deed__block *block) {
  return (uint64_t)block->owner | (block->named ? NAMED_BIT : 0) | (uint64_t)block->layout << LAYOUT_SHIFT;
}

static void write(struct deed__record *record, const struct deed__block *block) {
  deed__store_word(record, DATA, (uintptr_t)block->data);
  deed__store_word(record, LOWEST, (uintptr_t)block->lowest);
  deed__store_word(record, SIZE, (uint64_t)block->size_bytes);
  deed__store_word(record, RELEASE, (uintptr_t)block->release);
  deed__store_word(record, CONTEXT, (uintptr_t)block->context);
  deed__store_word(record, KIND, kind_word(block));
  deed__store_word(record, OWNER, owner_word(block));
}

static void read(const struct deed__record *record, struct deed__block *block) {
  uint64_t kind = deed__load_word(record, KIND);
  uint64_t owner = deed__load_word(record, OWNER);
  block->data = (void *)(uintptr_t)deed__load_word(record, DATA);
  block->lowest = (void *)(uintptr_t)deed__load_word(record, LOWEST);
  block->size_bytes = (int64_t)deed__load_word(record, SIZE);
  block->release = (deed_release_fn)(uintptr_t)deed__load_word(record, RELEASE);
  block->context = (void *)(uintptr_t)deed__load_word(record, CONTEXT);
  block->origin = (enum deed_origin)(kind & 0xff);
  block->copy_reason = (enum deed_copy_reason)(kind >> 8 & 0xff);
  block->rights = (uint32_t)(kind >> 16 & 0xff);
  block->is_inherited = (uint32_t)(kind >> 32) != depth_now();
  block->owner = (enum deed_language)(owner & OWNER_MASK);
  block->named = (owner & NAMED_BIT) != 0;
  block->layout = (uint32_t)(owner >> LAYOUT_SHIFT);
}

static struct deed__pool *pool_for(const struct deed__block *block) {
  return block->origin == DEED_ORIGIN_LENT ? &deed__loans : &deed__blocks;
}

enum deed_status deed__block_reserve(struct deed__block *block, const struct deed_layout *layout, uint32_t *record) {
  struct deed__pool *pool = pool_for(block);
  block->layout = 0;
  *record = deed__pool_take(pool);
  if (*record == DEED__NO_RECORD) return deed__pool_is_full(pool) ? DEED_EFULL : DEED_ENOMEM;
  if (layout->rank <= LAYOUT_RANK) return DEED_OK;
  enum deed_status status = deed__layout_make(layout, &block->layout);
  if (status != DEED_OK) deed__pool_give(pool, *record, 0);
  return status;
}

void deed__block_unreserve(const struct deed__block *block, uint32_t record) {
  if (block->layout) deed__layout_give_back(block->layout);
  deed__pool_give(pool_for(block), record, 0);
}

deed__block_ref deed__block_begin(uint32_t index, const struct deed__block *block, const struct deed_layout *layout) {
  struct deed__record *record = deed__record_at(pool_for(block), index, DEED__RECORD_SIZE_BYTES(WORDS));
  uint32_t generation = deed__generation(deed__load_state(record)) + 1;
  write(record, block);
  if (!block->layout) deed__layout_store(record, LAYOUT, layout);
  atomic_store_explicit(&record->state, deed__state(generation, 1), memory_order_release);
  return deed__state(generation, index);
}

enum deed_status deed__block_find(deed__block_ref ref) {
  uint32_t generation = deed__generation(ref);
  if (generation == 0) return DEED_EHANDLE;
  if (!is_record((uint32_t)ref)) return DEED_EHANDLE;
  uint64_t state = deed__load_state(record_of(ref));
  if (generation > deed__generation(state)) return DEED_EHANDLE;
  return generation < deed__generation(state) || deed__use(state) == 0 ? DEED_ESTALE : DEED_OK;
}

bool deed__block_retain(deed__block_ref ref, uint32_t seen) {
  struct deed__record *record = record_of(ref);
  uint64_t state = deed__state(deed__generation(ref), seen);
  while (deed__use(state) < UINT32_MAX &&
         !atomic_compare_exchange_weak_explicit(&record->state, &state, state + 1, memory_order_acq_rel,
                                                memory_order_acquire)) {
    if (deed__generation(state) != deed__generation(ref) || deed__use(state) == 0) return false;
  }
  return deed__use(state) < UINT32_MAX;
}

/* The count is 0: nobody else can reach the record through a reference any more. */
void deed__block_recycle(deed__block_ref ref) {
  uint32_t layout = (uint32_t)(deed__load_word(record_of(ref), OWNER) >> LAYOUT_SHIFT);
  if (layout) deed__layout_give_back(layout);
  deed__pool_give(pool_of((uint32_t)ref), (uint32_t)ref, deed__generation(ref));
}

bool deed__block_drop(deed__block_ref ref) {
  /* Sequentially consistent because of recall_wait.c: the waiter announces itself, then reads the count. */
  uint32_t before = deed__use(atomic_fetch_sub_explicit(&record_of(ref)->state, 1, memory_order_seq_cst));
  if (before == 2) deed__recall_wake();
  return before == 1;
}

void deed__block_end(deed__block_ref ref, struct deed__block *out) {
  read(record_of(ref), out);
  deed__block_recycle(ref);
}

bool deed__block_end_sole(deed__block_ref ref) {
  uint64_t sole = deed__state(deed__generation(ref), 1);
  uint64_t ended = deed__state(deed__generation(ref), 0);
  return atomic_compare_exchange_strong_explicit(&record_of(ref)->state, &sole, ended, memory_order_acq_rel,
                                                 memory_order_acquire);
}

static uint32_t claims(struct deed__record *record, deed__block_ref ref) {
  uint64_t state = atomic_load_explicit(&record->state, memory_order_seq_cst);
  return deed__generation(state) == deed__generation(ref) ? deed__use(state) : 0;
}

uint32_t deed__block_claims(deed__block_ref ref) { return claims(record_of(ref), ref); }

void deed__block_standing(deed__block_ref ref, struct deed__standing *standing) {
  struct deed__record *record = record_of(ref);
  /* First of all the count: a title that ends takes the name away before it lowers that. */
  uint32_t count = claims(record, ref);
  standing->origin = (enum deed_origin)(deed__load_word(record, KIND) & 0xff);
  standing->named = (deed__load_word(record, OWNER) & NAMED_BIT) != 0;
  standing->claims = claims(record, ref) > 0 ? count : 0; /* ended: the words may be those of the next block */
}

bool deed__block_read(deed__block_ref ref, struct deed__block *out) {
  struct deed__record *record = record_of(ref);
  read(record, out);
  return claims(record, ref) > 0;
}

void deed__block_set_release(deed__block_ref ref, deed_release_fn release, void *context) {
  struct deed__record *record = record_of(ref);
  deed__store_word(record, RELEASE, (uintptr_t)release);
  deed__store_word(record, CONTEXT, (uintptr_t)context);
}

const _Atomic uint64_t *deed__block_layout_words(deed__block_ref ref) { return &record_of(ref)->words[LAYOUT]; }

static void set_owner_part(deed__block_ref ref, uint64_t mask, uint64_t part) {
  struct deed__record *record = record_of(ref);
  deed__store_word(record, OWNER, (deed__load_word(record, OWNER) & ~mask) | part);
}

void deed__block_set_owner(deed__block_ref ref, enum deed_language owner) {
  set_owner_part(ref, OWNER_MASK, (uint64_t)owner);
}

void deed__block_set_named(deed__block_ref ref, bool named) { set_owner_part(ref, NAMED_BIT, named ? NAMED_BIT : 0); }

bool deed__block_was_lent(void) { return is_record(FIRST_LOAN); }

/* The words are those of the loan only if it lives before and after they are read. */
static bool is_lent_at(deed__block_ref loan, uintptr_t begin, uint64_t size_bytes) {
  struct deed__record *record = record_of(loan);
  uintptr_t lent = (uintptr_t)deed__load_word(record, LOWEST);
  uint64_t lent_bytes = deed__load_word(record, SIZE);
  bool overlaps = lent < begin ? begin - lent < lent_bytes : lent - begin < size_bytes && lent_bytes > 0;
  return overlaps && claims(record, loan) > 0;
}

bool deed__block_lent_at(const void *lowest, int64_t size_bytes, deed__block_ref *ref) {
  if (size_bytes <= 0) return false;
  for (uint32_t index = FIRST_LOAN; is_record(index); ++index) {
    if (deed__block_at(index, ref) && is_lent_at(*ref, (uintptr_t)lowest, (uint64_t)size_bytes)) return true;
  }
  return false;
}

uint32_t deed__block_after(uint32_t index) {
  ++index; /* of DEED__NO_RECORD: 0 */
  if (index < FIRST_LOAN && !is_record(index)) index = FIRST_LOAN;
  return is_record(index) ? index : DEED__NO_RECORD;
}

void deed__blocks_lock(void) {
  deed__pool_lock(&deed__blocks);
  deed__pool_lock(&deed__loans);
}

void deed__blocks_unlock(void) {
  deed__pool_unlock(&deed__loans);
  deed__pool_unlock(&deed__blocks);
}

bool deed__block_at(uint32_t index, deed__block_ref *ref) {
  uint64_t state = deed__load_state(record_at(index));
  *ref = deed__state(deed__generation(state), index);
  return deed__use(state) > 0;
}

uint32_t deed__block_ended_at(uint32_t index) {
  uint64_t state = deed__load_state(record_at(index));
  return deed__generation(state) - (deed__use(state) > 0);
}
