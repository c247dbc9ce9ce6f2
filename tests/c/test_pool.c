/* SPDX-License-Identifier: BSD-3-Clause */
/* Records: each number is given to one user at a time, and never again when its generations are used up. */
#include "pool.h"

#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include "check.h"
#include "claim.h"
#include "heap.h"

enum { RECORDS = 2 * DEED__CHUNK_RECORDS + 100 };

/* In the place of the pool of layouts, which no array here needs. Its numbers do not begin with 0. */
enum { FIRST = 5 * DEED__CHUNK_RECORDS, END = FIRST + 64 * DEED__CHUNK_RECORDS };
static struct deed__pool pool = DEED__POOL_INIT(2, DEED__LAYOUT_POOL, FIRST, END);

/* In every chunk, and on both sides of where one ends. */
static void no_two_records_overlap(void **state) {
  static uint32_t taken[RECORDS];
  (void)state;
  for (int i = 0; i < RECORDS; ++i) {
    taken[i] = deed__pool_take(&pool);
    deed__store_word(deed__pool_at(&pool, taken[i]), 0, taken[i]);
    deed__store_word(deed__pool_at(&pool, taken[i]), 1, ~(uint64_t)taken[i]);
  }
  for (int i = 0; i < RECORDS; ++i) {
    assert_int_equal(deed__load_word(deed__pool_at(&pool, taken[i]), 0), taken[i]);
    assert_int_equal(deed__load_word(deed__pool_at(&pool, taken[i]), 1), ~(uint64_t)taken[i]);
    deed__pool_give(&pool, taken[i], 0);
  }
}

static void no_number_is_given_to_two(void **state) {
  static bool taken[4 * RECORDS];
  static uint32_t mine[RECORDS];
  (void)state;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < RECORDS; ++i) {
      mine[i] = deed__pool_take(&pool);
      assert_in_range(mine[i], FIRST, FIRST + COUNT_OF(taken) - 1);
      assert_false(taken[mine[i] - FIRST]);
      taken[mine[i] - FIRST] = true;
    }
    for (int i = 0; i < RECORDS; ++i) {
      taken[mine[i] - FIRST] = false;
      deed__pool_give(&pool, mine[i], 0);
    }
  }
}

static void addresses_never_change(void **state) {
  uint32_t first = deed__pool_take(&pool);
  const struct deed__record *before = deed__pool_at(&pool, first);
  static uint32_t others[RECORDS];
  (void)state;
  for (int i = 0; i < RECORDS; ++i) others[i] = deed__pool_take(&pool);
  assert_ptr_equal(deed__pool_at(&pool, first), before);
  for (int i = 0; i < RECORDS; ++i) deed__pool_give(&pool, others[i], 0);
  deed__pool_give(&pool, first, 0);
}

/* Two threads that use neighbours would else wait for each other. */
static void no_two_records_are_in_one_cache_line(void **state) {
  static uint32_t taken[RECORDS];
  (void)state;
  assert_int_equal(deed__claims.record_size_bytes % DEED__RECORD_ALIGNMENT, 0);
  assert_int_equal(deed__blocks.record_size_bytes % DEED__RECORD_ALIGNMENT, 0);
  assert_int_equal(pool.record_size_bytes, DEED__RECORD_ALIGNMENT);
  for (int i = 0; i < RECORDS; ++i) {
    taken[i] = deed__pool_take(&pool);
    assert_int_equal((uintptr_t)deed__pool_at(&pool, taken[i]) % DEED__RECORD_ALIGNMENT, 0);
  }
  for (int i = 0; i < RECORDS; ++i) deed__pool_give(&pool, taken[i], 0);
}

static struct deed__record *record_of(struct deed_array array) {
  return deed__pool_at(&deed__claims, (uint32_t)array.bits);
}

/* After 4294967295 uses of a slot a handle of the first use would be good again: the slot is left alone instead. */
static void a_slot_without_generations_is_never_used_again(void **state) {
  struct deed_array title = new_array();
  struct deed_array share = share_of(title);
  uint32_t slot = (uint32_t)share.bits;
  (void)state;
  assert_ok(deed_release(share, NULL));
  atomic_store(&record_of(share)->state, deed__state(UINT32_MAX - 1, 0));
  share = share_of(title);
  assert_int_equal((uint32_t)share.bits, slot);
  assert_int_equal(deed__generation(share.bits), UINT32_MAX);
  assert_ok(deed_release(share, NULL));
  assert_status(deed_release(share, NULL), DEED_ESTALE);
  for (int i = 0; i < RECORDS; ++i) {
    struct deed_array next = share_of(title);
    assert_int_not_equal((uint32_t)next.bits, slot);
    assert_ok(deed_release(next, NULL));
  }
  assert_ok(deed_release(title, NULL));
}

/* What the end of a thread is: other libraries have keys of their own, whose destructors the system calls before or
 * after ours, and again as long as they want, for some rounds. */
static pthread_key_t key;

#if defined(__SANITIZE_THREAD__)
#define ROUNDS 2 /* in the last round the thread sanitizer has ended the thread */
#else
#define ROUNDS PTHREAD_DESTRUCTOR_ITERATIONS
#endif

static void use_deed_in_every_round(void *rounds_left) {
  uintptr_t left = (uintptr_t)rounds_left - 1;
  if (deed_release(new_array(), NULL) == DEED_OK && left > 0) pthread_setspecific(key, (void *)left);
}

static void *end_with_deed(void *use_before) {
  if (use_before && deed_release(new_array(), NULL) != DEED_OK) return NULL;
  pthread_setspecific(key, (void *)(uintptr_t)ROUNDS);
  return use_before;
}

static void threads_that_end_with_deed_lose_no_records(void **state) {
  uint32_t claims, blocks;
  (void)state;
  assert_int_equal(pthread_key_create(&key, use_deed_in_every_round), 0);
  assert_ok(deed_release(new_array(), NULL));
  claims = deed__claims.count;
  blocks = deed__blocks.count;
  for (int i = 0; i < 200; ++i) {
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, end_with_deed, i % 2 ? &key : NULL), 0);
    pthread_join(thread, NULL);
  }
  assert_true(deed__claims.count - claims <= DEED__CACHE_RECORDS);
  assert_true(deed__blocks.count - blocks <= DEED__CACHE_RECORDS);
  pthread_key_delete(key);
}

/* A record is reserved before the title is seized. */
static void refused_transfers_lose_no_records(void **state) {
  struct deed_array title = new_array();
  struct deed_array share = share_of(title);
  struct deed_array moved;
  uint32_t claims = deed__claims.count;
  (void)state;
  for (int i = 0; i < 1000; ++i) assert_status(deed_transfer(share, DEED_HERE, &moved, NULL), DEED_ENOTTITLE);
  assert_true(deed__claims.count - claims <= DEED__CACHE_RECORDS);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(title, NULL));
}

static void *use_deed(void *unused) { return deed_release(new_array(), NULL) == DEED_OK ? &key : unused; }

static void end_threads(int count) {
  for (int i = 0; i < count; ++i) {
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, use_deed, NULL), 0);
    pthread_join(thread, NULL);
  }
}

static void threads_leave_no_memory_behind(void **state) {
  size_t before_bytes;
  (void)state;
  end_threads(10);
  before_bytes = heap_bytes();
  end_threads(200);
  assert_true(heap_bytes() < before_bytes + 100 * sizeof(struct deed__thread_caches));
}

/* Records go from a thread to the pool and back only while nobody else is at it: here we are. */
static _Atomic int step;

static void *fill_and_spill(void *unused) {
  static uint32_t taken[DEED__CACHE_RECORDS + 1];
  for (size_t i = 0; i < COUNT_OF(taken); ++i) taken[i] = deed__pool_take(&pool);
  step = 1;
  while (step == 1) sched_yield();
  for (size_t i = 0; i < COUNT_OF(taken); ++i) deed__pool_give(&pool, taken[i], 0);
  step = 3;
  return unused;
}

static void *take_one(void *unused) {
  uint32_t taken = deed__pool_take(&pool);
  step = 1;
  while (step == 1) sched_yield();
  deed__pool_give(&pool, taken, 0);
  return unused;
}

static void pause_for_others(void) {
  const struct timespec pause = {.tv_nsec = 50000000};
  nanosleep(&pause, NULL);
}

static bool has_joined(pthread_t thread) { return pthread_tryjoin_np(thread, NULL) == 0; }

static void start_and_lock(pthread_t *thread, void *(*work)(void *)) {
  step = 0;
  assert_int_equal(pthread_create(thread, NULL, work, NULL), 0);
  while (step == 0) sched_yield();
  deed__pool_lock(&pool);
  step = 2;
  pause_for_others();
}

static void records_are_given_back_under_the_lock(void **state) {
  pthread_t thread;
  (void)state;
  start_and_lock(&thread, fill_and_spill);
  assert_int_equal(step, 2); /* it waits to spill a full cache */
  deed__pool_unlock(&pool);
  pthread_join(thread, NULL);
  start_and_lock(&thread, take_one);
  assert_false(has_joined(thread)); /* it waits to spill at its end */
  deed__pool_unlock(&pool);
  pthread_join(thread, NULL);
}

static void *take_at_once(void *unused) {
  uint32_t taken = deed__pool_take(&pool);
  step = 3;
  deed__pool_give(&pool, taken, 0);
  return unused;
}

static void records_are_taken_under_the_lock(void **state) {
  pthread_t thread;
  (void)state;
  deed__pool_lock(&pool);
  step = 2;
  assert_int_equal(pthread_create(&thread, NULL, take_at_once, NULL), 0);
  pause_for_others();
  assert_int_equal(step, 2);
  deed__pool_unlock(&pool);
  pthread_join(thread, NULL);
  assert_int_equal(step, 3);
}

/* In a thread without a cache. */
static struct deed__pool *taken_from;

static void *take_records(void *count) {
  uint32_t taken = 0;
  while (taken < *(const uint32_t *)count && deed__pool_take(taken_from) != DEED__NO_RECORD) ++taken;
  *(uint32_t *)count = taken;
  return NULL;
}

static uint32_t taken_of(struct deed__pool *from, uint32_t count) {
  pthread_t thread;
  taken_from = from;
  assert_int_equal(pthread_create(&thread, NULL, take_records, &count), 0);
  pthread_join(thread, NULL);
  return count;
}

static void numbers_run_out(void **state) {
  static struct deed__pool small = DEED__POOL_INIT(1, DEED__LAYOUT_POOL, FIRST, FIRST + DEED__CHUNK_RECORDS);
  (void)state;
  assert_false(deed__pool_is_full(&small));
  assert_int_equal(taken_of(&small, DEED__CHUNK_RECORDS + 1), DEED__CHUNK_RECORDS);
  assert_true(deed__pool_is_full(&small));
}

static uint64_t mapped_bytes(void) {
  unsigned long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  assert_non_null(file);
  assert_int_equal(fscanf(file, "%lu", &pages), 1);
  fclose(file);
  return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* In a process of its own: a pool of 64 GiB under a limit that leaves 1 GiB. Returns 0, or how it failed. */
static int take_with_few_addresses(void) {
  static struct deed__pool large = DEED__POOL_INIT(31, DEED__LOAN_POOL, 0, UINT32_C(1) << 28);
  const struct rlimit one_more_gib = {mapped_bytes() + (UINT64_C(1) << 30), RLIM_INFINITY};
  void *big;
  if (setrlimit(RLIMIT_AS, &one_more_gib) != 0) return 1;
  if (deed__pool_take(&large) == DEED__NO_RECORD) return 2;
  if (large.end < 8 * DEED__CHUNK_RECORDS || (uint64_t)large.end * 256 > UINT64_C(1) << 27) return 3;
  big = malloc((size_t)3 << 28); /* most is the program's still */
  if (!big) return 4;
  free(big);
  for (uint32_t taken = 1; taken < large.end; ++taken) {
    if (deed__pool_take(&large) == DEED__NO_RECORD) return 5;
  }
  return deed__pool_take(&large) == DEED__NO_RECORD && deed__pool_is_full(&large) ? 0 : 6;
}

/* Sanitizers have no room under such a limit. */
static void a_pool_takes_a_part_where_addresses_are_few(void **state) {
  int status;
  (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  skip();
#endif
  pid_t child = fork();
  if (child == 0) _exit(take_with_few_addresses());
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

/* The only pointers to its memory are in records. */
static void a_live_array_is_no_leak(void **state) {
  (void)state;
#if defined(__SANITIZE_ADDRESS__)
  struct deed_array title = new_array();
  assert_int_equal(__lsan_do_recoverable_leak_check(), 0);
  assert_ok(deed_release(title, NULL));
#else
  skip();
#endif
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(no_two_records_overlap),
      ACCOUNTED(no_number_is_given_to_two),
      ACCOUNTED(addresses_never_change),
      ACCOUNTED(no_two_records_are_in_one_cache_line),
      ACCOUNTED(a_slot_without_generations_is_never_used_again),
      ACCOUNTED(threads_that_end_with_deed_lose_no_records),
      ACCOUNTED(refused_transfers_lose_no_records),
      ACCOUNTED(threads_leave_no_memory_behind),
      ACCOUNTED(records_are_given_back_under_the_lock),
      ACCOUNTED(records_are_taken_under_the_lock),
      ACCOUNTED(numbers_run_out),
      ACCOUNTED(a_live_array_is_no_leak),
      ACCOUNTED(a_pool_takes_a_part_where_addresses_are_few),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
