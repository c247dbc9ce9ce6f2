/* SPDX-License-Identifier: BSD-3-Clause */
/* Records: each number is given to one user at a time, and never again when its generations are used up. */
#include "pool.h"

#include <stdbool.h>

#include "check.h"
#include "claim.h"

enum { RECORDS = 2 * DEED__CHUNK_RECORDS + 100 };

/* In the place of the pool for dimensions, which no array here needs. */
static _Atomic uintptr_t chunks[DEED__POOL_CHUNKS];
static struct deed__pool pool = DEED__POOL_INIT(2, DEED__WIDE_POOL, chunks);

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
      assert_true(mine[i] < COUNT_OF(taken));
      assert_false(taken[mine[i]]);
      taken[mine[i]] = true;
    }
    for (int i = 0; i < RECORDS; ++i) {
      taken[mine[i]] = false;
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

static _Atomic uintptr_t chunks_of_full[DEED__POOL_CHUNKS];
static struct deed__pool full = DEED__POOL_INIT(1, DEED__WIDE_POOL, chunks_of_full);

/* In a thread without a cache. */
static void *take_from_full(void *argument) {
  *(uint32_t *)argument = deed__pool_take(&full);
  return NULL;
}

/* A pool that has handed out its last number, without the memory that this would take. */
static void numbers_run_out(void **state) {
  const uint64_t numbers = (uint64_t)DEED__CHUNK_RECORDS * DEED__POOL_CHUNKS;
  pthread_t thread;
  uint32_t taken = 0;
  (void)state;
  assert_false(deed__pool_is_full(&full));
  assert_true(numbers <= UINT32_MAX);
  atomic_store(&full.count, (uint32_t)numbers);
  assert_int_equal(pthread_create(&thread, NULL, take_from_full, &taken), 0);
  pthread_join(thread, NULL);
  assert_int_equal(taken, DEED__NO_RECORD);
  assert_true(deed__pool_is_full(&full));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(no_two_records_overlap),
      ACCOUNTED(no_number_is_given_to_two),
      ACCOUNTED(addresses_never_change),
      ACCOUNTED(no_two_records_are_in_one_cache_line),
      ACCOUNTED(a_slot_without_generations_is_never_used_again),
      ACCOUNTED(numbers_run_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
