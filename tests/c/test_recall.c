/* SPDX-License-Identifier: BSD-3-Clause */
#include <pthread.h>
#include <time.h>

#include "check.h"

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

static void *release_later(void *argument) {
  const struct timespec pause = {.tv_nsec = 20000000};
  nanosleep(&pause, NULL);
  return deed_release(*(struct deed_array *)argument, NULL) == DEED_OK ? argument : NULL;
}

static void recall_wakes_when_the_last_share_ends(void **state) {
  const int64_t limits[] = {60000, -1};
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

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(recall_gives_the_memory_back_untouched),
      ACCOUNTED(recall_waits_as_long_as_it_was_told),
      ACCOUNTED(recall_wakes_when_the_last_share_ends),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
