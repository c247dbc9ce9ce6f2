/* SPDX-License-Identifier: BSD-3-Clause */
/* What a child process may do with the arrays it inherits, and that no lock of the parent stops it. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "rules.h"

#define CHILD_SECONDS 20u

/* What must hold in a child, where cmocka cannot report. */
#define child_needs(condition) \
  if (!(condition)) _exit(__LINE__ % 250 + 1)

/* Run this in a child of its own, which SIGALRM ends if it hangs. */
static void in_child(void (*play)(void *context), void *context) {
  int status;
  pid_t child = fork();
  assert_int_not_equal(child, -1);
  if (child == 0) {
    alarm(CHILD_SECONDS);
    play(context);
    _exit(0);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  if (!WIFEXITED(status)) fail_msg("the child was ended by signal %d", WTERMSIG(status));
  if (WEXITSTATUS(status)) fail_msg("the child failed at line %d (modulo 250)", WEXITSTATUS(status) - 1);
}

/* Releases are counted where parent and child both see them. */
struct inheritance {
  struct deed_array array;
  int *releases;
};

static int *new_shared_count(void) {
  int *count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  assert_ptr_not_equal(count, MAP_FAILED);
  *count = 0;
  return count;
}

static void end_what_the_parent_owns(void *context) {
  const struct inheritance *from = context;
  struct deed_counts before = counts_now();
  child_needs(deed_is_live(from->array));
  child_needs(deed_release(from->array, NULL) == DEED_OK);
  child_needs(deed_release(from->array, NULL) == DEED_ESTALE);
  struct deed_counts after = counts_now();
  child_needs(after.abandoned == before.abandoned + 1);
  child_needs(after.live_blocks == before.live_blocks - 1);
  child_needs(*from->releases == 0);
}

static void trap_a48_a_child_releases_nothing_of_its_parent(void **state) {
  static double memory[12];
  struct inheritance from = {.releases = new_shared_count()};
  (void)state;
  for (int origin = DEED_ORIGIN_CXX; origin <= DEED_ORIGIN_FOREIGN; ++origin) {
    *from.releases = 0;
    from.array = adopted(memory, (enum deed_origin)origin, from.releases);
    in_child(end_what_the_parent_owns, &from);
    assert_true(deed_is_live(from.array));
    assert_ok(deed_release(from.array, NULL));
    assert_int_equal(*from.releases, 1);
  }
  munmap(from.releases, sizeof(int));
}

static void end_copies(void *context) {
  const struct inheritance *from = context;
  child_needs(deed_release(from->array, NULL) == DEED_OK);
  child_needs(counts_now().abandoned == 0);
}

static void memory_of_deed_is_freed_in_the_child_too(void **state) {
  struct inheritance from = {.array = new_array()};
  (void)state;
  in_child(end_copies, &from);
  assert_ok(deed_release(from.array, NULL));
}

static void end_grandparents(void *context) {
  struct inheritance *from = context;
  in_child(end_what_the_parent_owns, from);
}

static void make_and_end(void *context) {
  static double memory[12];
  struct inheritance *from = context;
  struct inheritance own = {.releases = from->releases};
  own.array = adopted(memory, DEED_ORIGIN_FOREIGN, own.releases);
  end_grandparents(&own);
  end_grandparents(from);
  child_needs(deed_release(own.array, NULL) == DEED_OK);
  child_needs(*own.releases == 1);
  child_needs(counts_now().abandoned == 0);
}

static void each_process_releases_what_it_made(void **state) {
  static double memory[12];
  struct inheritance from = {.releases = new_shared_count()};
  (void)state;
  from.array = adopted(memory, DEED_ORIGIN_PYTHON, from.releases);
  in_child(make_and_end, &from);
  *from.releases = 0;
  assert_ok(deed_release(from.array, NULL));
  assert_int_equal(*from.releases, 1);
  munmap(from.releases, sizeof(int));
}

static void take_back(void *context) {
  const struct inheritance *from = context;
  struct deed_reclaimed reclaimed;
  child_needs(deed_reclaim(from->array, DEED_ORIGIN_FOREIGN, NULL, &reclaimed, NULL) == DEED_OK);
  child_needs(reclaimed.release == count_release);
  child_needs(counts_now().abandoned == 0);
}

static void reclaim_and_recall_mean_the_same_in_a_child(void **state) {
  static double memory[12];
  struct inheritance from = {.releases = new_shared_count()};
  (void)state;
  from.array = adopted(memory, DEED_ORIGIN_FOREIGN, from.releases);
  in_child(take_back, &from);
  assert_ok(deed_release(from.array, NULL));
  munmap(from.releases, sizeof(int));
}

static void the_rule_of_every_origin(void **state) {
  (void)state;
  for (int origin = DEED_ORIGIN_NONE; origin <= DEED_ORIGIN_STATIC; ++origin) {
    bool frees = origin == DEED_ORIGIN_MALLOC || origin == DEED_ORIGIN_STATIC;
    assert_int_equal(deed__rule_child_frees((enum deed_origin)origin), frees);
  }
}

/* Threads that never stop to call verbs, so that forks hit them inside. */
struct crowd {
  atomic_bool is_over;
  struct deed_array shared;
  _Atomic uint64_t moving; /* a title that one thread moves all the time */
};

static void *make_and_name(void *context) {
  struct crowd *crowd = context;
  while (!atomic_load(&crowd->is_over)) {
    struct deed_array array = new_array();
    struct deed_array other;
    assert_ok(deed_publish(array, "fork/name", NULL));
    if (deed_lookup("fork/name", 0, NULL, &other, NULL) == DEED_OK) assert_ok(deed_release(other, NULL));
    assert_ok(deed_withdraw(array, NULL));
    assert_ok(deed_release(array, NULL));
  }
  return NULL;
}

static void *share_and_move(void *context) {
  struct crowd *crowd = context;
  while (!atomic_load(&crowd->is_over)) {
    struct deed_array moved;
    struct deed_array share = share_of(crowd->shared);
    assert_ok(deed_transfer((struct deed_array){atomic_load(&crowd->moving)}, NULL, &moved, NULL));
    atomic_store(&crowd->moving, moved.bits);
    assert_ok(deed_release(share, NULL));
  }
  return NULL;
}

static void *wait_for_recall(void *context) {
  struct crowd *crowd = context;
  double memory[12];
  struct deed_array loan = lent(memory);
  struct deed_array share = share_of(loan);
  while (!atomic_load(&crowd->is_over)) assert_status(deed_recall(loan, 5, NULL), DEED_EBUSY);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
  return NULL;
}

static void call_every_verb(void *context) {
  struct crowd *crowd = context;
  double memory[12];
  struct deed_array array = new_array();
  struct deed_array other;
  struct deed_array loan = lent(memory);
  (void)!deed_release((struct deed_array){atomic_load(&crowd->moving)}, NULL);
  child_needs(deed_share(crowd->shared, 0, NULL, &other, NULL) == DEED_OK);
  child_needs(deed_release(other, NULL) == DEED_OK);
  child_needs(deed_publish(array, "fork/child", NULL) == DEED_OK);
  child_needs(deed_lookup("fork/child", 0, NULL, &other, NULL) == DEED_OK);
  child_needs(deed_release(other, NULL) == DEED_OK);
  child_needs(deed_copy(array, DEED_ORDER_ANY, DEED_COPY_REQUESTED, NULL, &other, NULL) == DEED_OK);
  child_needs(deed_release(other, NULL) == DEED_OK);
  child_needs(deed_recall(loan, 1000, NULL) == DEED_OK);
  child_needs(deed_release(array, NULL) == DEED_OK);
}

#if defined(__SANITIZE_ADDRESS__)
enum { allocator_survives_forks = 0 };
#else
enum { allocator_survives_forks = 1 };
#endif

static void no_lock_is_left_held(void **state) {
  static void *(*const bodies[])(void *) = {make_and_name, share_and_move, wait_for_recall};
  struct crowd crowd = {.shared = new_array()};
  pthread_t threads[COUNT_OF(bodies)];
  (void)state;
  if (!allocator_survives_forks) {
    assert_ok(deed_release(crowd.shared, NULL));
    print_message("SKIPPED: the allocator of this sanitizer may be left locked in the child\n");
    skip();
  }
  atomic_store(&crowd.moving, new_array().bits);
  for (size_t i = 0; i < COUNT_OF(bodies); ++i) {
    assert_int_equal(pthread_create(&threads[i], NULL, bodies[i], &crowd), 0);
  }
  for (int round = 0; round < 300; ++round) in_child(call_every_verb, &crowd);
  atomic_store(&crowd.is_over, true);
  for (size_t i = 0; i < COUNT_OF(bodies); ++i) pthread_join(threads[i], NULL);
  assert_ok(deed_release(crowd.shared, NULL));
  assert_ok(deed_release((struct deed_array){atomic_load(&crowd.moving)}, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(trap_a48_a_child_releases_nothing_of_its_parent),
      ACCOUNTED(memory_of_deed_is_freed_in_the_child_too),
      ACCOUNTED(each_process_releases_what_it_made),
      ACCOUNTED(reclaim_and_recall_mean_the_same_in_a_child),
      ACCOUNTED(the_rule_of_every_origin),
      ACCOUNTED(no_lock_is_left_held),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
