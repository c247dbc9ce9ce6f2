/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"

static double memory[12];

/* Four holders, one of them the title, in all 24 orders. */
static void order_of_release_never_matters(void **state) {
  int orders = 0;
  (void)state;
  for (int code = 0; code < 256; ++code) {
    int order[] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 & 3};
    int seen = 1 << order[0] | 1 << order[1] | 1 << order[2] | 1 << order[3];
    if (seen != 15) continue;
    int releases = 0;
    struct deed_array holders[4];
    holders[0] = adopted(memory, DEED_ORIGIN_FOREIGN, &releases);
    holders[1] = share_of(holders[0]);
    holders[2] = share_of(holders[1]);
    holders[3] = share_of(holders[0]);
    for (int i = 0; i < 4; ++i) {
      assert_int_equal(releases, 0);
      assert_ok(deed_release(holders[order[i]], NULL));
      assert_status(deed_release(holders[order[i]], NULL), DEED_ESTALE);
    }
    assert_int_equal(releases, 1);
    ++orders;
  }
  assert_int_equal(orders, 24);
}

struct reentry {
  struct deed_array other;
  struct deed_array made;
  int calls;
};

/* A7: a callback that uses the library. */
static void release_another_and_make_one(void *data, void *context) {
  struct reentry *reentry = context;
  (void)data;
  ++reentry->calls;
  assert_ok(deed_release(reentry->other, NULL));
  reentry->made = new_array();
  assert_ok(deed_publish(reentry->made, "made in a callback", NULL));
}

static void trap_a07_a_callback_may_call_every_verb(void **state) {
  struct reentry reentry = {.other = new_array()};
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, release_another_and_make_one, &reentry};
  struct deed_array array;
  (void)state;
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &array, NULL));
  assert_ok(deed_release(array, NULL));
  assert_int_equal(reentry.calls, 1);
  assert_ok(deed_release(reentry.made, NULL));
}

struct given {
  void *data;
  void *context;
};
static struct given given;

static void remember(void *data, void *context) { given = (struct given){data, context}; }

static void callbacks_get_what_adopt_was_given(void **state) {
  struct deed_layout layout = {.dtype = DEED_REAL64, .rank = 1, .element_size_bytes = 8, .dim = {{.extent = 12}}};
  struct deed_memory lot = {&memory[11], DEED_ORIGIN_CXX, DEED_READ, remember, &given};
  struct deed_array array;
  (void)state;
  layout.dim[0].stride_bytes = -8;
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &array, NULL));
  assert_ptr_equal(described(array).data, &memory[11]);
  assert_ptr_equal(described(array).block_data, memory);
  assert_int_equal(described(array).block_size_bytes, 96);
  assert_ok(deed_release(array, NULL));
  assert_ptr_equal(given.data, &memory[11]);
  assert_ptr_equal(given.context, &given);
}

static void a_lender_cannot_leave_while_others_hold(void **state) {
  struct deed_array loan = lent(memory);
  struct deed_array share = share_of(loan);
  struct deed_error error;
  (void)state;
  assert_status(deed_release(loan, &error), DEED_EBUSY);
  assert_int_equal(error.holder_count, 1);
  assert_true(deed_is_live(loan));
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(loan, NULL));
}

static void give_up(void *data, void *context) {
  (void)data;
  ++*(int *)context;
  deed_note_abandoned();
}

static void a_callback_that_cannot_free_says_so(void **state) {
  struct deed_layout layout = small_layout();
  int calls = 0;
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, give_up, &calls};
  struct deed_array array;
  struct deed_counts before = counts_now();
  (void)state;
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &array, NULL));
  assert_ok(deed_release(array, NULL));
  assert_int_equal(calls, 1);
  assert_int_equal(counts_now().abandoned, before.abandoned + 1);
  assert_int_equal(counts_now().blocks_ended, before.blocks_ended + 1);
}

/* Keeps abandoned memory from being taken for lost. */
static uint64_t *volatile abandoned_memory;

/* T23: memory whose guard is gone is abandoned, never freed twice. */
static void trap_t23_a_broken_guard_is_noticed(void **state) {
  struct deed_array array = new_array();
  struct deed_error error;
  uint64_t *before = (uint64_t *)described(array).data - 1;
  struct deed_counts counts = counts_now();
  (void)state;
  uint64_t kept = *before;
  abandoned_memory = before;
  *before = 0;
  assert_status(deed_release(array, &error), DEED_EDAMAGED);
  assert_status(deed_release(array, NULL), DEED_ESTALE);
  assert_int_equal(counts_now().abandoned, counts.abandoned + 1);
  assert_int_equal(counts_now().live_blocks, counts.live_blocks - 1);
  assert_int_not_equal(kept, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(order_of_release_never_matters),     ACCOUNTED(trap_a07_a_callback_may_call_every_verb),
      ACCOUNTED(callbacks_get_what_adopt_was_given), ACCOUNTED(a_lender_cannot_leave_while_others_hold),
      ACCOUNTED(trap_t23_a_broken_guard_is_noticed), ACCOUNTED(a_callback_that_cannot_free_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
