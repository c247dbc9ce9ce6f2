/* SPDX-License-Identifier: BSD-3-Clause */
/* A signal handler asks about an array whose verb it has interrupted: what array.h says is safe there neither waits for
 * that verb nor for a lock that the interrupted thread may hold. */
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/time.h>
#include <unistd.h>

#include "check.h"
#include "claim.h"
#include "name_table.h"

#define HANGS_AFTER_SECONDS 60u

static struct deed_array subject;

/* What the handler found. */
static struct {
  _Atomic int runs;
  int is_live;
  enum deed_status described, listed, remembered;
  struct deed_descriptor seen;
  int32_t holders;
  int weak_is_live;
  int64_t live_claims;
} found;

static void ask(int signal_number) {
  struct deed_holder holders[4];
  struct deed_weak weak;
  struct deed_counts counts;
  (void)signal_number;
  found.is_live = deed_is_live(subject);
  found.described = deed_describe(subject, &found.seen, sizeof found.seen);
  found.listed = deed_holders(subject, holders, 4, &found.holders);
  found.remembered = deed_weak_of(subject, &weak);
  found.weak_is_live = found.remembered == DEED_OK && deed_weak_is_live(&weak);
  deed_count(&counts, sizeof counts);
  found.live_claims = counts.live_claims;
  ++found.runs;
}

static void interrupt_and_check(void) {
  int before = found.runs;
  assert_int_equal(raise(SIGUSR1), 0);
  assert_int_equal(found.runs, before + 1);
  assert_true(found.is_live);
  assert_status(found.described, DEED_OK);
  assert_int_equal(found.seen.layout.dim[0].extent, 4);
  assert_status(found.listed, DEED_OK);
  assert_int_equal(found.holders, 1);
  assert_status(found.remembered, DEED_OK);
  assert_true(found.weak_is_live);
  assert_int_equal(found.live_claims, 1);
}

static void enquiries_do_not_wait_for_what_they_interrupted(void **state) {
  struct deed__claim claim;
  (void)state;
  alarm(HANGS_AFTER_SECONDS);
  signal(SIGUSR1, ask);
  subject = new_array();
  assert_ok(deed__claim_try_seize(subject, &claim));
  interrupt_and_check();
  deed__claim_unseize(subject);
  deed__names_lock();
  deed__claims_lock();
  deed__pool_lock(&deed__blocks);
  interrupt_and_check();
  deed__pool_unlock(&deed__blocks);
  deed__claims_unlock();
  deed__names_unlock();
  assert_ok(deed_release(subject, NULL));
  raise(SIGUSR1);
  assert_false(found.is_live);
  assert_status(found.described, DEED_ESTALE);
  alarm(0);
}

/* A timer that interrupts verbs wherever they are. */
static volatile struct deed_array moving;
static _Atomic int good, stale, bad;

static void ask_about_the_moving(int signal_number) {
  struct deed_array array = {moving.bits};
  struct deed_descriptor seen;
  (void)signal_number;
  enum deed_status status = deed_describe(array, &seen, sizeof seen);
  bool owner_is_holder = status == DEED_OK && seen.owner == seen.language && seen.role == DEED_ROLE_TITLE;
  good += owner_is_holder;
  stale += status == DEED_ESTALE;
  bad += status != DEED_ESTALE && !owner_is_holder;
}

static void verbs_on_the_moving(enum deed_language language) {
  const struct deed_site site = {language, 1, "signal"};
  struct deed_array moved;
  assert_ok(deed_release(share_of((struct deed_array){moving.bits}), NULL));
  assert_ok(deed_publish((struct deed_array){moving.bits}, "signal", NULL));
  assert_ok(deed_transfer((struct deed_array){moving.bits}, &site, &moved, NULL));
  moving.bits = moved.bits;
  assert_ok(deed_withdraw(moved, NULL));
}

static void a_title_is_described_wherever_its_verbs_are_interrupted(void **state) {
  const struct itimerval often = {.it_interval = {.tv_usec = 200}, .it_value = {.tv_usec = 200}};
  const struct itimerval never = {.it_value = {0}};
  (void)state;
  alarm(HANGS_AFTER_SECONDS);
  signal(SIGPROF, ask_about_the_moving);
  moving.bits = new_array().bits;
  setitimer(ITIMER_PROF, &often, NULL);
  for (int round = 0; round < 20000 || good + stale + bad < 20; ++round) {
    verbs_on_the_moving(round % 2 ? DEED_LANGUAGE_FORTRAN : DEED_LANGUAGE_PYTHON);
  }
  setitimer(ITIMER_PROF, &never, NULL);
  assert_int_equal(bad, 0);
  assert_true(good > 0);
  assert_ok(deed_release((struct deed_array){moving.bits}, NULL));
  alarm(0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(enquiries_do_not_wait_for_what_they_interrupted),
      ACCOUNTED(a_title_is_described_wherever_its_verbs_are_interrupted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
