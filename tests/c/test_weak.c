/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"

static struct deed_weak weak_of(struct deed_array array) {
  struct deed_weak weak;
  assert_ok(deed_weak_of(array, &weak));
  return weak;
}

static void a_weak_handle_is_no_claim(void **state) {
  struct deed_array title = new_array();
  struct deed_counts before = counts_now();
  struct deed_weak weak = weak_of(title);
  struct deed_counts after = counts_now();
  (void)state;
  assert_memory_equal(&before, &after, sizeof before);
  assert_true(deed_weak_is_live(&weak));
  assert_ok(deed_release(title, NULL)); /* sole: it frees the block */
  nothing_lives(NULL);
  assert_false(deed_weak_is_live(&weak));
}

static void an_upgrade_is_a_share_of_what_the_claim_showed(void **state) {
  struct deed_array title = new_array();
  struct deed_array view, made;
  struct deed_layout layout = small_layout();
  int64_t offset_bytes;
  (void)state;
  struct deed_range rows = {4, 1, -2};
  assert_ok(deed_layout_section(&layout, (struct deed_range[]){rows, {2, 3, 1}}, &layout, &offset_bytes));
  assert_ok(deed_view(title, offset_bytes, &layout, DEED_READ, DEED_HERE, &view, NULL));
  struct deed_descriptor shown = described(view);
  struct deed_weak weak = weak_of(view);
  assert_ok(deed_release(view, NULL)); /* the claim may end: its block lives */
  assert_ok(deed_upgrade(&weak, 0, &(struct deed_site){DEED_LANGUAGE_FORTRAN, 9, "solver.f90"}, &made, NULL));
  struct deed_descriptor seen = described(made);
  assert_ptr_equal(seen.data, shown.data);
  assert_memory_equal(&seen.layout, &shown.layout, sizeof seen.layout);
  assert_int_equal(seen.role, DEED_ROLE_SHARE);
  assert_int_equal(seen.rights, DEED_READ);
  assert_int_equal(seen.language, DEED_LANGUAGE_FORTRAN);
  assert_int_equal(seen.claim_count, 2);
  assert_ok(deed_release(title, NULL));
  assert_true(deed_weak_is_live(&weak));
  assert_ok(deed_release(made, NULL));
  assert_false(deed_weak_is_live(&weak));
}

static void an_upgrade_keeps_the_block(void **state) {
  static double memory[12];
  int releases = 0;
  struct deed_array title = adopted(memory, DEED_ORIGIN_CXX, &releases);
  struct deed_weak weak = weak_of(title);
  struct deed_array made, again = {77};
  struct deed_error error;
  (void)state;
  assert_ok(deed_upgrade(&weak, 0, DEED_HERE, &made, NULL));
  assert_ok(deed_release(title, NULL));
  assert_int_equal(releases, 0);
  assert_ok(deed_release(made, NULL));
  assert_int_equal(releases, 1);
  assert_status(deed_upgrade(&weak, 0, DEED_HERE, &again, &error), DEED_ESTALE);
  assert_int_equal(again.bits, 77);
  assert_string_equal(error.message,
                      "upgrade refused: weak: stale handle: released, transferred, reclaimed or recalled before");
}

/* A weak handle of a title that moves goes on, because the block does. */
static void it_outlives_transfer_and_ends_with_reclaim_and_recall(void **state) {
  static double memory[12];
  struct deed_array title = new_array();
  struct deed_array loan = lent(memory);
  struct deed_weak of_title = weak_of(title);
  struct deed_weak of_loan = weak_of(loan);
  struct deed_array moved, made;
  struct deed_reclaimed reclaimed;
  (void)state;
  assert_ok(deed_transfer(title, DEED_HERE, &moved, NULL));
  assert_ok(deed_upgrade(&of_title, 0, DEED_HERE, &made, NULL));
  assert_status(deed_reclaim(moved, DEED_ORIGIN_MALLOC, NULL, &reclaimed, NULL), DEED_EBUSY);
  assert_ok(deed_release(made, NULL));
  assert_ok(deed_reclaim(moved, DEED_ORIGIN_MALLOC, NULL, &reclaimed, NULL));
  assert_status(deed_upgrade(&of_title, 0, DEED_HERE, &made, NULL), DEED_ESTALE);
  reclaimed.release(reclaimed.data, reclaimed.context);
  assert_ok(deed_upgrade(&of_loan, 0, DEED_HERE, &made, NULL));
  assert_status(deed_recall(loan, 0, NULL), DEED_EBUSY);
  assert_ok(deed_release(made, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
  assert_status(deed_upgrade(&of_loan, 0, DEED_HERE, &made, NULL), DEED_ESTALE);
}

/* The record of a block is used again; the weak handle of the block before is stale for ever. */
static void a_successor_in_the_same_record_is_not_reached(void **state) {
  struct deed_array made;
  struct deed_array first = new_array();
  struct deed_weak weak = weak_of(first);
  int reused = 0;
  (void)state;
  assert_ok(deed_release(first, NULL));
  for (int i = 0; i < 1000; ++i) {
    struct deed_array next = new_array();
    reused += (uint32_t)weak_of(next).block == (uint32_t)weak.block;
    assert_status(deed_upgrade(&weak, 0, DEED_HERE, &made, NULL), DEED_ESTALE);
    assert_ok(deed_release(next, NULL));
  }
  assert_true(reused > 0);
}

static void rights_do_not_grow(void **state) {
  struct deed_array title = new_array();
  struct deed_array reader, made;
  struct deed_error error;
  (void)state;
  assert_ok(deed_share(title, DEED_READ, DEED_HERE, &reader, NULL));
  struct deed_weak weak = weak_of(reader);
  assert_status(deed_upgrade(&weak, DEED_WRITE, DEED_HERE, &made, &error), DEED_ERIGHTS);
  assert_string_equal(error.message, "upgrade refused: write right asked for, this claim has read only");
  assert_status(deed_upgrade(&weak, 8, DEED_HERE, &made, NULL), DEED_EINVAL);
  weak = weak_of(title);
  assert_ok(deed_upgrade(&weak, DEED_READ, DEED_HERE, &made, NULL));
  assert_int_equal(described(made).rights, DEED_READ);
  assert_ok(deed_release(made, NULL));
  assert_ok(deed_release(reader, NULL));
  assert_ok(deed_release(title, NULL));
}

static void null_pointers_and_dead_handles_are_refused(void **state) {
  struct deed_array title = new_array();
  struct deed_array made = {77};
  struct deed_weak weak = weak_of(title);
  struct deed_weak none = {0};
  struct deed_error error;
  (void)state;
  assert_status(deed_weak_of(title, NULL), DEED_EINVAL);
  assert_status(deed_weak_of((struct deed_array){0}, &weak), DEED_EHANDLE);
  assert_status(deed_upgrade(NULL, 0, DEED_HERE, &made, &error), DEED_EINVAL);
  assert_int_equal(error.status, DEED_EINVAL);
  assert_status(deed_upgrade(&weak, 0, DEED_HERE, NULL, NULL), DEED_EINVAL);
  assert_status(deed_upgrade(&none, 0, DEED_HERE, &made, &error), DEED_EHANDLE);
  assert_int_equal(error.status, DEED_EHANDLE);
  assert_int_equal(made.bits, 77);
  assert_false(deed_weak_is_live(NULL));
  assert_false(deed_weak_is_live(&none));
  assert_ok(deed_release(title, NULL));
  assert_status(deed_weak_of(title, &weak), DEED_ESTALE);
}

/* Each field of a weak handle, damaged: refused by the check that it belongs to. */
static void a_damaged_weak_handle_is_refused(void **state) {
  static double memory[14]; /* the array is the middle of it */
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory + 1, DEED_ORIGIN_STATIC, DEED_READ, NULL, NULL};
  struct deed_array title, made;
  (void)state;
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &title, NULL));
  const struct deed_weak good = weak_of(title);
  struct {
    struct deed_weak weak;
    enum deed_status status;
  } cases[13];
  for (size_t i = 0; i < COUNT_OF(cases); ++i) cases[i].weak = good;
  cases[0].weak.block += UINT64_C(1) << 32, cases[0].status = DEED_EHANDLE;
  cases[1].weak.block |= UINT32_MAX, cases[1].status = DEED_EHANDLE;
  cases[2].weak.data = memory + 2, cases[2].status = DEED_EBOUNDS;
  cases[3].weak.data = memory, cases[3].status = DEED_EBOUNDS;
  cases[4].weak.data = NULL, cases[4].status = DEED_EBOUNDS;
  cases[5].weak.layout.rank = 16, cases[5].status = DEED_ERANK;
  cases[6].weak.layout.dim[1].extent = 4, cases[6].status = DEED_EBOUNDS;
  cases[7].weak.layout.dim[0].extent = -1, cases[7].status = DEED_ESHAPE;
  cases[8].weak.layout.dim[1].stride_bytes = -32, cases[8].status = DEED_EBOUNDS;
  cases[9].weak.rights = DEED_READ | DEED_WRITE, cases[9].status = DEED_ERIGHTS;
  cases[10].weak.rights = 0, cases[10].status = DEED_EHANDLE; /* it would give a claim that may do nothing */
  cases[11].weak.rights = 4, cases[11].status = DEED_ERIGHTS;
  cases[12].weak.reserved = 1, cases[12].status = DEED_EHANDLE;
  for (size_t i = 0; i < COUNT_OF(cases); ++i) {
    struct deed_error error;
    made.bits = 77;
    assert_status(deed_upgrade(&cases[i].weak, 0, DEED_HERE, &made, &error), cases[i].status);
    assert_int_equal(error.status, cases[i].status);
    assert_int_equal(made.bits, 77);
  }
  assert_int_equal(described(title).claim_count, 1);
  assert_ok(deed_upgrade(&good, 0, DEED_HERE, &made, NULL));
  assert_ok(deed_release(made, NULL));
  assert_ok(deed_release(title, NULL));
}

/* Any 64 bits for the block: random, in a record that exists, of its future and past, beyond the last. */
static void a_million_dead_weak_handles(void **state) {
  struct deed_array title = new_array();
  const struct deed_weak good = weak_of(title);
  struct deed_weak weak = good;
  uint64_t seed = 9;
  (void)state;
  for (int i = 0; i < 1000000; ++i) {
    struct deed_array made;
    weak.block = next_random(&seed);
    if (i % 3 == 1) weak.block = weak.block << 32 | (uint32_t)good.block;
    if (i % 3 == 2) weak.block = (good.block + ((weak.block % 5) << 32)) | UINT32_C(1) << weak.block % 32;
    if (weak.block == good.block) continue;
    enum deed_status status = deed_upgrade(&weak, 0, NULL, &made, NULL);
    if (status != DEED_EHANDLE && status != DEED_ESTALE) fail_msg("status %d for %llx", status, (long long)weak.block);
    assert_false(deed_weak_is_live(&weak));
  }
  assert_ok(deed_release(title, NULL));
}

static void arrays_without_bytes_upgrade_too(void **state) {
  struct deed_layout layout;
  struct deed_array loan, made;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 2, (int64_t[]){0, 3}, NULL, DEED_ORDER_FORTRAN, &layout));
  assert_ok(deed_lend(NULL, DEED_READ, &layout, DEED_HERE, &loan, NULL));
  struct deed_weak weak = weak_of(loan);
  assert_ok(deed_upgrade(&weak, 0, DEED_HERE, &made, NULL));
  assert_null(described(made).data);
  assert_ok(deed_release(made, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(a_weak_handle_is_no_claim),
      ACCOUNTED(an_upgrade_is_a_share_of_what_the_claim_showed),
      ACCOUNTED(an_upgrade_keeps_the_block),
      ACCOUNTED(it_outlives_transfer_and_ends_with_reclaim_and_recall),
      ACCOUNTED(a_successor_in_the_same_record_is_not_reached),
      ACCOUNTED(rights_do_not_grow),
      ACCOUNTED(null_pointers_and_dead_handles_are_refused),
      ACCOUNTED(a_damaged_weak_handle_is_refused),
      ACCOUNTED(a_million_dead_weak_handles),
      ACCOUNTED(arrays_without_bytes_upgrade_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
