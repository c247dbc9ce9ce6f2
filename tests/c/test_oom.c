/* SPDX-License-Identifier: BSD-3-Clause */
/* Every allocation of every verb fails once, and every one from some point on. The linker sends malloc and calloc here.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "check.h"

void *__real_malloc(size_t size_bytes);
void *__real_calloc(size_t count, size_t size_bytes);
void *__wrap_malloc(size_t size_bytes);
void *__wrap_calloc(size_t count, size_t size_bytes);

static long countdown; /* 0: allocations succeed; n: the n-th from now fails */
static bool persistent;
static long failed;
static long points;

static bool fails_now(void) {
  if (countdown == 0 || --countdown > 0) return false;
  countdown = persistent ? 1 : 0;
  ++failed;
  return true;
}

void *__wrap_malloc(size_t size_bytes) { return fails_now() ? NULL : __real_malloc(size_bytes); }
void *__wrap_calloc(size_t count, size_t size_bytes) { return fails_now() ? NULL : __real_calloc(count, size_bytes); }

static double memory[12];
static int releases;
static int site_number;

/* A file name that the core has not kept yet, so that it must allocate. */
static const struct deed_site *fresh_site(void) {
  static char file[32];
  static struct deed_site site = {DEED_LANGUAGE_C, 1, file};
  snprintf(file, sizeof file, "file%d.c", ++site_number);
  return &site;
}

static enum deed_status alloc_small(struct deed_array *made) {
  struct deed_layout layout = small_layout();
  return deed_alloc(&layout, DEED_ZEROED, fresh_site(), made, NULL);
}

static enum deed_status alloc_of_rank_15(struct deed_array *made) {
  struct deed_layout layout = {.dtype = DEED_INT8, .rank = 15, .element_size_bytes = 1};
  for (int d = 0; d < 15; ++d) layout.shape[d] = layout.stride_bytes[d] = 1;
  return deed_alloc(&layout, 0, fresh_site(), made, NULL);
}

static enum deed_status adopt_memory(struct deed_array *made) {
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, count_release, &releases};
  return deed_adopt(&lot, &layout, fresh_site(), made, NULL);
}

static enum deed_status lend_memory(struct deed_array *made) {
  struct deed_layout layout = small_layout();
  return deed_lend(memory, DEED_READ, &layout, fresh_site(), made, NULL);
}

static struct deed_array source;

static enum deed_status share_source(struct deed_array *made) {
  return deed_share(source, 0, fresh_site(), made, NULL);
}

static enum deed_status view_source(struct deed_array *made) {
  struct deed_layout layout = small_layout();
  return deed_view(source, 0, &layout, 0, fresh_site(), made, NULL);
}

static enum deed_status transfer_source(struct deed_array *made) {
  enum deed_status status = deed_transfer(source, fresh_site(), made, NULL);
  if (status == DEED_OK) source = share_of(*made); /* the next round begins with a live source, too */
  return status;
}

static enum deed_status copy_source(struct deed_array *made) {
  return deed_copy(source, DEED_ORDER_C, DEED_COPY_REQUESTED, fresh_site(), made, NULL);
}

static enum deed_status look_up_source(struct deed_array *made) {
  return deed_lookup("oom/source", 0, fresh_site(), made, NULL);
}

static enum deed_status publish_source(struct deed_array *made) {
  (void)made;
  return deed_publish(source, "oom/another", NULL);
}

static enum deed_status list_names(struct deed_array *made) {
  struct deed_name names[4];
  int64_t count;
  (void)made;
  return deed_names(names, 4, &count);
}

struct verb {
  const char *name;
  enum deed_status (*call)(struct deed_array *made);
};

/* A thread of its own begins with empty caches, so that the pools must allocate. */
struct attempt {
  const struct verb *verb;
  long n;
  struct deed_array made;
  enum deed_status status;
  long failed;
};

static void *attempt_in_thread(void *argument) {
  struct attempt *attempt = argument;
  failed = 0;
  countdown = attempt->n;
  attempt->status = attempt->verb->call(&attempt->made);
  countdown = 0;
  attempt->failed = failed;
  return NULL;
}

static struct attempt attempt_verb(const struct verb *verb, long n) {
  struct attempt attempt = {.verb = verb, .n = n, .made = {0}};
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, attempt_in_thread, &attempt), 0);
  pthread_join(thread, NULL);
  return attempt;
}

/* Arrays that use up the free records, so that growing a pool is among the allocations that fail. */
static struct deed_array ballast[3000];
static size_t ballast_count;

static void exhaust(const struct verb *verb) {
  for (long n = 1;; ++n) {
    struct deed_counts before = counts_now();
    struct attempt attempt = attempt_verb(verb, n);
    struct deed_counts after = counts_now();
    if (attempt.failed == 0) {
      assert_ok(attempt.status);
      if (attempt.made.bits) assert_ok(deed_release(attempt.made, NULL));
      break;
    }
    ++points;
    if (attempt.status == DEED_OK) fail_msg("%s succeeded although allocation %ld failed", verb->name, n);
    assert_status(attempt.status, DEED_ENOMEM);
    assert_int_equal(attempt.made.bits, 0);
    assert_int_equal(after.live_blocks, before.live_blocks);
    assert_int_equal(after.live_claims, before.live_claims);
    assert_int_equal(after.copies, before.copies);
    assert_int_equal(releases, 0);
    assert_true(deed_is_live(source));
  }
}

static const struct verb verbs[] = {{"alloc", alloc_small},  {"alloc of rank 15", alloc_of_rank_15},
                                    {"adopt", adopt_memory}, {"lend", lend_memory},
                                    {"share", share_source}, {"view", view_source},
                                    {"copy", copy_source},   {"lookup", look_up_source},
                                    {"names", list_names}};

static void every_verb_survives_every_failing_allocation(void **state) {
  (void)state;
  source = new_array();
  assert_ok(deed_publish(source, "oom/source", NULL));
  for (int mode = 0; mode < 2; ++mode) {
    persistent = mode == 1;
    for (size_t v = 0; v < COUNT_OF(verbs); ++v) {
      exhaust(&verbs[v]);
      releases = 0;
    }
  }
  assert_ok(deed_release(source, NULL));
}

static void publish_and_transfer_survive_too(void **state) {
  const struct verb publish = {"publish", publish_source};
  const struct verb transfer = {"transfer", transfer_source};
  (void)state;
  for (int mode = 0; mode < 2; ++mode) {
    persistent = mode == 1;
    source = new_array();
    exhaust(&publish);
    exhaust(&transfer); /* the title has moved on and is released; source is a share now */
    assert_ok(deed_release(source, NULL));
  }
}

/* Make arrays until a pool has to grow, with the allocation for it failing. */
static void a_pool_that_cannot_grow_says_so(void **state) {
  long refusals = 0;
  (void)state;
  source = new_array();
  persistent = true;
  while (ballast_count < COUNT_OF(ballast)) {
    struct deed_array array = {0};
    failed = 0;
    countdown = 1;
    enum deed_status status = deed_share(source, 0, NULL, &array, NULL);
    countdown = 0;
    if (status == DEED_ENOMEM) {
      assert_true(failed > 0);
      assert_int_equal(array.bits, 0);
      ++refusals;
      ++points;
      status = deed_share(source, 0, NULL, &array, NULL);
    }
    assert_ok(status);
    ballast[ballast_count++] = array;
  }
  assert_true(refusals >= 3);
  assert_int_equal(counts_now().live_claims, 3001);
  while (ballast_count > 0) assert_ok(deed_release(ballast[--ballast_count], NULL));
  assert_ok(deed_release(source, NULL));
}

static void enough_points_were_tried(void **state) {
  (void)state;
  print_message("%ld allocation failures injected\n", points);
  assert_true(points >= 30);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(every_verb_survives_every_failing_allocation),
      ACCOUNTED(publish_and_transfer_survive_too),
      ACCOUNTED(a_pool_that_cannot_grow_says_so),
      cmocka_unit_test(enough_points_were_tried),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
