/* SPDX-License-Identifier: BSD-3-Clause */
/* Compiling abi.h is the check. What is left to run time: header and library are of one version. */
#include "abi.h"
#include "check.h"

static void header_and_library_agree(void **state) {
  (void)state;
  assert_int_equal(deed_abi_version(), DEED_ABI_VERSION);
  assert_string_equal(deed_version(), DEED_VERSION);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(header_and_library_agree)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
