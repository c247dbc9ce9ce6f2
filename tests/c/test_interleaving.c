/* SPDX-License-Identifier: BSD-3-Clause */
/* What another thread may do between two steps of a verb, done exactly there: the linker sends the steps here first. */
#include <stdlib.h>

#include "block.h"
#include "check.h"
#include "name_table.h"
#include "release.h"

void *__real_malloc(size_t size_bytes);
void *__wrap_malloc(size_t size_bytes);
bool __real_deed__block_end_sole(deed__block_ref ref);
bool __wrap_deed__block_end_sole(deed__block_ref ref);
bool __real_deed__block_retain(deed__block_ref ref);
bool __wrap_deed__block_retain(deed__block_ref ref);
bool __real_deed__block_read(deed__block_ref ref, struct deed__block *out);
bool __wrap_deed__block_read(deed__block_ref ref, struct deed__block *out);
void __real_deed__block_standing(deed__block_ref ref, struct deed__standing *standing);
void __wrap_deed__block_standing(deed__block_ref ref, struct deed__standing *standing);
void __real_deed__name_end(deed__block_ref ref);
void __wrap_deed__name_end(deed__block_ref ref);

enum step { MALLOC, END_SOLE, RETAIN, READ, STANDING, NAME_END, STEPS };

/* What the other thread does before a step, once. */
static void (*before[STEPS])(deed__block_ref ref);

static void other_thread(enum step step, deed__block_ref ref) {
  void (*act)(deed__block_ref) = before[step];
  before[step] = NULL;
  if (act) act(ref);
}

void *__wrap_malloc(size_t size_bytes) {
  other_thread(MALLOC, 0);
  return __real_malloc(size_bytes);
}

bool __wrap_deed__block_end_sole(deed__block_ref ref) {
  other_thread(END_SOLE, ref);
  return __real_deed__block_end_sole(ref);
}

bool __wrap_deed__block_retain(deed__block_ref ref) {
  other_thread(RETAIN, ref);
  return __real_deed__block_retain(ref);
}

bool __wrap_deed__block_read(deed__block_ref ref, struct deed__block *out) {
  other_thread(READ, ref);
  return __real_deed__block_read(ref, out);
}

void __wrap_deed__block_standing(deed__block_ref ref, struct deed__standing *standing) {
  other_thread(STANDING, ref);
  __real_deed__block_standing(ref, standing);
}

void __wrap_deed__name_end(deed__block_ref ref) {
  other_thread(NAME_END, ref);
  __real_deed__name_end(ref);
}

static double memory[12];
static struct deed_array subject;
static deed__block_ref retained;

/* The middle of a share: the claim was read before the verb began, and now it is counted. */
static void begin_share(deed__block_ref ref) {
  assert_true(__real_deed__block_retain(ref));
  retained = ref;
}

static void end_share(void) { assert_int_equal(deed__release_block(retained), DEED_OK); }

static void release_subject(deed__block_ref ref) {
  (void)ref;
  assert_ok(deed_release(subject, NULL));
}

static void a_share_is_made_before_the_block_ends(void **state) {
  int releases = 0;
  struct deed_reclaimed reclaimed = {.data = NULL};
  struct deed_error error;
  (void)state;
  subject = lent(memory);
  before[END_SOLE] = begin_share;
  assert_status(deed_recall(subject, 0, &error), DEED_EBUSY);
  assert_int_equal(error.status, DEED_EBUSY);
  end_share();
  before[END_SOLE] = begin_share;
  assert_status(deed_release(subject, &error), DEED_EBUSY);
  end_share();
  assert_ok(deed_publish(subject, "interleaving", NULL));
  before[END_SOLE] = begin_share;
  assert_status(deed_release(subject, &error), DEED_EBUSY);
  assert_true(described(subject).published);
  end_share();
  assert_ok(deed_release(subject, NULL));
  subject = adopted(memory, DEED_ORIGIN_CXX, &releases);
  before[END_SOLE] = begin_share;
  assert_status(deed_reclaim(subject, DEED_ORIGIN_CXX, NULL, &reclaimed, &error), DEED_EBUSY);
  assert_null(reclaimed.data);
  end_share();
  assert_int_equal(releases, 0);
  assert_ok(deed_release(subject, NULL));
  assert_int_equal(releases, 1);
}

static enum deed_status upgrade_of_subject(struct deed_array *made) {
  struct deed_weak weak;
  assert_ok(deed_weak_of(subject, &weak));
  return deed_upgrade(&weak, 0, DEED_HERE, made, NULL);
}

/* Verbs that make something of the subject, whose last claim ends at the given step. */
static enum deed_status make_from_subject(int verb, struct deed_array *made) {
  struct deed_layout layout = small_layout();
  switch (verb) {
    case 0: return deed_share(subject, 0, DEED_HERE, made, NULL);
    case 1: return deed_view(subject, 0, &layout, 0, DEED_HERE, made, NULL);
    case 2: return upgrade_of_subject(made);
    case 3: return deed_copy(subject, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, made, NULL);
    default: return deed_lookup("interleaving", 0, DEED_HERE, made, NULL);
  }
}

static void the_last_claim_ends_before_one_more_is_made(void **state) {
  const enum step steps[] = {STANDING, RETAIN};
  (void)state;
  for (size_t s = 0; s < COUNT_OF(steps); ++s) {
    for (int verb = 0; verb < 5; ++verb) {
      int releases = 0;
      struct deed_array made = {77};
      subject = adopted(memory, DEED_ORIGIN_CXX, &releases);
      assert_ok(deed_publish(subject, "interleaving", NULL));
      before[steps[s]] = release_subject;
      assert_status(make_from_subject(verb, &made), verb == 4 ? DEED_ENONAME : DEED_ESTALE);
      assert_null(before[steps[s]]);
      assert_int_equal(made.bits, 77);
      assert_int_equal(releases, 1);
      nothing_lives(NULL);
    }
  }
}

/* The record of the block is another's by the time it is read. */
static void replace_subject(deed__block_ref ref) {
  static double elsewhere[12];
  release_subject(ref);
  for (;;) {
    struct deed_weak weak;
    subject = lent(elsewhere); /* lent memory has records of its own */
    assert_ok(deed_weak_of(subject, &weak));
    if ((uint32_t)weak.block == (uint32_t)ref) return;
    assert_ok(deed_release(subject, NULL));
  }
}

static void a_block_is_replaced_while_a_weak_handle_is_checked(void **state) {
  struct deed_array made = {77};
  struct deed_weak weak;
  (void)state;
  subject = lent(memory);
  assert_ok(deed_weak_of(subject, &weak));
  before[READ] = replace_subject;
  assert_status(deed_upgrade(&weak, 0, DEED_HERE, &made, NULL), DEED_ESTALE);
  assert_int_equal(made.bits, 77);
  assert_ok(deed_release(subject, NULL));
}

static void a_claim_ends_while_it_is_described(void **state) {
  struct deed_descriptor seen;
  (void)state;
  for (int others = 0; others < 2; ++others) {
    struct deed_array other = {0};
    subject = new_array();
    if (others) other = share_of(subject);
    before[READ] = release_subject;
    assert_status(deed_describe(subject, &seen, sizeof seen), DEED_ESTALE);
    assert_null(before[READ]);
    if (others) assert_ok(deed_release(other, NULL));
  }
}

static void a_block_ends_while_the_ledger_is_read(void **state) {
  struct deed_ledger_entry entries[2];
  struct deed_counts counts;
  int64_t count;
  (void)state;
  subject = new_array();
  before[READ] = release_subject;
  assert_ok(deed_ledger(entries, 2, &count));
  assert_int_equal(count, 0);
  subject = new_array();
  before[READ] = release_subject;
  deed_count(&counts);
  assert_int_equal(counts.live_blocks, 0);
}

static struct deed_array successor;

static void publish_successor(deed__block_ref ref) {
  (void)ref;
  successor = new_array();
  assert_ok(deed_publish(successor, "interleaving", NULL));
}

/* Between the end of a loan and the end of its name the name is free already, and who takes it then keeps it. */
static void a_name_is_taken_over_as_its_block_ends(void **state) {
  struct deed_array found;
  (void)state;
  for (int verb = 0; verb < 2; ++verb) {
    subject = lent(memory);
    assert_ok(deed_publish(subject, "interleaving", NULL));
    before[NAME_END] = publish_successor;
    assert_ok(verb ? deed_recall(subject, 0, NULL) : deed_release(subject, NULL));
    assert_null(before[NAME_END]);
    assert_ok(deed_lookup("interleaving", 0, DEED_HERE, &found, NULL));
    assert_ptr_equal(described(found).data, described(successor).data);
    assert_ok(deed_release(found, NULL));
    assert_ok(deed_release(successor, NULL));
  }
}

static const struct deed_site both_use = {DEED_LANGUAGE_PYTHON, 1, "interleaving_both_use_it.py"};
static struct deed_array twin;

static void share_from_the_same_file(deed__block_ref ref) {
  (void)ref;
  assert_ok(deed_share(subject, 0, &both_use, &twin, NULL));
}

static void a_file_name_is_kept_by_another_thread_first(void **state) {
  struct deed_holder holders[3];
  struct deed_array share;
  int32_t count;
  (void)state;
  subject = new_array();
  before[MALLOC] = share_from_the_same_file;
  assert_ok(deed_share(subject, 0, &both_use, &share, NULL));
  assert_ok(deed_holders(subject, holders, 3, &count));
  assert_int_equal(count, 3);
  assert_ptr_equal(holders[1].file, holders[2].file);
  assert_ok(deed_release(twin, NULL));
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(subject, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(a_share_is_made_before_the_block_ends),
      ACCOUNTED(the_last_claim_ends_before_one_more_is_made),
      ACCOUNTED(a_claim_ends_while_it_is_described),
      ACCOUNTED(a_block_ends_while_the_ledger_is_read),
      ACCOUNTED(a_block_is_replaced_while_a_weak_handle_is_checked),
      ACCOUNTED(a_name_is_taken_over_as_its_block_ends),
      ACCOUNTED(a_file_name_is_kept_by_another_thread_first),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
