/* SPDX-License-Identifier: BSD-3-Clause */
/* transfer and reclaim: the title on its way. */
#include "check.h"

static double memory[12];

static void transfer_moves_owner_and_ends_the_old_handle(void **state) {
  struct deed_array title = new_array();
  struct deed_array share = share_of(title);
  struct deed_array moved;
  const struct deed_site python = {DEED_LANGUAGE_PYTHON, 3, "a.py"};
  (void)state;
  void *data = described(title).data;
  assert_ok(deed_transfer(title, &python, &moved, NULL));
  assert_false(deed_is_live(title));
  assert_int_equal(described(moved).owner, DEED_LANGUAGE_PYTHON);
  assert_int_equal(described(share).owner, DEED_LANGUAGE_PYTHON);
  assert_int_equal(described(moved).origin, DEED_ORIGIN_MALLOC);
  assert_ptr_equal(described(moved).data, data);
  assert_ok(deed_release(moved, NULL));
  assert_ok(deed_release(share, NULL));
}

/* The holder of a title that has moved is who it has moved to. */
static void the_new_holder_is_named(void **state) {
  struct deed_array title = new_array();
  struct deed_array moved;
  struct deed_holder holder;
  int32_t count;
  const struct deed_site python = {DEED_LANGUAGE_PYTHON, 3, "a.py"};
  (void)state;
  assert_ok(deed_transfer(title, &python, &moved, NULL));
  assert_int_equal(described(moved).language, DEED_LANGUAGE_PYTHON);
  assert_ok(deed_holders(moved, &holder, 1, &count));
  assert_int_equal(count, 1);
  assert_int_equal(holder.role, DEED_ROLE_TITLE);
  assert_int_equal(holder.language, DEED_LANGUAGE_PYTHON);
  assert_int_equal(holder.line, 3);
  assert_string_equal(holder.file, "a.py");
  assert_ok(deed_release(moved, NULL));
}

static void reclaim_gives_back_what_was_adopted(void **state) {
  int releases = 0;
  struct deed_array title = adopted(memory, DEED_ORIGIN_CXX, &releases);
  struct deed_layout layout = small_layout();
  struct deed_reclaimed reclaimed;
  (void)state;
  assert_ok(deed_reclaim(title, DEED_ORIGIN_CXX, count_release, &reclaimed, NULL));
  assert_ptr_equal(reclaimed.data, memory);
  assert_ptr_equal(reclaimed.context, &releases);
  assert_true(reclaimed.release == count_release);
  assert_same_layout(&reclaimed.layout, &layout);
  assert_int_equal(releases, 0);
  assert_false(deed_is_live(title));
}

static void release_for_another_allocator(void *data, void *context) {
  (void)data;
  (void)context;
}

static void trap_a46_reclaim_by_another_allocator_is_refused(void **state) {
  int releases = 0;
  struct deed_array title = adopted(memory, DEED_ORIGIN_FORTRAN, &releases);
  struct deed_reclaimed reclaimed;
  struct deed_error error;
  (void)state;
  for (int origin = 0; origin <= DEED_ORIGIN_STATIC; ++origin) {
    if (origin == DEED_ORIGIN_FORTRAN) continue;
    assert_status(deed_reclaim(title, (enum deed_origin)origin, NULL, &reclaimed, &error), DEED_EORIGIN);
  }
  assert_non_null(strstr(error.message, "origin fortran"));
  assert_status(deed_reclaim(title, DEED_ORIGIN_FORTRAN, release_for_another_allocator, &reclaimed, &error),
                DEED_EORIGIN);
  assert_non_null(strstr(error.message, "another allocator"));
  assert_true(deed_is_live(title));
  assert_int_equal(releases, 0);
  assert_ok(deed_release(title, NULL));
  assert_int_equal(releases, 1);
}

static void memory_of_deed_itself_can_leave_too(void **state) {
  struct deed_array title = new_array();
  struct deed_reclaimed reclaimed;
  (void)state;
  assert_ok(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, NULL));
  ((double *)reclaimed.data)[11] = 1.0;
  reclaimed.release(reclaimed.data, reclaimed.context);
}

static void outputs_must_be_there(void **state) {
  struct deed_array title = new_array();
  struct deed_array share = share_of(title);
  (void)state;
  assert_status(deed_transfer(title, DEED_HERE, NULL, NULL), DEED_EINVAL);
  assert_status(deed_transfer(share, DEED_HERE, NULL, NULL), DEED_EINVAL);
  assert_status(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, NULL, NULL), DEED_EINVAL);
  assert_int_equal(described(title).claim_count, 2);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(title, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(transfer_moves_owner_and_ends_the_old_handle),
      ACCOUNTED(the_new_holder_is_named),
      ACCOUNTED(reclaim_gives_back_what_was_adopted),
      ACCOUNTED(trap_a46_reclaim_by_another_allocator_is_refused),
      ACCOUNTED(memory_of_deed_itself_can_leave_too),
      ACCOUNTED(outputs_must_be_there),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
