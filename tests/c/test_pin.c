/* SPDX-License-Identifier: BSD-3-Clause */
#include "pin.h"

#include <dlfcn.h>
#include <stdlib.h>

#include "check.h"

static void of_the_program(void) {}

/* Nothing here can be unloaded or is no library: pin must take it, again and again, and leave no error behind. */
static void what_needs_no_pin_is_taken(void **state) {
  (void)state;
  for (int i = 0; i < 3; ++i) {
    deed__pin(of_the_program);
    assert_null(dlerror());
    deed__pin((deed__code)(uintptr_t)1);
    assert_null(dlerror());
    deed__pin((deed__code)malloc);
    assert_null(dlerror());
  }
}

/* More functions than the table has room for. */
static void a_full_table_refuses_nothing(void **state) {
  (void)state;
  for (uintptr_t offset = 0; offset < 1000; ++offset) deed__pin((deed__code)((uintptr_t)of_the_program + offset));
  deed__pin((deed__code)malloc);
  assert_null(dlerror());
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(what_needs_no_pin_is_taken),
      ACCOUNTED(a_full_table_refuses_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
