/* SPDX-License-Identifier: BSD-3-Clause */
/* Threads that are cancelled while they use the core: no function is a cancellation point, nothing is left halfway. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

#define HANGS_AFTER_SECONDS 60u

static double memory[12];

/* The assertions of cmocka belong to one thread: this one notes the line of the first thing that was wrong. */
static _Atomic int failed_line;

static void expect_at(int line, bool holds) {
  int none = 0;
  if (!holds) atomic_compare_exchange_strong(&failed_line, &none, line);
}

#define expect(holds) expect_at(__LINE__, (holds))

static _Atomic int releases_finished;

/* A callback with a cancellation point in its middle. */
static void release_slowly(void *data, void *context) {
  (void)data;
  (void)context;
  pthread_testcancel();
  ++releases_finished;
}

static struct deed_array adopted_slowly(void) {
  struct deed_layout layout = {
      .dtype = DEED_REAL64, .rank = 1, .element_size_bytes = 8, .dim = {{.extent = 12, .stride_bytes = 8}}};
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ | DEED_WRITE, release_slowly, NULL};
  struct deed_array array = {0};
  expect(deed_adopt(&lot, &layout, DEED_HERE, &array, NULL) == DEED_OK);
  return array;
}

static void make_and_end(void) {
  struct deed_layout layout = {.dtype = DEED_REAL64, .element_size_bytes = 8};
  struct deed_array title, share, moved, copy;
  struct deed_reclaimed reclaimed;
  struct deed_error error;
  expect(deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &title, &error) == DEED_OK);
  expect(deed_share(title, 0, DEED_HERE, &share, &error) == DEED_OK);
  expect(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, &error) == DEED_EBUSY);
  expect(deed_release(share, &error) == DEED_OK);
  expect(deed_view(title, 0, &layout, 0, DEED_HERE, &share, &error) == DEED_OK);
  expect(deed_transfer(title, DEED_HERE, &moved, &error) == DEED_OK);
  expect(deed_copy(moved, DEED_ORDER_C, DEED_COPY_REQUESTED, DEED_HERE, &copy, &error) == DEED_OK);
  expect(deed_release(share, &error) == DEED_OK);
  expect(deed_release(moved, &error) == DEED_OK);
  expect(deed_reclaim(copy, DEED_ORIGIN_MALLOC, NULL, &reclaimed, &error) == DEED_OK);
  reclaimed.release(reclaimed.data, reclaimed.context);
}

static void use_names(void) {
  struct deed_array title = adopted_slowly();
  struct deed_array found;
  struct deed_name names[2];
  struct deed_ledger_entry entries[4];
  int64_t count;
  expect(deed_publish(title, "cancel", NULL) == DEED_OK);
  expect(deed_lookup("cancel", 0, DEED_HERE, &found, NULL) == DEED_OK);
  expect(deed_names(names, 2, &count) == DEED_OK && count == 1);
  expect(deed_ledger(entries, sizeof *entries, 4, &count) == DEED_OK);
  expect(deed_withdraw(title, NULL) == DEED_OK);
  expect(deed_release(found, NULL) == DEED_OK);
  expect(deed_publish(title, "cancel", NULL) == DEED_OK);
  expect(deed_release(title, NULL) == DEED_OK);
}

static void ask_and_remember(void) {
  struct deed_array title = adopted_slowly();
  struct deed_array upgraded;
  struct deed_weak weak;
  struct deed_holder holders[2];
  struct deed_counts counts;
  int32_t count;
  expect(deed_weak_of(title, &weak) == DEED_OK);
  expect(deed_upgrade(&weak, 0, DEED_HERE, &upgraded, NULL) == DEED_OK);
  expect(deed_holders(title, holders, 2, &count) == DEED_OK && count == 2);
  deed_count(&counts, sizeof counts);
  expect(deed_core_check(NULL) == DEED_OK);
  expect(deed_release(title, NULL) == DEED_OK);
  expect(deed_release(upgraded, NULL) == DEED_OK);
}

static void wait_for_a_loan(void) {
  struct deed_layout layout = {.dtype = DEED_REAL64, .element_size_bytes = 8};
  struct deed_array loan, share;
  expect(deed_lend(memory, DEED_READ, &layout, DEED_HERE, &loan, NULL) == DEED_OK);
  expect(deed_share(loan, 0, DEED_HERE, &share, NULL) == DEED_OK);
  expect(deed_recall(loan, 20, NULL) == DEED_EBUSY);
  expect(deed_release(loan, NULL) == DEED_EBUSY);
  expect(deed_release(share, NULL) == DEED_OK);
  expect(deed_recall(loan, 20, NULL) == DEED_OK);
}

static _Atomic bool came_to_the_end;

static void *call_everything_while_cancelled(void *unused) {
  pthread_cancel(pthread_self());
  make_and_end();
  use_names();
  ask_and_remember();
  wait_for_a_loan();
  came_to_the_end = true;
  pthread_testcancel();
  return unused;
}

static void no_function_is_a_cancellation_point(void **state) {
  pthread_t thread;
  void *result;
  (void)state;
  alarm(HANGS_AFTER_SECONDS);
  releases_finished = 0;
  assert_int_equal(pthread_create(&thread, NULL, call_everything_while_cancelled, NULL), 0);
  pthread_join(thread, &result);
  assert_true(came_to_the_end);
  assert_ptr_equal(result, PTHREAD_CANCELED);
  assert_int_equal(failed_line, 0);
  assert_int_equal(releases_finished, 2);
  alarm(0);
}

/* The callback runs with cancellation disabled, and what the caller had set holds again afterwards. */
static int state_in_callback, type_in_callback;

static void note_state(void *data, void *context) {
  (void)data;
  (void)context;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state_in_callback);
  pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &type_in_callback);
}

static void the_callers_cancel_state_is_kept(void **state) {
  const int states[] = {PTHREAD_CANCEL_ENABLE, PTHREAD_CANCEL_DISABLE};
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, note_state, NULL};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(states); ++i) {
    struct deed_array array;
    int seen;
    pthread_setcancelstate(states[i], NULL);
    assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &array, NULL));
    assert_ok(deed_release(array, NULL));
    assert_int_equal(state_in_callback, PTHREAD_CANCEL_DISABLE);
    assert_int_equal(type_in_callback, PTHREAD_CANCEL_DEFERRED);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &seen);
    assert_int_equal(seen, states[i]);
  }
}

static struct deed_array loan;
static _Atomic bool has_recalled;

static void *recall_for_ever(void *unused) {
  has_recalled = deed_recall(loan, -1, NULL) == DEED_OK;
  pthread_testcancel();
  return unused;
}

static void pause_ms(long ms) {
  const struct timespec pause = {.tv_nsec = ms * 1000000};
  nanosleep(&pause, NULL);
}

/* The lender that waits is cancelled: it still waits, everybody else can go on, and it ends when its loan has. */
static void a_lender_is_cancelled_while_it_waits(void **state) {
  struct deed_array share, other;
  pthread_t thread;
  void *result;
  pid_t child;
  int status;
  (void)state;
  alarm(HANGS_AFTER_SECONDS);
  loan = lent(memory);
  share = share_of(loan);
  assert_int_equal(pthread_create(&thread, NULL, recall_for_ever, NULL), 0);
  pause_ms(50);
  assert_int_equal(pthread_cancel(thread), 0);
  pause_ms(50);
  other = lent(memory);
  assert_ok(deed_release(share_of(other), NULL));
  assert_ok(deed_recall(other, 1000, NULL));
  child = fork();
  if (child == 0) _exit(deed_release(share, NULL) == DEED_OK && deed_recall(loan, 1000, NULL) == DEED_OK ? 0 : 1);
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
  assert_false(has_recalled);
  assert_ok(deed_release(share, NULL));
  pthread_join(thread, &result);
  assert_ptr_equal(result, PTHREAD_CANCELED);
  assert_true(has_recalled);
  alarm(0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(no_function_is_a_cancellation_point),
      ACCOUNTED(the_callers_cancel_state_is_kept),
      ACCOUNTED(a_lender_is_cancelled_while_it_waits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
