/* SPDX-License-Identifier: BSD-3-Clause */
/* Who holds an array: the enquiry and the error record. */
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

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(busy_names_every_other_holder),
      ACCOUNTED(a_share_holder_is_told_who_has_the_title),
      ACCOUNTED(long_lists_are_counted_and_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
