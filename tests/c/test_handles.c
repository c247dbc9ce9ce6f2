/* SPDX-License-Identifier: BSD-3-Clause */
/* A million handles that are not live, to every function that takes one. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "block.h"
#include "check.h"
#include "claim.h"

#define HANDLES 1000000

static struct deed_layout layout;

static enum deed_status by_share(struct deed_array a) {
  struct deed_array out;
  return deed_share(a, 0, NULL, &out, NULL);
}
static enum deed_status by_view(struct deed_array a) {
  struct deed_array out;
  return deed_view(a, 0, &layout, 0, NULL, &out, NULL);
}
static enum deed_status by_transfer(struct deed_array a) {
  struct deed_array out;
  return deed_transfer(a, NULL, &out, NULL);
}
static enum deed_status by_reclaim(struct deed_array a) {
  struct deed_reclaimed out;
  return deed_reclaim(a, DEED_ORIGIN_MALLOC, NULL, &out, NULL);
}
static enum deed_status by_recall(struct deed_array a) { return deed_recall(a, 0, NULL); }
static enum deed_status by_recall_with_time(struct deed_array a) { return deed_recall(a, 60000, NULL); }
static enum deed_status by_release(struct deed_array a) { return deed_release(a, NULL); }
static enum deed_status by_copy(struct deed_array a) {
  struct deed_array out;
  return deed_copy(a, DEED_ORDER_ANY, DEED_COPY_REQUESTED, NULL, &out, NULL);
}
static enum deed_status by_describe(struct deed_array a) {
  struct deed_descriptor out;
  return deed_describe(a, &out, sizeof out);
}
static enum deed_status by_holders(struct deed_array a) {
  int32_t count;
  return deed_holders(a, NULL, 0, &count);
}
static enum deed_status by_weak_of(struct deed_array a) {
  struct deed_weak out;
  return deed_weak_of(a, &out);
}
static enum deed_status by_publish(struct deed_array a) { return deed_publish(a, "handles", NULL); }
static enum deed_status by_withdraw(struct deed_array a) { return deed_withdraw(a, NULL); }

static enum deed_status (*const functions[])(struct deed_array) = {
    by_share, by_view,     by_transfer, by_reclaim, by_recall,   by_recall_with_time, by_release,
    by_copy,  by_describe, by_holders,  by_publish, by_withdraw, by_weak_of};

/* One in turn: zero, random, random in a slot that exists, of the future, of the past, beyond the last slot. */
static struct deed_array dead_handle(uint64_t n, uint64_t *seed, const struct deed_array *stale, size_t stale_count,
                                     struct deed_array live) {
  uint64_t random = next_random(seed);
  uint64_t slot = live.bits & UINT32_MAX;
  uint64_t generation = live.bits >> 32;
  struct deed_array handle = {0};
  switch (n % 6) {
    case 1: handle.bits = random; break;
    case 2: handle.bits = (random << 32) | slot; break;
    case 3: handle.bits = (generation + 1 + random % 1000) << 32 | slot; break;
    case 4: handle = stale[random % stale_count]; break;
    case 5: handle.bits = generation << 32 | (UINT32_MAX - random % 1000); break;
  }
  if (handle.bits == live.bits) handle.bits = 0;
  return handle;
}

static void a_million_dead_handles_to_every_function(void **state) {
  struct deed_array stale[256];
  struct deed_array live;
  uint64_t seed = 4;
  (void)state;
  layout = small_layout();
  for (size_t i = 0; i < COUNT_OF(stale); ++i) {
    stale[i] = new_array();
    if (i % 2) {
      struct deed_array moved;
      assert_ok(deed_transfer(stale[i], DEED_HERE, &moved, NULL));
      assert_ok(deed_release(moved, NULL));
    } else {
      assert_ok(deed_release(stale[i], NULL));
    }
  }
  live = new_array();
  struct deed_counts before = counts_now();
  for (uint64_t n = 0; n < HANDLES; ++n) {
    struct deed_array handle = dead_handle(n, &seed, stale, COUNT_OF(stale), live);
    enum deed_status first = functions[0](handle);
    if (first != DEED_EHANDLE && first != DEED_ESTALE) fail_msg("status %d for %llx", first, (long long)handle.bits);
    for (size_t f = 1; f < COUNT_OF(functions); ++f) assert_int_equal(functions[f](handle), first);
    assert_false(deed_is_live(handle));
  }
  struct deed_counts after = counts_now();
  assert_memory_equal(&before, &after, sizeof before);
  assert_ok(deed_release(live, NULL));
}

static void zero_and_past_handles_are_told_apart(void **state) {
  struct deed_array zero = {0};
  struct deed_array past = new_array();
  struct deed_array future = {past.bits + (UINT64_C(5) << 32)};
  (void)state;
  assert_ok(deed_release(past, NULL));
  assert_status(deed_release(zero, NULL), DEED_EHANDLE);
  assert_status(deed_release(future, NULL), DEED_EHANDLE);
  assert_status(deed_release(past, NULL), DEED_ESTALE);
}

/* How many arrays make the last record of a chunk the last of all, for blocks and claims alike. */
static size_t arrays_to_fill_a_chunk(void) {
  size_t blocks = atomic_load(&deed__blocks.count);
  size_t claims = atomic_load(&deed__claims.count);
  size_t most = blocks > claims ? blocks : claims;
  return (most / DEED__CHUNK_RECORDS + 1) * DEED__CHUNK_RECORDS;
}

/* Behind the last record of a full chunk is no memory at all. */
static void nothing_is_read_behind_the_last_record(void **state) {
  size_t array_count = arrays_to_fill_a_chunk();
  struct deed_array *arrays = calloc(array_count, sizeof *arrays);
  struct deed_weak weak;
  struct deed_ledger_entry entry;
  int64_t block_count;
  int32_t holder_count;
  (void)state;
  assert_non_null(arrays);
  for (size_t i = 0; i < array_count; ++i) arrays[i] = new_array();
  assert_int_equal(atomic_load(&deed__claims.count), array_count);
  assert_int_equal(atomic_load(&deed__blocks.count), array_count);
  struct deed_array behind = {UINT64_C(1) << 32 | array_count};
  for (size_t f = 0; f < COUNT_OF(functions); ++f) assert_int_equal(functions[f](behind), DEED_EHANDLE);
  assert_false(deed_is_live(behind));
  assert_ok(deed_weak_of(arrays[0], &weak));
  weak.block = behind.bits;
  assert_false(deed_weak_is_live(&weak));
  assert_int_equal(counts_now().live_claims, array_count);
  assert_ok(deed_ledger(&entry, sizeof entry, 1, &block_count));
  assert_int_equal(block_count, array_count);
  assert_ok(deed_holders(arrays[0], NULL, 0, &holder_count));
  assert_int_equal(holder_count, 1);
  for (size_t i = 0; i < array_count; ++i) assert_ok(deed_release(arrays[i], NULL));
  free(arrays);
}

/* Of two threads that release the same handle, one wins. */
struct race {
  pthread_barrier_t start;
  struct deed_array array;
  enum deed_status status[2];
};

static void *release_in_race(void *argument) {
  struct race *race = argument;
  for (int round = 0; round < 2000; ++round) {
    pthread_barrier_wait(&race->start);
    race->status[1] = deed_release(race->array, NULL);
    pthread_barrier_wait(&race->start);
  }
  return NULL;
}

static void trap_a18_two_threads_release_one_handle(void **state) {
  struct race race;
  pthread_t other;
  (void)state;
  pthread_barrier_init(&race.start, NULL, 2);
  assert_int_equal(pthread_create(&other, NULL, release_in_race, &race), 0);
  for (int round = 0; round < 2000; ++round) {
    race.array = new_array();
    pthread_barrier_wait(&race.start);
    race.status[0] = deed_release(race.array, NULL);
    pthread_barrier_wait(&race.start);
    assert_int_equal((race.status[0] == DEED_OK) + (race.status[1] == DEED_OK), 1);
    assert_int_equal((race.status[0] == DEED_ESTALE) + (race.status[1] == DEED_ESTALE), 1);
  }
  pthread_join(other, NULL);
  pthread_barrier_destroy(&race.start);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(a_million_dead_handles_to_every_function),
      ACCOUNTED(zero_and_past_handles_are_told_apart),
      ACCOUNTED(nothing_is_read_behind_the_last_record),
      ACCOUNTED(trap_a18_two_threads_release_one_handle),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
