/* SPDX-License-Identifier: BSD-3-Clause */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "check.h"

int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);

static time_t realtime_is_ahead_s;

/* The core's clocks, and ours. The one of the wall may be ahead until it has been read once: then somebody sets it
 * right. */
int __wrap_clock_gettime(clockid_t clock, struct timespec *now) {
  int failed = __real_clock_gettime(clock, now);
  if (clock == CLOCK_REALTIME) {
    now->tv_sec += realtime_is_ahead_s;
    realtime_is_ahead_s = 0;
  }
  return failed;
}

static double memory[12];

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void recall_gives_the_memory_back_untouched(void **state) {
  struct deed_array loan;
  (void)state;
  memory[5] = 42.0;
  loan = lent(memory);
  assert_ptr_equal(described(loan).data, memory);
  assert_ok(deed_recall(loan, 0, NULL));
  assert_true(memory[5] == 42.0);
  assert_status(deed_recall(loan, 0, NULL), DEED_ESTALE);
}

static void recall_waits_as_long_as_it_was_told(void **state) {
  struct deed_array loan = lent(memory);
  struct deed_array share = share_of(loan);
  struct deed_error error;
  int64_t begun_ms = now_ms();
  (void)state;
  assert_status(deed_recall(loan, 60, &error), DEED_EBUSY);
  assert_true(now_ms() - begun_ms >= 59);
  assert_int_equal(error.holder_count, 1);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, 60, NULL));
}

static void *release_now(void *argument) {
  return deed_release(*(struct deed_array *)argument, NULL) == DEED_OK ? argument : NULL;
}

static void *release_later(void *argument) {
  const struct timespec pause = {.tv_nsec = 20000000};
  nanosleep(&pause, NULL);
  return release_now(argument);
}

/* Whole seconds and parts of them. */
static void every_limit_is_kept(void **state) {
  const int64_t limits_ms[] = {0, 1, 999, 1000, 1250};
  struct deed_array loan = lent(memory);
  struct deed_array share = share_of(loan);
  (void)state;
  for (size_t i = 0; i < COUNT_OF(limits_ms); ++i) {
    int64_t begun_ms = now_ms();
    assert_status(deed_recall(loan, limits_ms[i], NULL), DEED_EBUSY);
    assert_true(now_ms() - begun_ms >= limits_ms[i] - 1);
    assert_true(now_ms() - begun_ms < limits_ms[i] + 20000);
  }
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
}

/* Somebody sets the clock on the wall back right after the wait has begun. */
static void the_clock_on_the_wall_does_not_matter(void **state) {
  struct deed_array loan = lent(memory);
  struct deed_array share = share_of(loan);
  int64_t begun_ms = now_ms();
  (void)state;
  realtime_is_ahead_s = 20;
  assert_status(deed_recall(loan, 100, NULL), DEED_EBUSY);
  realtime_is_ahead_s = 0;
  assert_true(now_ms() - begun_ms < 15000);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
}

static int64_t work_us(void) {
  struct timespec used;
  __real_clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

/* Who waits leaves the processor to others, also when it was woken for another loan. */
static void a_lender_that_waits_does_not_work(void **state) {
  struct deed_array loan = lent(memory);
  struct deed_array other = lent(memory);
  struct deed_array share = share_of(loan);
  int64_t begun_us = work_us();
  pthread_t thread;
  void *released;
  struct deed_array share_of_other = share_of(other);
  (void)state;
  assert_int_equal(pthread_create(&thread, NULL, release_later, &share_of_other), 0);
  assert_status(deed_recall(loan, 400, NULL), DEED_EBUSY);
  assert_true(work_us() - begun_us < 20000);
  pthread_join(thread, &released);
  assert_non_null(released);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
  assert_ok(deed_recall(other, 0, NULL));
}

static void recall_wakes_when_the_last_share_ends(void **state) {
  const int64_t limits[] = {60000, 999, -1, INT64_MAX, INT64_MIN};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(limits); ++i) {
    struct deed_array loan = lent(memory);
    struct deed_array share = share_of(loan);
    pthread_t thread;
    void *released;
    int64_t begun_ms = now_ms();
    assert_int_equal(pthread_create(&thread, NULL, release_later, &share), 0);
    assert_ok(deed_recall(loan, limits[i], NULL));
    assert_true(now_ms() - begun_ms < 50000);
    pthread_join(thread, &released);
    assert_non_null(released);
  }
}

/* Nobody else can end the wait: it is refused at once, whatever the limit. */
static void recall_does_not_wait_for_what_cannot_change(void **state) {
  struct deed_array title = new_array();
  struct deed_array loan = lent(memory);
  struct deed_array share = share_of(loan);
  int64_t begun_ms = now_ms();
  (void)state;
  assert_status(deed_recall(title, 60000, NULL), DEED_EORIGIN);
  assert_status(deed_recall(share, -1, NULL), DEED_ENOTTITLE);
  assert_status(deed_recall((struct deed_array){0}, -1, NULL), DEED_EHANDLE);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, -1, NULL));
  assert_status(deed_recall(loan, -1, NULL), DEED_ESTALE);
  assert_ok(deed_release(title, NULL));
  assert_true(now_ms() - begun_ms < 50000);
}

/* Several lenders wait at once, each for its own block, and each is woken by the end of its own share. */
struct waiting {
  pthread_t thread;
  struct deed_array loan;
  enum deed_status status;
};

static void *wait_for_loan(void *argument) {
  struct waiting *waiting = argument;
  waiting->status = deed_recall(waiting->loan, 60000, NULL);
  return NULL;
}

static void lenders_wait_side_by_side(void **state) {
  struct waiting waiting[4];
  struct deed_array shares[4];
  int64_t begun_ms = now_ms();
  (void)state;
  for (int i = 0; i < 4; ++i) {
    waiting[i].loan = lent(memory);
    shares[i] = share_of(waiting[i].loan);
    assert_int_equal(pthread_create(&waiting[i].thread, NULL, wait_for_loan, &waiting[i]), 0);
  }
  for (int i = 3; i >= 0; --i) {
    assert_ok(deed_release(shares[i], NULL));
    pthread_join(waiting[i].thread, NULL);
    assert_status(waiting[i].status, DEED_OK);
  }
  assert_true(now_ms() - begun_ms < 50000);
}

/* How often a loan has ended, and with which memory. */
struct end {
  atomic_int count;
  void *data;
};

static void note_end(void *data, void *context) {
  struct end *end = context;
  end->data = data;
  atomic_fetch_add(&end->count, 1);
}

static void recall_later_ends_with_the_last_share(void **state) {
  struct end end = {0};
  struct deed_array loan = lent(memory);
  struct deed_array first = share_of(loan);
  struct deed_array second = share_of(first);
  (void)state;
  assert_ok(deed_publish(loan, "recall/later", NULL));
  assert_ok(deed_recall_later(loan, note_end, &end, NULL));
  assert_status(deed_recall_later(loan, note_end, &end, NULL), DEED_ESTALE);
  assert_status(deed_lookup("recall/later", 0, DEED_HERE, &loan, NULL), DEED_ENONAME);
  assert_ok(deed_release(first, NULL));
  assert_int_equal(atomic_load(&end.count), 0);
  assert_int_equal(described(second).owner, DEED_LANGUAGE_NONE);
  assert_int_equal(described(second).origin, DEED_ORIGIN_LENT);
  struct deed_array third = share_of(second);
  assert_ok(deed_release(second, NULL));
  assert_ok(deed_release(third, NULL));
  assert_int_equal(atomic_load(&end.count), 1);
  assert_ptr_equal(end.data, memory);
}

static void recall_later_of_a_sole_loan_ends_at_once(void **state) {
  struct end end = {0};
  (void)state;
  assert_ok(deed_recall_later(lent(memory), note_end, &end, NULL));
  assert_int_equal(atomic_load(&end.count), 1);
}

static void recall_later_that_is_refused_has_changed_nothing(void **state) {
  struct end end = {0};
  struct deed_array title = new_array();
  struct deed_array loan = lent(memory);
  struct deed_array share = share_of(loan);
  (void)state;
  assert_status(deed_recall_later(loan, NULL, &end, NULL), DEED_EINVAL);
  assert_status(deed_recall_later(share, note_end, &end, NULL), DEED_ENOTTITLE);
  assert_status(deed_recall_later(title, note_end, &end, NULL), DEED_EORIGIN);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
  assert_ok(deed_release(title, NULL));
  assert_int_equal(atomic_load(&end.count), 0);
}

static void recall_later_ends_the_wait_of_another_thread(void **state) {
  struct end end = {0};
  struct waiting waiting = {.loan = lent(memory)};
  struct deed_array shares[] = {share_of(waiting.loan), share_of(waiting.loan)};
  const struct timespec pause = {.tv_nsec = 20000000};
  int64_t begun_ms = now_ms();
  (void)state;
  assert_int_equal(pthread_create(&waiting.thread, NULL, wait_for_loan, &waiting), 0);
  nanosleep(&pause, NULL);
  assert_ok(deed_recall_later(waiting.loan, note_end, &end, NULL));
  pthread_join(waiting.thread, NULL);
  assert_status(waiting.status, DEED_ESTALE);
  assert_true(now_ms() - begun_ms < 50000);
  for (int i = 0; i < 2; ++i) assert_ok(deed_release(shares[i], NULL));
  assert_int_equal(atomic_load(&end.count), 1);
}

static void recall_later_ends_once_however_shares_race(void **state) {
  (void)state;
  for (int round = 0; round < 500; ++round) {
    struct end end = {0};
    struct deed_array loan = lent(memory);
    struct deed_array shares[2] = {share_of(loan), share_of(loan)};
    pthread_t threads[2];
    for (int i = 0; i < 2; ++i) assert_int_equal(pthread_create(&threads[i], NULL, release_now, &shares[i]), 0);
    assert_ok(deed_recall_later(loan, note_end, &end, NULL));
    for (int i = 0; i < 2; ++i) {
      void *released;
      pthread_join(threads[i], &released);
      assert_non_null(released);
    }
    assert_int_equal(atomic_load(&end.count), 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(recall_gives_the_memory_back_untouched),
      ACCOUNTED(recall_waits_as_long_as_it_was_told),
      ACCOUNTED(every_limit_is_kept),
      ACCOUNTED(the_clock_on_the_wall_does_not_matter),
      ACCOUNTED(a_lender_that_waits_does_not_work),
      ACCOUNTED(recall_wakes_when_the_last_share_ends),
      ACCOUNTED(recall_does_not_wait_for_what_cannot_change),
      ACCOUNTED(lenders_wait_side_by_side),
      ACCOUNTED(recall_later_ends_with_the_last_share),
      ACCOUNTED(recall_later_of_a_sole_loan_ends_at_once),
      ACCOUNTED(recall_later_that_is_refused_has_changed_nothing),
      ACCOUNTED(recall_later_ends_the_wait_of_another_thread),
      ACCOUNTED(recall_later_ends_once_however_shares_race),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
