/* SPDX-License-Identifier: BSD-3-Clause */
/* pool.c - numbered records, with a cache of free ones in every thread. */
#include "pool.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "compiler.h"
#include "keep_loaded.h"

#define BATCH_RECORDS 32u

/* NULL before the first use, and where there is no memory for them. A thread has caches only while it is registered to
 * give their records back when it ends. What runs in it after that, other libraries' ends of threads, gets none: nobody
 * might call us once more. */
static DEED__TLS_POINTER struct deed__thread_caches *my_caches;
static _Thread_local bool has_ended;
static pthread_key_t thread_end_key;
static bool thread_end_key_made;
static pthread_once_t thread_end_once = PTHREAD_ONCE_INIT;

/* Addresses without memory. */
static void *reserve(const struct deed__pool *pool, uint32_t records) {
  void *first = mmap(NULL, (size_t)records * pool->record_size_bytes, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return first == MAP_FAILED ? NULL : first;
}

/* Where the system refuses so many (ulimit -v), a sixteenth of what it has left: the program needs addresses, too.
 * records [changes]: how many there are. NULL when there is not even one chunk. */
static void *reserve_some(const struct deed__pool *pool, uint32_t *records) {
  void *first = reserve(pool, *records);
  if (first) return first;
  while (!first && *records > DEED__CHUNK_RECORDS) first = reserve(pool, *records /= 2);
  if (first) munmap(first, (size_t)*records * pool->record_size_bytes);
  *records = *records / 16 > DEED__CHUNK_RECORDS ? *records / 16 : DEED__CHUNK_RECORDS;
  return reserve(pool, *records);
}

#if defined(__GNUC__)
#pragma weak __lsan_register_root_region
void __lsan_register_root_region(const void *begin, size_t size_bytes); /* NOLINT(bugprone-reserved-identifier) */
#endif

static bool begin_pool(struct deed__pool *pool) {
  uint32_t records = atomic_load_explicit(&pool->end, memory_order_relaxed) - pool->first;
  void *first = reserve_some(pool, &records);
  if (!first) return false;
#if defined(__GNUC__) /* LeakSanitizer looks for pointers only where it is told to; other tools look everywhere */
  if (__lsan_register_root_region) __lsan_register_root_region(first, (size_t)records * pool->record_size_bytes);
#endif
  atomic_store_explicit(&pool->end, pool->first + records, memory_order_relaxed);
  pool->origin = (uintptr_t)first - (uintptr_t)pool->first * pool->record_size_bytes;
  return true;
}

/* Put memory behind the addresses of one more chunk. The mutex is held. */
static bool grow(struct deed__pool *pool) {
  if (pool->ready >= atomic_load_explicit(&pool->end, memory_order_relaxed)) return false;
  if (!pool->origin && !begin_pool(pool)) return false;
  size_t chunk_bytes = (size_t)DEED__CHUNK_RECORDS * pool->record_size_bytes;
  if (mprotect(deed__pool_at(pool, pool->ready), chunk_bytes, PROT_READ | PROT_WRITE) != 0) return false;
  pool->ready += DEED__CHUNK_RECORDS;
  return true;
}

/* A record that has never been used. The mutex is held. Without may_grow, only from memory that is there. */
static uint32_t take_fresh(struct deed__pool *pool, bool may_grow) {
  uint32_t index = atomic_load_explicit(&pool->count, memory_order_relaxed);
  if (index == pool->ready && !(may_grow && grow(pool))) return DEED__NO_RECORD;
  atomic_store_explicit(&pool->count, index + 1, memory_order_release);
  return index;
}

/* The mutex is held. While a record is free its first word links to the next free one. */
static uint32_t take_locked(struct deed__pool *pool, bool may_grow) {
  uint32_t index = pool->free_head;
  if (index == DEED__NO_RECORD) return take_fresh(pool, may_grow);
  pool->free_head = (uint32_t)deed__load_word(deed__pool_at(pool, index), 0);
  return index;
}

static void give_locked(struct deed__pool *pool, uint32_t index) {
  deed__store_word(deed__pool_at(pool, index), 0, pool->free_head);
  pool->free_head = index;
}

/* The cache is empty. Memory is allocated for the one record that is needed, not for those that may be. */
DEED__NOINLINE static void refill(struct deed__pool *pool, struct deed__cache *cache) {
  cache->pool = pool;
  pthread_mutex_lock(&pool->mutex);
  while (cache->count < BATCH_RECORDS) {
    uint32_t index = take_locked(pool, cache->count == 0);
    if (index == DEED__NO_RECORD) break;
    cache->records[cache->count++] = index;
  }
  pthread_mutex_unlock(&pool->mutex);
}

static void spill(struct deed__cache *cache, uint32_t kept) {
  pthread_mutex_lock(&cache->pool->mutex);
  while (cache->count > kept) give_locked(cache->pool, cache->records[--cache->count]);
  pthread_mutex_unlock(&cache->pool->mutex);
}

/* The cache is full: some records go to the pool. Or it is empty, and may never have been used. */
DEED__NOINLINE static void make_room(struct deed__pool *pool, struct deed__cache *cache) {
  cache->pool = pool;
  if (cache->count > BATCH_RECORDS) spill(cache, BATCH_RECORDS);
}

static void end_thread(void *caches_of_thread) {
  struct deed__thread_caches *caches = caches_of_thread;
  for (int id = 0; id < DEED__POOLS; ++id) {
    if (caches->of[id].count) spill(&caches->of[id], 0);
  }
  my_caches = NULL;
  has_ended = true;
  free(caches);
}

/* A thread that has used the core calls it once more at its end, whenever that is. Not when the first thread begins:
 * it would wait for the loader, which may be running the constructor of a library that waits for that thread. */
__attribute__((constructor)) static void stay_loaded(void) { deed__keep_loaded((deed__code)end_thread); }

static void make_thread_end_key(void) { thread_end_key_made = pthread_key_create(&thread_end_key, end_thread) == 0; }

DEED__NOINLINE static struct deed__thread_caches *begin_thread(void) {
  if (has_ended) return NULL;
  pthread_once(&thread_end_once, make_thread_end_key);
  struct deed__thread_caches *caches = thread_end_key_made ? calloc(1, sizeof *caches) : NULL;
  if (!caches) return NULL;
  if (pthread_setspecific(thread_end_key, caches) != 0) {
    free(caches);
    return NULL;
  }
  my_caches = caches;
  return caches;
}

/* NULL when this thread has none. */
static struct deed__cache *cache_for(const struct deed__pool *pool) {
  struct deed__thread_caches *caches = my_caches ? my_caches : begin_thread();
  return caches ? &caches->of[pool->id] : NULL;
}

DEED__COLD static uint32_t take_without_cache(struct deed__pool *pool) {
  pthread_mutex_lock(&pool->mutex);
  uint32_t index = take_locked(pool, true);
  pthread_mutex_unlock(&pool->mutex);
  return index;
}

DEED__COLD static void give_without_cache(struct deed__pool *pool, uint32_t index) {
  pthread_mutex_lock(&pool->mutex);
  give_locked(pool, index);
  pthread_mutex_unlock(&pool->mutex);
}

uint32_t deed__pool_take(struct deed__pool *pool) {
  struct deed__cache *cache = cache_for(pool);
  if (!cache) return take_without_cache(pool);
  if (!cache->count) refill(pool, cache);
  return cache->count ? cache->records[--cache->count] : DEED__NO_RECORD;
}

bool deed__pool_is_full(const struct deed__pool *pool) {
  uint32_t end = atomic_load_explicit(&((struct deed__pool *)(uintptr_t)pool)->end, memory_order_relaxed);
  return deed__pool_has(pool, (uint64_t)end - 1);
}

void deed__pool_give(struct deed__pool *pool, uint32_t index, uint32_t generation) {
  if (generation == UINT32_MAX) return;
  struct deed__cache *cache = cache_for(pool);
  if (!cache) return give_without_cache(pool, index);
  if (cache->count - 1 >= DEED__CACHE_RECORDS - 1) make_room(pool, cache);
  cache->records[cache->count++] = index;
}

void deed__pool_lock(struct deed__pool *pool) { pthread_mutex_lock(&pool->mutex); }

void deed__pool_unlock(struct deed__pool *pool) { pthread_mutex_unlock(&pool->mutex); }
