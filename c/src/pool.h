/* SPDX-License-Identifier: BSD-3-Clause */
/* pool.h - numbered records that are reused but never unmapped.
 *
 * A record is one atomic state and some atomic words. The upper half of the state is a generation that grows each time
 * the record is put to use, so that a number plus a generation names one use of one record for ever; the lower half is
 * the user's, and 0 there means "not in use". Because records stay mapped and are only accessed atomically, a reader
 * may look at a record that another thread is ending, and find out afterwards from the state that it did.
 *
 * A pool reserves addresses for all of its records at once, so finding a record is one multiplication; memory is put
 * behind the addresses chunk by chunk. */
#ifndef DEED_POOL_H
#define DEED_POOL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DEED__CHUNK_RECORDS UINT32_C(4096) /* of any size they fill whole pages */
#define DEED__RECORD_ALIGNMENT 64
#define DEED__CACHE_RECORDS 61 /* with the rest of the cache, a power of two */
#define DEED__NO_RECORD UINT32_MAX

/* Records fill whole cache lines, so that threads do not wait for each other where they use different records. */
struct deed__record {
  _Atomic uint64_t state; /* generation << 32 | use */
  _Atomic uint64_t words[];
};

struct deed__pool {
  uintptr_t origin;       /* where record 0 would be; 0: no addresses are reserved yet. Set before the first record */
  _Atomic uint32_t count; /* number of the record that follows those that have ever been handed out */
  _Atomic uint32_t end;   /* of the numbers; lower when the system has refused so many addresses */
  const uint32_t first;   /* number of the first record: several pools may share the numbers */
  const uint32_t record_size_bytes;
  const uint32_t id;     /* which of a thread's caches serves this pool, < DEED__POOLS */
  pthread_mutex_t mutex; /* guards the next two, and what makes the above grow */
  uint32_t free_head;    /* first of the list of free records, DEED__NO_RECORD when empty */
  uint32_t ready;        /* the records below have memory */
};

enum { DEED__CLAIM_POOL, DEED__BLOCK_POOL, DEED__LOAN_POOL, DEED__LAYOUT_POOL, DEED__WIDE_LAYOUT_POOL, DEED__POOLS };

#define DEED__RECORD_SIZE_BYTES(record_words)                                                                 \
  ((sizeof(struct deed__record) + (uint32_t)(record_words) * sizeof(uint64_t) + DEED__RECORD_ALIGNMENT - 1) / \
   DEED__RECORD_ALIGNMENT * DEED__RECORD_ALIGNMENT)

/* A pool of the records with the numbers [first_, end_), both multiples of a chunk. */
#define DEED__POOL_INIT(record_words, id_, first_, end_)       \
  {.count = (first_),                                          \
   .end = (end_),                                              \
   .first = (first_),                                          \
   .record_size_bytes = DEED__RECORD_SIZE_BYTES(record_words), \
   .id = (id_),                                                \
   .mutex = PTHREAD_MUTEX_INITIALIZER,                         \
   .free_head = DEED__NO_RECORD,                               \
   .ready = (first_)}

/* The free records that a thread keeps for itself. */
struct deed__cache {
  struct deed__pool *pool; /* set before the first record is put in */
  uint32_t count;
  uint32_t records[DEED__CACHE_RECORDS];
};

struct deed__thread_caches {
  struct deed__cache of[DEED__POOLS];
};

/* A record that is not in use, for the caller alone; DEED__NO_RECORD when memory or numbers have run out. */
uint32_t deed__pool_take(struct deed__pool *pool);

/* Have all numbers been handed out? Then no memory would help. */
bool deed__pool_is_full(const struct deed__pool *pool);

/* Give a record back. Its use must be 0. generation: the one that its state has, or 0 for records whose state is not
 * used; a record whose generations are used up is never handed out again. Its first word becomes
 * the link of the list of free records: a late reader must not follow it. */
void deed__pool_give(struct deed__pool *pool, uint32_t index, uint32_t generation);

/* Held while the process forks. */
void deed__pool_lock(struct deed__pool *pool);
void deed__pool_unlock(struct deed__pool *pool);

/* Record number index, of a pool with records of this size, which must have been handed out once. Who uses records
 * often calls this with a constant. */
static inline struct deed__record *deed__record_at(const struct deed__pool *pool, uint32_t index,
                                                   uint32_t record_size_bytes) {
  return (struct deed__record *)(pool->origin + (uintptr_t)index * record_size_bytes);
}

static inline struct deed__record *deed__pool_at(const struct deed__pool *pool, uint32_t index) {
  return deed__record_at(pool, index, pool->record_size_bytes);
}

/* Has this pool ever handed out number index? Then its record may be looked at. */
static inline bool deed__pool_has(const struct deed__pool *pool, uint64_t index) {
  return index < atomic_load_explicit(&((struct deed__pool *)(uintptr_t)pool)->count, memory_order_acquire);
}

static inline uint32_t deed__generation(uint64_t state) { return (uint32_t)(state >> 32); }
static inline uint32_t deed__use(uint64_t state) { return (uint32_t)state; }
static inline uint64_t deed__state(uint32_t generation, uint32_t use) { return (uint64_t)generation << 32 | use; }

/* Words are stored with release and loaded with acquire order: a reader that sees a word of the next use also sees that
 * the state of its own use is gone (no fences: thread sanitizers do not model them). */
static inline void deed__store_word(struct deed__record *record, size_t word, uint64_t value) {
  atomic_store_explicit(&record->words[word], value, memory_order_release);
}

static inline uint64_t deed__load_word(const struct deed__record *record, size_t word) {
  return atomic_load_explicit(&((struct deed__record *)(uintptr_t)record)->words[word], memory_order_acquire);
}

static inline uint64_t deed__load_state(const struct deed__record *record) {
  return atomic_load_explicit(&((struct deed__record *)(uintptr_t)record)->state, memory_order_acquire);
}

#endif
