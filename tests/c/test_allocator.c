/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies of one allocator's code agree on one release callback. */
#include <pthread.h>

#include "check.h"

static void first(void *data, void *context) {
  (void)data;
  ++*(int *)context;
}

static void second(void *data, void *context) {
  (void)data;
  *(int *)context += 100;
}

static void copies_of_one_allocator_agree(void **state) {
  (void)state;
  assert_ptr_equal(deed_common_release("test of one", first), first);
  assert_ptr_equal(deed_common_release("test of one", second), first);
  assert_ptr_equal(deed_common_release("test of one", first), first);
  assert_ptr_equal(deed_common_release("test of another", second), second);
  assert_ptr_equal(deed_common_release("test of one", second), first);
}

static void nothing_is_remembered_without_a_name_or_a_callback(void **state) {
  (void)state;
  assert_ptr_equal(deed_common_release(NULL, first), first);
  assert_null(deed_common_release("test of none", NULL));
  assert_ptr_equal(deed_common_release("test of none", first), first);
}

/* What one copy adopts the other reclaims, and frees with the code of the first. */
static void one_copy_reclaims_what_the_other_adopted(void **state) {
  static double memory[12];
  struct deed_layout layout = small_layout();
  struct deed_reclaimed reclaimed;
  struct deed_array array;
  int calls = 0;
  (void)state;
  struct deed_memory lot = {memory, DEED_ORIGIN_FORTRAN, DEED_READ, deed_common_release("test of pairs", first),
                            &calls};
  assert_ok(deed_adopt(&lot, &layout, NULL, &array, NULL));
  assert_status(deed_reclaim(array, DEED_ORIGIN_FORTRAN, second, &reclaimed, NULL), DEED_EORIGIN);
  assert_ok(deed_reclaim(array, DEED_ORIGIN_FORTRAN, deed_common_release("test of pairs", second), &reclaimed, NULL));
  reclaimed.release(reclaimed.data, reclaimed.context);
  assert_int_equal(calls, 1);
}

static void *ask(void *own) {
  deed_release_fn mine = *(deed_release_fn *)own;
  deed_release_fn common = deed_common_release("test of threads", mine);
  return common == first ? (void *)1 : common == second ? (void *)2 : NULL;
}

static void threads_agree(void **state) {
  deed_release_fn own[2] = {first, second};
  pthread_t threads[8];
  void *answers[8];
  (void)state;
  for (int i = 0; i < 8; ++i) assert_int_equal(pthread_create(&threads[i], NULL, ask, &own[i % 2]), 0);
  for (int i = 0; i < 8; ++i) assert_int_equal(pthread_join(threads[i], &answers[i]), 0);
  assert_non_null(answers[0]);
  for (int i = 1; i < 8; ++i) assert_ptr_equal(answers[i], answers[0]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(copies_of_one_allocator_agree),
      ACCOUNTED(nothing_is_remembered_without_a_name_or_a_callback),
      ACCOUNTED(one_copy_reclaims_what_the_other_adopted),
      ACCOUNTED(threads_agree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
