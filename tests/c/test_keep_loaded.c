/* SPDX-License-Identifier: BSD-3-Clause */
#include "keep_loaded.h"

#include <dlfcn.h>
#include <stdlib.h>

#include "check.h"

static void of_the_program(void) {}

/* Nothing here can be unloaded or is no library: it must be taken, again and again, and leave no error behind. */
static void what_need_not_be_kept_is_taken(void **state) {
  (void)state;
  for (int i = 0; i < 3; ++i) {
    deed__keep_loaded(of_the_program);
    assert_null(dlerror());
    deed__keep_loaded((deed__code)(uintptr_t)1);
    assert_null(dlerror());
    deed__keep_loaded((deed__code)malloc);
    assert_null(dlerror());
  }
}

/* More functions than the table has room for. */
static void a_full_table_refuses_nothing(void **state) {
  (void)state;
  for (uintptr_t offset = 0; offset < 1000; ++offset)
    deed__keep_loaded((deed__code)((uintptr_t)of_the_program + offset));
  deed__keep_loaded((deed__code)malloc);
  assert_null(dlerror());
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(what_need_not_be_kept_is_taken),
      ACCOUNTED(a_full_table_refuses_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
