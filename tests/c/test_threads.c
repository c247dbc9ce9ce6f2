/* SPDX-License-Identifier: BSD-3-Clause */
/* Threads that use the same and different handles at once; run under the thread sanitizer as well. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#include "check.h"

enum { THREADS = 8, ROUNDS = 4000 };

static struct deed_array common;
static _Atomic int releases;

static void count_atomically(void *data, void *context) {
  (void)data;
  (void)context;
  atomic_fetch_add(&releases, 1);
}

/* The assertions of cmocka belong to one thread: workers count what went wrong. */
struct worker {
  pthread_t thread;
  uint64_t seed;
  int failures;
};

static void expect(struct worker *worker, int holds) { worker->failures += !holds; }

static void run(void *(*work)(void *)) {
  struct worker workers[THREADS];
  for (int i = 0; i < THREADS; ++i) {
    workers[i] = (struct worker){.seed = (uint64_t)i};
    assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
  }
  for (int i = 0; i < THREADS; ++i) {
    pthread_join(workers[i].thread, NULL);
    assert_int_equal(workers[i].failures, 0);
  }
}

static void *share_view_describe_release(void *argument) {
  struct worker *worker = argument;
  for (int round = 0; round < ROUNDS; ++round) {
    struct deed_array share, view;
    struct deed_descriptor seen;
    expect(worker, deed_share(common, 0, DEED_HERE, &share, NULL) == DEED_OK);
    expect(worker, deed_describe(share, &seen, sizeof seen) == DEED_OK);
    expect(worker, deed_view(share, 0, &seen.layout, DEED_READ, DEED_HERE, &view, NULL) == DEED_OK);
    expect(worker, deed_release(share, NULL) == DEED_OK);
    expect(worker, deed_describe(view, &seen, sizeof seen) == DEED_OK && seen.layout.dim[0].extent == 4);
    expect(worker, deed_release(view, NULL) == DEED_OK);
  }
  return NULL;
}

static void shares_of_one_array_from_all_threads(void **state) {
  (void)state;
  common = new_array();
  run(share_view_describe_release);
  assert_int_equal(described(common).claim_count, 1);
  assert_ok(deed_release(common, NULL));
}

static void *own_arrays(void *argument) {
  struct worker *worker = argument;
  static double memory[12];
  struct deed_layout layout = {
      .dtype = DEED_REAL64, .rank = 1, .element_size_bytes = 8, .dim = {{.extent = 12, .stride_bytes = 8}}};
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, count_atomically, NULL};
  for (int round = 0; round < ROUNDS; ++round) {
    struct deed_array title, moved, share;
    expect(worker, deed_adopt(&lot, &layout, DEED_HERE, &title, NULL) == DEED_OK);
    expect(worker, deed_share(title, 0, DEED_HERE, &share, NULL) == DEED_OK);
    expect(worker, deed_transfer(title, DEED_HERE, &moved, NULL) == DEED_OK);
    expect(worker, deed_release(title, NULL) == DEED_ESTALE);
    expect(worker, deed_release(moved, NULL) == DEED_OK);
    expect(worker, deed_release(share, NULL) == DEED_OK);
  }
  return NULL;
}

static void arrays_of_each_thread_end_exactly_once(void **state) {
  (void)state;
  atomic_store(&releases, 0);
  run(own_arrays);
  assert_int_equal(atomic_load(&releases), THREADS * ROUNDS);
}

/* The handle that all threads try to share, move and end; who succeeds in moving it puts the new handle there. */
static _Atomic uint64_t contested;

static void *contest(void *argument) {
  struct worker *worker = argument;
  for (int round = 0; round < ROUNDS; ++round) {
    struct deed_array array = {atomic_load(&contested)};
    struct deed_array made;
    enum deed_status status;
    if (next_random(&worker->seed) % 4 == 0) {
      status = deed_transfer(array, DEED_HERE, &made, NULL);
      if (status == DEED_OK) atomic_store(&contested, made.bits);
    } else {
      status = deed_share(array, 0, DEED_HERE, &made, NULL);
      if (status == DEED_OK) expect(worker, deed_release(made, NULL) == DEED_OK);
    }
    expect(worker, status == DEED_OK || status == DEED_ESTALE);
  }
  return NULL;
}

static void one_title_contested_by_all_threads(void **state) {
  (void)state;
  atomic_store(&contested, new_array().bits);
  run(contest);
  struct deed_array last = {atomic_load(&contested)};
  assert_int_equal(described(last).claim_count, 1);
  assert_ok(deed_release(last, NULL));
}

/* A share may race with the end of the block: it gets a claim that works, or a status. */
static void *share_or_stale(void *argument) {
  struct worker *worker = argument;
  for (int round = 0; round < ROUNDS; ++round) {
    struct deed_array array = {atomic_load(&contested)};
    struct deed_array share;
    struct deed_descriptor seen;
    enum deed_status status = deed_share(array, 0, DEED_HERE, &share, NULL);
    expect(worker, status == DEED_OK || status == DEED_ESTALE);
    if (status == DEED_OK) {
      expect(worker, deed_describe(share, &seen, sizeof seen) == DEED_OK && *(double *)seen.data == 0.0);
      expect(worker, deed_release(share, NULL) == DEED_OK);
    }
    if (next_random(&worker->seed) % 8 == 0 && deed_release(array, NULL) == DEED_OK) {
      struct deed_layout layout = {.dtype = DEED_REAL64, .element_size_bytes = 8};
      expect(worker, deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &share, NULL) == DEED_OK);
      atomic_store(&contested, share.bits);
    }
  }
  return NULL;
}

static void shares_race_with_the_last_release(void **state) {
  (void)state;
  atomic_store(&contested, new_array().bits);
  run(share_or_stale);
  assert_ok(deed_release((struct deed_array){atomic_load(&contested)}, NULL));
}

/* An upgrade may race with the end of the block, and with the next block in its record. */
static struct deed_weak remembered;

static void *upgrade_until_gone(void *argument) {
  struct worker *worker = argument;
  for (;;) {
    struct deed_array made;
    struct deed_descriptor seen;
    enum deed_status status = deed_upgrade(&remembered, 0, DEED_HERE, &made, NULL);
    if (status == DEED_ESTALE) return NULL;
    expect(worker, status == DEED_OK && deed_describe(made, &seen, sizeof seen) == DEED_OK);
    expect(worker, *(double *)seen.data == 0.0 && seen.layout.dim[1].extent == 3);
    expect(worker, deed_release(made, NULL) == DEED_OK);
  }
}

static void *release_and_make_anew(void *argument) {
  struct worker *worker = argument;
  if (worker->seed > 0) return upgrade_until_gone(argument);
  struct deed_layout layout = {.dtype = DEED_INT8, .element_size_bytes = 1};
  expect(worker, deed_release(common, NULL) == DEED_OK);
  for (int round = 0; round < ROUNDS; ++round) {
    struct deed_array next;
    expect(worker, deed_alloc(&layout, 0, DEED_HERE, &next, NULL) == DEED_OK);
    expect(worker, deed_release(next, NULL) == DEED_OK);
  }
  return NULL;
}

static void upgrades_race_with_the_last_release(void **state) {
  (void)state;
  for (int round = 0; round < 20; ++round) {
    common = new_array();
    assert_ok(deed_weak_of(common, &remembered));
    run(release_and_make_anew);
    assert_false(deed_weak_is_live(&remembered));
    nothing_lives(NULL);
  }
}

static void *publish_and_look_up(void *argument) {
  struct worker *worker = argument;
  char name[] = "threads/a";
  for (int round = 0; round < ROUNDS / 4; ++round) {
    struct deed_layout layout = {.dtype = DEED_REAL64, .element_size_bytes = 8};
    struct deed_array title, found;
    struct deed_counts counts;
    enum deed_status status;
    name[8] = (char)('a' + next_random(&worker->seed) % 4);
    expect(worker, deed_alloc(&layout, 0, DEED_HERE, &title, NULL) == DEED_OK);
    status = deed_publish(title, name, NULL);
    expect(worker, status == DEED_OK || status == DEED_EEXIST);
    name[8] = (char)('a' + next_random(&worker->seed) % 4);
    status = deed_lookup(name, 0, DEED_HERE, &found, NULL);
    expect(worker, status == DEED_OK || status == DEED_ENONAME);
    if (status == DEED_OK) expect(worker, deed_release(found, NULL) == DEED_OK);
    if (round % 64 == 0) deed_count(&counts, sizeof counts);
    expect(worker, deed_release(title, NULL) == DEED_OK);
  }
  return NULL;
}

static void the_registry_from_all_threads(void **state) {
  int64_t count;
  (void)state;
  run(publish_and_look_up);
  assert_ok(deed_names(NULL, 0, &count));
  assert_int_equal(count, 0);
}

/* A title that has a name and its share end at the same time: whoever is last frees the block, whether it finds the
 * name or not. */
static struct deed_array titles[ROUNDS], shares[ROUNDS];
static _Atomic int arrived;

static void *release_a_pair(void *argument) {
  struct worker *worker = argument;
  if (worker->seed > 1) return NULL;
  const struct deed_array *mine = worker->seed == 0 ? titles : shares;
  for (int round = 0; round < ROUNDS; ++round) {
    atomic_fetch_add(&arrived, 1);
    for (int spins = 0; atomic_load(&arrived) < 2 * (round + 1); ++spins) {
      if (spins > 1000) sched_yield();
    }
    expect(worker, deed_release(mine[round], NULL) == DEED_OK);
  }
  return NULL;
}

static void a_named_title_and_its_share_end_together(void **state) {
  (void)state;
  for (int repeat = 0; repeat < 10; ++repeat) {
    for (int round = 0; round < ROUNDS; ++round) {
      char name[32];
      snprintf(name, sizeof name, "threads/%d", round);
      titles[round] = new_array();
      shares[round] = share_of(titles[round]);
      assert_ok(deed_publish(titles[round], name, NULL));
    }
    atomic_store(&arrived, 0);
    run(release_a_pair);
    nothing_lives(NULL);
  }
}

/* Shares come and go while the lender tries to end the loan: it ends with no share left. */
static void *share_a_loan(void *argument) {
  struct worker *worker = argument;
  for (int round = 0; round < ROUNDS; ++round) {
    struct deed_array share;
    enum deed_status status = deed_share(common, 0, DEED_HERE, &share, NULL);
    if (status == DEED_OK) expect(worker, deed_release(share, NULL) == DEED_OK);
    expect(worker, status == DEED_OK || status == DEED_ESTALE);
  }
  return NULL;
}

static void a_loan_is_recalled_under_fire(void **state) {
  static double memory[12];
  pthread_t thread;
  struct worker worker = {.failures = 0};
  (void)state;
  for (int round = 0; round < 50; ++round) {
    common = lent(memory);
    assert_int_equal(pthread_create(&thread, NULL, share_a_loan, &worker), 0);
    assert_ok(deed_recall(common, 60000, NULL));
    pthread_join(thread, NULL);
    nothing_lives(NULL);
  }
  assert_int_equal(worker.failures, 0);
}

/* Threads that use a new file name at the same time keep one copy of it. */
static pthread_barrier_t together;

static void *share_from_a_new_file(void *argument) {
  struct worker *worker = argument;
  char file[16] = "threads/00.c";
  for (int round = 0; round < 90; ++round) {
    struct deed_site site = {DEED_LANGUAGE_PYTHON, round + 1, file};
    struct deed_array share;
    file[8] = (char)('0' + round / 10);
    file[9] = (char)('0' + round % 10);
    pthread_barrier_wait(&together);
    expect(worker, deed_share(common, 0, &site, &share, NULL) == DEED_OK);
    pthread_barrier_wait(&together);
    if (worker->seed == 0) {
      struct deed_holder holders[THREADS + 1];
      int32_t count = 0;
      expect(worker, deed_holders(common, holders, THREADS + 1, &count) == DEED_OK && count == THREADS + 1);
      for (int i = 2; i < count; ++i) expect(worker, holders[i].file == holders[1].file);
    }
    pthread_barrier_wait(&together);
    expect(worker, deed_release(share, NULL) == DEED_OK);
  }
  return NULL;
}

static void one_copy_of_each_file_name(void **state) {
  (void)state;
  pthread_barrier_init(&together, NULL, THREADS);
  common = new_array();
  run(share_from_a_new_file);
  assert_ok(deed_release(common, NULL));
  pthread_barrier_destroy(&together);
}

/* A title that is published, withdrawn, transferred and looked up by all at once. */
static void *name_and_move(void *argument) {
  struct worker *worker = argument;
  for (int round = 0; round < ROUNDS / 4; ++round) {
    struct deed_array array = {atomic_load(&contested)};
    struct deed_array made;
    enum deed_status status;
    switch (next_random(&worker->seed) % 4) {
      case 0:
        status = deed_publish(array, "threads/contested", NULL);
        expect(worker, status == DEED_OK || status == DEED_EEXIST || status == DEED_ESTALE);
        break;
      case 1:
        status = deed_withdraw(array, NULL);
        expect(worker, status == DEED_OK || status == DEED_ENONAME || status == DEED_ESTALE);
        break;
      case 2:
        status = deed_transfer(array, DEED_HERE, &made, NULL);
        expect(worker, status == DEED_OK || status == DEED_ESTALE);
        if (status == DEED_OK) atomic_store(&contested, made.bits);
        break;
      default:
        status = deed_lookup("threads/contested", 0, DEED_HERE, &made, NULL);
        expect(worker, status == DEED_OK || status == DEED_ENONAME);
        if (status == DEED_OK) expect(worker, deed_release(made, NULL) == DEED_OK);
    }
  }
  return NULL;
}

static void a_name_and_its_title_contested_by_all_threads(void **state) {
  int64_t count;
  (void)state;
  atomic_store(&contested, new_array().bits);
  run(name_and_move);
  struct deed_array last = {atomic_load(&contested)};
  assert_ok(deed_names(NULL, 0, &count));
  assert_int_equal(count, described(last).published);
  assert_ok(deed_release(last, NULL));
  assert_ok(deed_names(NULL, 0, &count));
  assert_int_equal(count, 0);
}

/* Reclaim against share: either the memory leaves, or it is held. */
static void *share_until_gone(void *argument) {
  struct worker *worker = argument;
  for (;;) {
    struct deed_array share;
    enum deed_status status = deed_share(common, 0, DEED_HERE, &share, NULL);
    if (status == DEED_ESTALE) return NULL;
    expect(worker, status == DEED_OK && deed_release(share, NULL) == DEED_OK);
  }
}

static void memory_is_reclaimed_under_fire(void **state) {
  static double memory[12];
  pthread_t thread;
  struct worker worker = {.failures = 0};
  (void)state;
  for (int round = 0; round < 200; ++round) {
    int ended = 0;
    struct deed_reclaimed reclaimed;
    enum deed_status status;
    common = adopted(memory, DEED_ORIGIN_CXX, &ended);
    assert_int_equal(pthread_create(&thread, NULL, share_until_gone, &worker), 0);
    do {
      status = deed_reclaim(common, DEED_ORIGIN_CXX, NULL, &reclaimed, NULL);
      assert_true(status == DEED_OK || status == DEED_EBUSY);
    } while (status != DEED_OK);
    pthread_join(thread, NULL);
    assert_int_equal(ended, 0);
    assert_ptr_equal(reclaimed.data, memory);
    nothing_lives(NULL);
  }
  assert_int_equal(worker.failures, 0);
}

/* The same with the release of a loan, which is a recall that does not wait. */
static void a_loan_is_released_under_fire(void **state) {
  static double memory[12];
  pthread_t thread;
  struct worker worker = {.failures = 0};
  (void)state;
  for (int round = 0; round < 200; ++round) {
    enum deed_status status;
    common = lent(memory);
    assert_int_equal(pthread_create(&thread, NULL, share_until_gone, &worker), 0);
    do {
      status = deed_release(common, NULL);
      assert_true(status == DEED_OK || status == DEED_EBUSY);
    } while (status != DEED_OK);
    pthread_join(thread, NULL);
    nothing_lives(NULL);
  }
  assert_int_equal(worker.failures, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(shares_of_one_array_from_all_threads),
      ACCOUNTED(arrays_of_each_thread_end_exactly_once),
      ACCOUNTED(one_title_contested_by_all_threads),
      ACCOUNTED(shares_race_with_the_last_release),
      ACCOUNTED(upgrades_race_with_the_last_release),
      ACCOUNTED(the_registry_from_all_threads),
      ACCOUNTED(a_named_title_and_its_share_end_together),
      ACCOUNTED(a_loan_is_recalled_under_fire),
      ACCOUNTED(one_copy_of_each_file_name),
      ACCOUNTED(a_name_and_its_title_contested_by_all_threads),
      ACCOUNTED(memory_is_reclaimed_under_fire),
      ACCOUNTED(a_loan_is_released_under_fire),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
