/* SPDX-License-Identifier: BSD-3-Clause */
/* Who holds an array: the enquiry, the error record, and the ledger. */
#include "check.h"

static void busy_names_every_other_holder(void **state) {
  struct deed_array title = new_array();
  struct deed_site python = {DEED_LANGUAGE_PYTHON, 12, "solver.py"};
  struct deed_site fortran = {DEED_LANGUAGE_FORTRAN, 0, NULL};
  struct deed_array a, b;
  struct deed_reclaimed reclaimed;
  struct deed_error error;
  (void)state;
  assert_ok(deed_share(title, 0, &python, &a, NULL));
  assert_ok(deed_share(title, DEED_READ, &fortran, &b, NULL));
  assert_status(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, &error), DEED_EBUSY);
  assert_int_equal(error.holder_count, 2);
  assert_non_null(strstr(error.message, "2 other claims"));
  assert_non_null(strstr(error.message, "share by Python at solver.py:12"));
  assert_non_null(strstr(error.message, "share by Fortran"));
  assert_int_equal(error.holders[0].line + error.holders[1].line, 12);
  assert_ok(deed_release(a, NULL));
  assert_ok(deed_release(b, NULL));
  assert_ok(deed_release(title, NULL));
}

static void a_share_holder_is_told_who_has_the_title(void **state) {
  struct deed_array title = new_array();
  struct deed_array share = share_of(title);
  struct deed_array moved;
  struct deed_error error;
  (void)state;
  assert_status(deed_transfer(share, DEED_HERE, &moved, &error), DEED_ENOTTITLE);
  assert_int_equal(error.holders[0].role, DEED_ROLE_TITLE);
  assert_non_null(strstr(error.message, "title by C at"));
  assert_ok(deed_release(title, NULL));
  assert_ok(deed_release(share, NULL));
}

static void long_lists_are_counted_and_cut(void **state) {
  struct deed_array title = new_array();
  struct deed_array shares[20];
  struct deed_reclaimed reclaimed;
  struct deed_error error;
  struct deed_holder few[3];
  int32_t count;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(shares); ++i) shares[i] = share_of(title);
  assert_status(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, &error), DEED_EBUSY);
  assert_int_equal(error.holder_count, 20);
  assert_true(strlen(error.message) < DEED_ERROR_MESSAGE_BYTES);
  assert_ok(deed_holders(shares[7], few, 3, &count));
  assert_int_equal(count, 21);
  assert_int_equal(few[0].role, DEED_ROLE_TITLE);
  assert_ok(deed_holders(title, NULL, 0, &count));
  assert_status(deed_holders(title, NULL, 1, &count), DEED_EINVAL);
  assert_status(deed_holders(title, few, -1, &count), DEED_EINVAL);
  assert_status(deed_holders(title, few, 3, NULL), DEED_EINVAL);
  for (size_t i = 0; i < COUNT_OF(shares); ++i) assert_ok(deed_release(shares[i], NULL));
  assert_ok(deed_release(title, NULL));
}

/* A27: ten bytes of a large block pin all of it, and the ledger says who. */
static void trap_a27_the_ledger_shows_who_pins_a_large_block(void **state) {
  struct deed_layout layout, slice;
  struct deed_array title, view;
  struct deed_ledger_entry entry;
  const struct deed_range ten = {1, 10, 1};
  const int64_t shape[] = {1 << 20};
  int64_t offset_bytes, count;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_INT8, 0, 1, shape, NULL, DEED_ORDER_FORTRAN, &layout));
  assert_ok(deed_alloc(&layout, 0, DEED_HERE, &title, NULL));
  assert_ok(deed_layout_section(&layout, &ten, &slice, &offset_bytes));
  assert_ok(deed_view(title, offset_bytes, &slice, 0, DEED_HERE, &view, NULL));
  assert_ok(deed_release(title, NULL));
  assert_ok(deed_ledger(&entry, 1, &count));
  assert_int_equal(count, 1);
  assert_int_equal(entry.size_bytes, 1 << 20);
  assert_int_equal(entry.claim_count, 1);
  assert_int_equal(entry.owner, DEED_LANGUAGE_NONE);
  assert_int_equal(entry.holder.role, DEED_ROLE_SHARE);
  assert_string_equal(entry.holder.file, __FILE__);
  assert_int_equal(counts_now().live_bytes, 1 << 20);
  assert_ok(deed_release(view, NULL));
}

static void the_ledger_refuses_nonsense(void **state) {
  int64_t count = 77;
  (void)state;
  assert_status(deed_ledger(NULL, 1, &count), DEED_EINVAL);
  assert_status(deed_ledger(NULL, -1, &count), DEED_EINVAL);
  assert_status(deed_ledger(NULL, 0, NULL), DEED_EINVAL);
  assert_int_equal(count, 77);
  assert_ok(deed_ledger(NULL, 0, &count));
  assert_int_equal(count, 0);
  deed_count(NULL);
}

static void the_core_knows_itself(void **state) {
  (void)state;
  assert_string_equal(deed_version(), DEED_VERSION);
  assert_int_equal(deed_abi_version(), DEED_ABI_VERSION);
  assert_non_null(strstr(deed_core_path(), "deed_c_holders"));
  assert_ok(deed_core_check(NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(busy_names_every_other_holder),  ACCOUNTED(a_share_holder_is_told_who_has_the_title),
      ACCOUNTED(long_lists_are_counted_and_cut), ACCOUNTED(trap_a27_the_ledger_shows_who_pins_a_large_block),
      ACCOUNTED(the_ledger_refuses_nonsense),    ACCOUNTED(the_core_knows_itself),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
