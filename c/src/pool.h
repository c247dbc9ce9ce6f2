/* SPDX-License-Identifier: BSD-3-Clause */
/* pool.h - numbered records that are reused but never unmapped.
 *
 * A record is one atomic state and some atomic words. The upper half of the state is a generation that grows each time
 * the record is put to use, so that a number plus a generation names one use of one record for ever; the lower half is
 * the user's, and 0 there means "not in use". Because records stay mapped and are only accessed atomically, a reader
 * may look at a record that another thread is ending, and find out afterwards from the state that it did. */
#ifndef DEED_POOL_H
#define DEED_POOL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DEED__CHUNK_RECORDS UINT32_C(4096) /* a power of two: finding a record takes few instructions */
#define DEED__POOL_CHUNKS UINT32_C(65536)
#define DEED__RECORD_ALIGNMENT 64
#define DEED__CACHE_RECORDS 61 /* with the rest of the cache, a power of two */
#define DEED__NO_RECORD UINT32_MAX

/* Records fill whole cache lines, so that threads do not wait for each other where they use different records. */
struct deed__record {
  _Atomic uint64_t state; /* generation << 32 | use */
  _Atomic uint64_t words[];
};

/* In front of the records of a chunk. */
struct deed__chunk {
  struct deed__chunk *before; /* the one that was allocated before it */
};

struct deed__pool {
  const uint32_t record_size_bytes;
  const uint32_t id;        /* which of a thread's caches serves this pool, < DEED__POOLS */
  const uint32_t end_chunk; /* where its chunks end */
  _Atomic uint32_t count;   /* number of the record that follows those that have ever been handed out */
  pthread_mutex_t mutex;    /* guards the next two */
  uint32_t free_head;       /* first of the list of free records, DEED__NO_RECORD when empty */
  struct deed__chunk *newest;
  _Atomic uintptr_t *const chunks; /* where the first record of each is; 0: not allocated yet */
};

enum { DEED__CLAIM_POOL, DEED__BLOCK_POOL, DEED__LOAN_POOL, DEED__WIDE_POOL, DEED__POOLS };

#define DEED__RECORD_SIZE_BYTES(record_words)                                                                 \
  ((sizeof(struct deed__record) + (uint32_t)(record_words) * sizeof(uint64_t) + DEED__RECORD_ALIGNMENT - 1) / \
   DEED__RECORD_ALIGNMENT * DEED__RECORD_ALIGNMENT)

/* chunks_: static, of DEED__POOL_CHUNKS. It is apart from the pool because it begins with zeros, and so takes no room
 * in the library. */
#define DEED__POOL_INIT(record_words, id_, chunks_) DEED__POOL_PART(record_words, id_, chunks_, 0, DEED__POOL_CHUNKS)

/* One of several pools with records of one size that share the numbers: its chunks are these. */
#define DEED__POOL_PART(record_words, id_, chunks_, first_chunk, end_chunk_) \
  {.record_size_bytes = DEED__RECORD_SIZE_BYTES(record_words),               \
   .id = (id_),                                                              \
   .end_chunk = (end_chunk_),                                                \
   .count = (first_chunk) * DEED__CHUNK_RECORDS,                             \
   .mutex = PTHREAD_MUTEX_INITIALIZER,                                       \
   .free_head = DEED__NO_RECORD,                                             \
   .chunks = (chunks_)}

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
 * used; a record whose generations are used up is never handed out again. */
void deed__pool_give(struct deed__pool *pool, uint32_t index, uint32_t generation);

/* Held while the process forks. */
void deed__pool_lock(struct deed__pool *pool);
void deed__pool_unlock(struct deed__pool *pool);

/* Record number index, which must be below the count, of the pool that has these chunks and records of this size. Who
 * uses records often calls this with constants. */
static inline struct deed__record *deed__record_at(_Atomic uintptr_t *chunks, uint32_t index,
                                                   uint32_t record_size_bytes) {
  uintptr_t chunk = atomic_load_explicit(&chunks[index / DEED__CHUNK_RECORDS], memory_order_acquire);
  return (struct deed__record *)(chunk + (uintptr_t)(index % DEED__CHUNK_RECORDS) * record_size_bytes);
}

static inline struct deed__record *deed__pool_at(const struct deed__pool *pool, uint32_t index) {
  return deed__record_at(pool->chunks, index, pool->record_size_bytes);
}

static inline uint32_t deed__generation(uint64_t state) { return (uint32_t)(state >> 32); }
static inline uint32_t deed__use(uint64_t state) { return (uint32_t)state; }
static inline uint64_t deed__state(uint32_t generation, uint32_t use) { return (uint64_t)generation << 32 | use; }

/* Words are stored with release and loaded with acquire order: a reader that sees a word of the next use also sees that
 * the state of its own use is gone (no fences: thread sanitizers do not model them). */
static inline void deed__store_word(struct deed__record *record, uint32_t word, uint64_t value) {
  atomic_store_explicit(&record->words[word], value, memory_order_release);
}

static inline uint64_t deed__load_word(const struct deed__record *record, uint32_t word) {
  return atomic_load_explicit(&((struct deed__record *)(uintptr_t)record)->words[word], memory_order_acquire);
}

static inline uint64_t deed__load_state(const struct deed__record *record) {
  return atomic_load_explicit(&((struct deed__record *)(uintptr_t)record)->state, memory_order_acquire);
}

#endif
