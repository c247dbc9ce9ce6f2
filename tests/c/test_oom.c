/* SPDX-License-Identifier: BSD-3-Clause */
/* Every allocation of every verb fails once, and every one from some point on. The linker sends all that allocate here.
 */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>

#include "check.h"
#include "claim.h"

void *__real_malloc(size_t size_bytes);
void *__real_calloc(size_t count, size_t size_bytes);
void *__real_realloc(void *memory, size_t size_bytes);
void *__real_aligned_alloc(size_t alignment, size_t size_bytes);
void *__wrap_malloc(size_t size_bytes);
void *__wrap_calloc(size_t count, size_t size_bytes);
void *__wrap_realloc(void *memory, size_t size_bytes);
void *__wrap_aligned_alloc(size_t alignment, size_t size_bytes);
void *__real_mmap(void *address, size_t size_bytes, int protection, int flags, int file, off_t offset);
void *__wrap_mmap(void *address, size_t size_bytes, int protection, int flags, int file, off_t offset);
int __real_mprotect(void *address, size_t size_bytes, int protection);
int __wrap_mprotect(void *address, size_t size_bytes, int protection);
int __real_pthread_setspecific(pthread_key_t key, const void *value);
int __wrap_pthread_setspecific(pthread_key_t key, const void *value);

static bool threads_have_no_caches; /* what a thread keeps for itself, and can do without, fails too */
static bool registers_no_thread;    /* the system has no memory to remember something for a thread */
static long countdown;              /* 0: allocations succeed; n: the n-th from now fails */
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
void *__wrap_calloc(size_t count, size_t size_bytes) {
  bool is_for_thread = size_bytes == sizeof(struct deed__thread_caches);
  return (!is_for_thread || threads_have_no_caches) && fails_now() ? NULL : __real_calloc(count, size_bytes);
}
void *__wrap_realloc(void *memory, size_t size_bytes) {
  return fails_now() ? NULL : __real_realloc(memory, size_bytes);
}
void *__wrap_aligned_alloc(size_t alignment, size_t size_bytes) {
  return fails_now() ? NULL : __real_aligned_alloc(alignment, size_bytes);
}

/* A pool asks for fewer addresses when it is refused: so only the system that has none counts. */
void *__wrap_mmap(void *address, size_t size_bytes, int protection, int flags, int file, off_t offset) {
  return persistent && fails_now() ? MAP_FAILED : __real_mmap(address, size_bytes, protection, flags, file, offset);
}
int __wrap_mprotect(void *address, size_t size_bytes, int protection) {
  return fails_now() ? -1 : __real_mprotect(address, size_bytes, protection);
}

int __wrap_pthread_setspecific(pthread_key_t key, const void *value) {
  return registers_no_thread ? ENOMEM : __real_pthread_setspecific(key, value);
}

static double memory[12];
static int releases;

static enum deed_status alloc_small(struct deed_array *made) {
  struct deed_layout layout = small_layout();
  return deed_alloc(&layout, DEED_ZEROED, DEED_HERE, made, NULL);
}

static enum deed_status alloc_of_rank_15(struct deed_array *made) {
  struct deed_layout layout = {.dtype = DEED_INT8, .rank = 15, .element_size_bytes = 1};
  for (int d = 0; d < 15; ++d) layout.dim[d].extent = layout.dim[d].stride_bytes = 1;
  return deed_alloc(&layout, 0, DEED_HERE, made, NULL);
}

static enum deed_status adopt_memory(struct deed_array *made) {
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, count_release, &releases};
  return deed_adopt(&lot, &layout, DEED_HERE, made, NULL);
}

static enum deed_status lend_memory(struct deed_array *made) {
  struct deed_layout layout = small_layout();
  return deed_lend(memory, DEED_READ, &layout, DEED_HERE, made, NULL);
}

static struct deed_array source;

static enum deed_status share_source(struct deed_array *made) { return deed_share(source, 0, DEED_HERE, made, NULL); }

static enum deed_status view_source(struct deed_array *made) {
  struct deed_layout layout = small_layout();
  return deed_view(source, 0, &layout, 0, DEED_HERE, made, NULL);
}

static enum deed_status transfer_source(struct deed_array *made) {
  enum deed_status status = deed_transfer(source, DEED_HERE, made, NULL);
  if (status == DEED_OK) source = share_of(*made); /* the next round begins with a live source, too */
  return status;
}

static enum deed_status copy_source(struct deed_array *made) {
  return deed_copy(source, DEED_ORDER_C, DEED_COPY_REQUESTED, DEED_HERE, made, NULL);
}

static enum deed_status upgrade_source(struct deed_array *made) {
  struct deed_weak weak;
  assert_ok(deed_weak_of(source, &weak));
  return deed_upgrade(&weak, 0, DEED_HERE, made, NULL);
}

static enum deed_status look_up_source(struct deed_array *made) {
  return deed_lookup("oom/source", 0, DEED_HERE, made, NULL);
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
    assert_int_equal(after.blocks_made, before.blocks_made);
    assert_int_equal(after.copies, before.copies);
    assert_int_equal(releases, 0);
    assert_true(deed_is_live(source));
  }
}

static const struct verb verbs[] = {{"alloc", alloc_small},      {"alloc of rank 15", alloc_of_rank_15},
                                    {"adopt", adopt_memory},     {"lend", lend_memory},
                                    {"share", share_source},     {"view", view_source},
                                    {"copy", copy_source},       {"lookup", look_up_source},
                                    {"upgrade", upgrade_source}, {"names", list_names}};

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

static void transfer_survives_too(void **state) {
  const struct verb transfer = {"transfer", transfer_source};
  (void)state;
  for (int mode = 0; mode < 2; ++mode) {
    persistent = mode == 1;
    source = new_array();
    exhaust(&transfer); /* the title has moved on and is released; source is a share now */
    assert_ok(deed_release(source, NULL));
  }
}

static void publish_survives_too(void **state) {
  const struct verb publish = {"publish", publish_source};
  struct deed_array other = new_array();
  (void)state;
  assert_ok(deed_publish(other, "oom/taken", NULL));
  for (int mode = 0; mode < 2; ++mode) {
    persistent = mode == 1;
    long before = points;
    source = new_array();
    exhaust(&publish);
    assert_int_equal(points - before, 1); /* the entry */
    assert_ok(deed_withdraw(source, NULL));
    countdown = 1;
    assert_status(deed_publish(source, "oom/taken", NULL), DEED_EEXIST); /* needs no memory to say so */
    countdown = 0;
    assert_ok(deed_release(source, NULL));
  }
  assert_ok(deed_release(other, NULL));
}

static void publish_many(struct deed_array *named, int from, int to) {
  for (int i = from; i < to; ++i) {
    char name[16];
    snprintf(name, sizeof name, "oom/%d", i);
    named[i] = new_array();
    countdown = 2; /* after the entry: the first or the second table that is twice as large */
    if (i % 2) countdown = 3;
    assert_ok(deed_publish(named[i], name, NULL));
    countdown = 0;
  }
}

/* Without memory for a larger table of names the one that there is holds more of them. The first one is for 64. */
static void names_are_found_in_a_table_that_cannot_grow(void **state) {
  enum { COUNT = 300 };
  static struct deed_array named[COUNT];
  struct deed_array found;
  (void)state;
  persistent = false;
  failed = 0;
  publish_many(named, 0, COUNT);
  assert_true(failed > 100);
  source = new_array();
  assert_ok(deed_publish(source, "oom/grown", NULL));
  for (int i = 0; i < COUNT; ++i) {
    char name[16];
    snprintf(name, sizeof name, "oom/%d", i);
    assert_ok(deed_lookup(name, 0, NULL, &found, NULL));
    assert_ptr_equal(described(found).data, described(named[i]).data);
    assert_ok(deed_release(found, NULL));
    assert_ok(deed_release(named[i], NULL));
  }
  assert_ok(deed_release(source, NULL));
}

static void release_memory(void *data, void *context) {
  (void)data;
  (void)context;
}

static void release_another(void *data, void *context) {
  (void)data;
  ++*(int *)context;
}

/* An allocator that cannot be remembered goes by the callback it has. */
static void allocators_that_cannot_be_remembered_stay_apart(void **state) {
  (void)state;
  persistent = false;
  countdown = 1;
  assert_ptr_equal(deed_common_release("oom", release_memory), release_memory);
  countdown = 0;
  assert_ptr_equal(deed_common_release("oom", release_another), release_another);
}

/* Records taken from a pool until the next one needs memory. */
struct hoard {
  struct deed__pool *pool;
  uint32_t records[1 << 17];
  uint32_t count;
};

static bool has_room(const struct deed__pool *pool) {
  return pool->free_head != DEED__NO_RECORD || pool->count != pool->ready;
}

static void use_up(struct hoard *hoard) {
  while (has_room(hoard->pool)) {
    assert_true(hoard->count < COUNT_OF(hoard->records));
    hoard->records[hoard->count++] = deed__pool_take(hoard->pool);
  }
}

static void give_back(struct hoard *hoard) {
  while (hoard->count > 0) deed__pool_give(hoard->pool, hoard->records[--hoard->count], 0);
}

static void verbs_survive_when_all_records_are_used_up(void **state) {
  static struct hoard claims = {.pool = &deed__claims}, blocks = {.pool = &deed__blocks},
                      loans = {.pool = &deed__loans};
  static const struct verb makers[] = {
      {"alloc", alloc_small},      {"adopt", adopt_memory},       {"copy", copy_source},
      {"upgrade", upgrade_source}, {"lookup", look_up_source},    {"share", share_source},
      {"view", view_source},       {"transfer", transfer_source}, {"lend", lend_memory}};
  (void)state;
  persistent = false;
  for (size_t v = 0; v < COUNT_OF(makers); ++v) {
    source = new_array();
    assert_ok(deed_publish(source, "oom/source", NULL));
    use_up(&claims);
    use_up(&blocks);
    use_up(&loans);
    long before = points;
    exhaust(&makers[v]);
    assert_true(points - before >= 1); /* records */
    releases = 0;
    give_back(&claims);
    give_back(&blocks);
    give_back(&loans);
    assert_ok(deed_release(source, NULL));
  }
}

/* One share more, although the first try meets a failing allocation. True if there was one. */
static bool share_twice(struct deed_array from, struct deed_array *share) {
  failed = 0;
  countdown = 1;
  enum deed_status status = deed_share(from, 0, NULL, share, NULL);
  countdown = 0;
  if (failed == 0) {
    assert_ok(status);
    return false;
  }
  ++points;
  assert_status(status, DEED_ENOMEM);
  assert_int_equal(share->bits, 0);
  assert_ok(deed_share(from, 0, NULL, share, NULL));
  return true;
}

/* Views have a second record, from a pool of its own. The shares of the whole array see to it that the two pools are
 * not full at the same time. */
static void two_pools_that_cannot_grow_say_so(void **state) {
  static struct deed_array shares[3 * DEED__CHUNK_RECORDS];
  struct deed_array whole, view;
  struct deed_layout layout = small_layout();
  long refusals = 0;
  (void)state;
  assert_ok(alloc_of_rank_15(&whole));
  source = new_array();
  assert_ok(deed_view(source, 0, &layout, 0, DEED_HERE, &view, NULL));
  persistent = true;
  for (size_t i = 0; i < COUNT_OF(shares); ++i) refusals += share_twice(i < 100 ? whole : view, &shares[i]);
  assert_true(refusals >= 4);
  assert_int_equal(counts_now().live_claims, COUNT_OF(shares) + 3);
  for (size_t i = 0; i < COUNT_OF(shares); ++i) assert_ok(deed_release(shares[i], NULL));
  assert_ok(deed_release(whole, NULL));
  assert_ok(deed_release(source, NULL));
  assert_ok(deed_release(view, NULL));
}

/* Pools that get no addresses say so, and are as good as new when there are some. */
static void pools_without_addresses_say_so(void **state) {
  struct deed_array made = {0};
  (void)state;
  persistent = true;
  for (size_t v = 0; v < 4; ++v) { /* alloc, alloc of rank 15, adopt, lend */
    countdown = 1;
    assert_status(verbs[v].call(&made), DEED_ENOMEM);
    countdown = 0;
    assert_int_equal(made.bits, 0);
  }
  countdown = 2; /* there are addresses, but no memory for them */
  assert_status(verbs[0].call(&made), DEED_ENOMEM);
  countdown = 0;
  const uintptr_t origin = deed__claims.origin;
  assert_int_not_equal(origin, 0);
  for (size_t v = 0; v < 4; ++v) {
    struct deed_array good;
    assert_ok(verbs[v].call(&good));
    assert_ok(deed_release(good, NULL));
  }
  assert_int_equal(deed__claims.origin, origin);
  releases = 0;
}

/* When all numbers have been handed out no memory would help. */
static void full_pools_say_so(void **state) {
  static struct hoard claims = {.pool = &deed__claims}, blocks = {.pool = &deed__blocks};
  static struct hoard *const hoards[] = {&claims, &blocks};
  static const struct verb alloc = {"alloc", alloc_small};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(hoards); ++i) {
    struct deed__pool *pool = hoards[i]->pool;
    uint32_t end = pool->end;
    use_up(hoards[i]);
    pool->end = pool->ready;
    assert_status(attempt_verb(&alloc, 0).status, DEED_EFULL);
    pool->end = end;
    give_back(hoards[i]);
  }
}

/* The record that a claim was to have goes back when there is none for its block. */
static void records_of_refused_arrays_are_given_back(void **state) {
  static struct hoard blocks = {.pool = &deed__blocks};
  static const struct verb adopt = {"adopt", adopt_memory};
  (void)state;
  persistent = false;
  use_up(&blocks);
  uint32_t before = deed__claims.count;
  for (int i = 0; i < 500; ++i) assert_status(attempt_verb(&adopt, 1).status, DEED_ENOMEM);
  assert_true(deed__claims.count - before < 100);
  give_back(&blocks);
}

static void *release_in_thread(void *argument) {
  return deed_release(*(struct deed_array *)argument, NULL) == DEED_OK ? argument : NULL;
}

/* Threads that could not give their cached records back at their end keep none. */
static void threads_that_cannot_register_lose_no_records(void **state) {
  static const struct verb share = {"share", share_source};
  (void)state;
  source = new_array();
  registers_no_thread = true;
  uint64_t highest = 0;
  for (int i = 0; i < 200; ++i) {
    struct attempt attempt = attempt_verb(&share, 0);
    assert_ok(attempt.status);
    if ((attempt.made.bits & UINT32_MAX) > highest) highest = attempt.made.bits & UINT32_MAX;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, release_in_thread, &attempt.made), 0);
    pthread_join(thread, NULL);
  }
  registers_no_thread = false;
  assert_true(highest < 128);
  assert_ok(deed_release(source, NULL));
}

static void *release_without_memory(void *argument) {
  countdown = 1;
  void *released = release_in_thread(argument);
  countdown = 0;
  return released;
}

/* Nor do threads that have no memory to keep any: what has been made can be released in every thread. */
static void threads_without_memory_can_release(void **state) {
  static const struct verb share = {"share", share_source};
  (void)state;
  source = new_array();
  threads_have_no_caches = persistent = true;
  for (int i = 0; i < 200; ++i) {
    struct attempt attempt = attempt_verb(&share, 0);
    void *released;
    pthread_t thread;
    assert_ok(attempt.status);
    assert_true((attempt.made.bits & UINT32_MAX) < 128);
    failed = 0;
    assert_int_equal(pthread_create(&thread, NULL, release_without_memory, &attempt.made), 0);
    pthread_join(thread, &released);
    assert_ptr_equal(released, &attempt.made);
    assert_int_equal(failed, 1);
  }
  threads_have_no_caches = persistent = false;
  assert_ok(deed_release(source, NULL));
}

static void enough_points_were_tried(void **state) {
  (void)state;
  print_message("%ld allocation failures injected\n", points);
  assert_true(points >= 25);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(pools_without_addresses_say_so),
      ACCOUNTED(threads_that_cannot_register_lose_no_records), /* first: all pools are small */
      ACCOUNTED(threads_without_memory_can_release),
      ACCOUNTED(two_pools_that_cannot_grow_say_so), /* then: the pools never shrink */
      ACCOUNTED(every_verb_survives_every_failing_allocation),
      ACCOUNTED(transfer_survives_too),
      ACCOUNTED(publish_survives_too),
      ACCOUNTED(names_are_found_in_a_table_that_cannot_grow),
      ACCOUNTED(allocators_that_cannot_be_remembered_stay_apart),
      ACCOUNTED(verbs_survive_when_all_records_are_used_up),
      ACCOUNTED(records_of_refused_arrays_are_given_back),
      ACCOUNTED(full_pools_say_so),
      cmocka_unit_test(enough_points_were_tried),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
