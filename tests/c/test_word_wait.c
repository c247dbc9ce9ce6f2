/* SPDX-License-Identifier: BSD-3-Clause */
/* Threads that wait for others: until when, with how much of the processor, and whom they let run. */
#include "word_wait.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "claim.h"

#define MS INT64_C(1000000)

static int64_t time_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void a_word_that_has_changed_is_not_waited_for(void **state) {
  _Atomic uint32_t word = 2;
  int64_t begun_ns = time_ns(CLOCK_MONOTONIC);
  (void)state;
  deed__word_wait(&word, 1, DEED__LONGEST_WAIT_NS);
  assert_true(time_ns(CLOCK_MONOTONIC) - begun_ns < 20000 * MS);
}

static void a_wait_ends_in_time_and_costs_nothing(void **state) {
  _Atomic uint32_t word = 1;
  const int64_t limits_ns[] = {1, MS, 300 * MS, 1200 * MS};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(limits_ns); ++i) {
    int64_t begun_ns = time_ns(CLOCK_MONOTONIC);
    int64_t work_ns = time_ns(CLOCK_THREAD_CPUTIME_ID);
    errno = 1234;
    deed__word_wait(&word, 1, limits_ns[i]);
    assert_int_equal(errno, 1234);
    assert_true(time_ns(CLOCK_MONOTONIC) - begun_ns >= limits_ns[i]);
    assert_true(time_ns(CLOCK_MONOTONIC) - begun_ns < limits_ns[i] + 20000 * MS);
    assert_true(time_ns(CLOCK_THREAD_CPUTIME_ID) - work_ns < 50 * MS);
  }
}

static _Atomic uint32_t bell;

static void *wait_for_bell(void *unused) {
  while (bell == 0) deed__word_wait(&bell, 0, DEED__LONGEST_WAIT_NS);
  return unused;
}

static void all_who_wait_are_woken(void **state) {
  const struct timespec pause = {.tv_nsec = 30 * MS};
  int64_t begun_ns = time_ns(CLOCK_MONOTONIC);
  pthread_t threads[4];
  (void)state;
  bell = 0;
  for (size_t i = 0; i < COUNT_OF(threads); ++i) {
    assert_int_equal(pthread_create(&threads[i], NULL, wait_for_bell, NULL), 0);
  }
  nanosleep(&pause, NULL);
  bell = 1;
  errno = 1234;
  deed__word_wake(&bell);
  assert_int_equal(errno, 1234);
  for (size_t i = 0; i < COUNT_OF(threads); ++i) pthread_join(threads[i], NULL);
  assert_true(time_ns(CLOCK_MONOTONIC) - begun_ns < 60000 * MS);
}

/* The first rounds cost next to nothing, the later ones sleep, and none sleeps for long. */
static void rounds_of_waiting_sleep_in_the_end(void **state) {
  int64_t begun_ns = time_ns(CLOCK_MONOTONIC);
  int64_t work_ns = time_ns(CLOCK_THREAD_CPUTIME_ID);
  (void)state;
  errno = 1234;
  for (int round = 0; round < 500; ++round) deed__wait_round(round);
  deed__wait_round(INT32_MAX);
  assert_int_equal(errno, 1234);
  assert_true(time_ns(CLOCK_MONOTONIC) - begun_ns > 200 * MS);
  assert_true(time_ns(CLOCK_MONOTONIC) - begun_ns < 60000 * MS);
  assert_true(time_ns(CLOCK_THREAD_CPUTIME_ID) - work_ns < 150 * MS);
}

/* A thread of a low priority has a claim seized, has work to do before it lets it go, and has only one processor; one
 * of a high priority wants the claim, on that processor. */
struct contest {
  struct deed_array array;
  _Atomic int is_seized;
  int64_t work_ns; /* processor time of the one that waited */
  enum deed_status status;
};

static void stay_on_one_processor(void) {
  cpu_set_t allowed, one;
  size_t processor = 0;
  sched_getaffinity(0, sizeof allowed, &allowed);
  while (!CPU_ISSET(processor, &allowed)) ++processor;
  CPU_ZERO(&one);
  CPU_SET(processor, &one);
  sched_setaffinity(0, sizeof one, &one);
}

static void *seize_and_work(void *argument) {
  struct contest *contest = argument;
  struct deed__claim claim;
  stay_on_one_processor();
  contest->status = deed__claim_try_seize(contest->array, &claim);
  contest->is_seized = 1;
  for (int64_t begun_ns = time_ns(CLOCK_THREAD_CPUTIME_ID); time_ns(CLOCK_THREAD_CPUTIME_ID) - begun_ns < 30 * MS;) {
  }
  deed__claim_unseize(contest->array);
  return NULL;
}

static void *release_with_priority(void *argument) {
  struct contest *contest = argument;
  int64_t begun_ns = time_ns(CLOCK_THREAD_CPUTIME_ID);
  stay_on_one_processor();
  contest->status = deed_release(contest->array, NULL);
  contest->work_ns = time_ns(CLOCK_THREAD_CPUTIME_ID) - begun_ns;
  return NULL;
}

static int create_with_priority(pthread_t *thread, void *(*work)(void *), void *argument) {
  const struct sched_param priority = {.sched_priority = 1};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
  pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
  pthread_attr_setschedparam(&attributes, &priority);
  int error = pthread_create(thread, &attributes, work, argument);
  pthread_attr_destroy(&attributes);
  return error;
}

/* The system lets others have a twentieth of a processor that a realtime thread does not leave: a thread that spins is
 * busy for about a second. */
static void who_waits_lets_a_thread_of_lower_priority_finish(void **state) {
  struct contest contest = {.array = new_array()};
  pthread_t low, high;
  (void)state;
  assert_int_equal(pthread_create(&low, NULL, seize_and_work, &contest), 0);
  while (!contest.is_seized) sched_yield();
  int error = create_with_priority(&high, release_with_priority, &contest);
  if (error == 0) pthread_join(high, NULL);
  pthread_join(low, NULL);
  if (error != 0) {
    assert_ok(deed_release(contest.array, NULL));
    print_message("SKIPPED: this process may not have threads of SCHED_FIFO (%s)\n", strerror(error));
    assert_int_equal(error, EPERM);
    skip();
  }
  assert_ok(contest.status);
  assert_true(contest.work_ns < 200 * MS);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(a_word_that_has_changed_is_not_waited_for),
      ACCOUNTED(a_wait_ends_in_time_and_costs_nothing),
      ACCOUNTED(all_who_wait_are_woken),
      ACCOUNTED(rounds_of_waiting_sleep_in_the_end),
      ACCOUNTED(who_waits_lets_a_thread_of_lower_priority_finish),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
