/* SPDX-License-Identifier: BSD-3-Clause */
/* What the tests of the bindings rely on: with preload.c loaded before this program, marked arrays are on a device. */
#include <stdlib.h>

#include "../check.h"

static struct deed_array array_of(enum deed_dtype dtype, int64_t element_size_bytes) {
  struct deed_layout layout;
  struct deed_array array;
  assert_ok(deed_layout_contiguous(dtype, element_size_bytes, 1, (int64_t[]){3}, NULL, DEED_ORDER_C, &layout));
  assert_ok(deed_alloc(&layout, 0, DEED_HERE, &array, NULL));
  return array;
}

static enum deed_status point(struct deed_array array, enum deed_dtype dtype) {
  struct deed_dimension dim[1];
  int64_t element_size_bytes;
  void *data;
  return deed_point(array, dtype, 1, DEED_READ, &data, &element_size_bytes, dim);
}

static void expect_host(struct deed_array array, enum deed_dtype dtype) {
  assert_int_equal(described(array).device_type, 0);
  assert_int_equal(described(array).device_id, 0);
  assert_ok(point(array, dtype));
}

static void expect_device(struct deed_array array, enum deed_dtype dtype) {
  assert_int_equal(described(array).device_type, 2);
  assert_int_equal(described(array).device_id, 1);
  assert_status(point(array, dtype), DEED_EDEVICE);
}

static void opaque_elements_of_six_bytes_are_on_the_device(void **state) {
  struct deed_array marked = array_of(DEED_OPAQUE, 6), other = array_of(DEED_OPAQUE, 8);
  (void)state;
  expect_device(marked, DEED_OPAQUE);
  expect_host(other, DEED_OPAQUE);
  assert_ok(deed_release(marked, NULL));
  assert_ok(deed_release(other, NULL));
}

static void all_arrays_are_while_the_environment_says_so(void **state) {
  struct deed_array array = array_of(DEED_REAL64, 0);
  (void)state;
  expect_host(array, DEED_REAL64);
  setenv("DEED_TEST_DEVICE", "1", 1);
  expect_device(array, DEED_REAL64);
  unsetenv("DEED_TEST_DEVICE");
  expect_host(array, DEED_REAL64);
  assert_ok(deed_release(array, NULL));
  assert_status(deed_describe(array, NULL, 0), DEED_ESTALE);
}

static void a_descriptor_without_room_for_the_device_is_refused(void **state) {
  struct deed_array marked = array_of(DEED_OPAQUE, 6), other = array_of(DEED_INT8, 0);
  struct deed_descriptor seen;
  const size_t room = offsetof(struct deed_descriptor, device_type);
  (void)state;
  assert_status(deed_describe(marked, &seen, room), DEED_EDEVICE);
  assert_ok(deed_describe(other, &seen, room));
  assert_ok(deed_release(marked, NULL));
  assert_ok(deed_release(other, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(opaque_elements_of_six_bytes_are_on_the_device),
      ACCOUNTED(all_arrays_are_while_the_environment_says_so),
      ACCOUNTED(a_descriptor_without_room_for_the_device_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
