/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "naive.h"

/* An array over bytes of the test's own that start at the layout's lowest one; each byte is different from its
 * neighbours. */
static struct deed_array patterned(const struct deed_layout *layout, unsigned char *bytes) {
  struct deed_array array;
  int64_t begin_bytes, end_bytes;
  deed_layout_hull(layout, &begin_bytes, &end_bytes);
  for (int64_t i = 0; i < end_bytes - begin_bytes; ++i) bytes[i] = (unsigned char)(i * 37 + 11);
  assert_ok(deed_lend(bytes - begin_bytes, DEED_READ, layout, DEED_HERE, &array, NULL));
  return array;
}

static void compare_elements(struct deed_array a, struct deed_array b) {
  struct deed_descriptor x = described(a), y = described(b);
  assert_true(deed_layout_same_shape(&x.layout, &y.layout));
  for (int32_t d = 0; d < x.layout.rank; ++d) assert_int_equal(x.layout.dim[d].lower, y.layout.dim[d].lower);
  int64_t count = deed_layout_element_count(&x.layout);
  for (int64_t n = 0; n < count; ++n) {
    assert_memory_equal((char *)x.data + naive_offset(&x.layout, n, 0), (char *)y.data + naive_offset(&y.layout, n, 0),
                        (size_t)x.layout.element_size_bytes);
  }
}

static void trap_a42_copies_of_random_layouts_compare_values(void **state) {
  uint64_t seed = 5;
  static unsigned char bytes[1 << 16];
  (void)state;
  for (int round = 0; round < 5000; ++round) {
    struct deed_layout layout = random_layout(&seed);
    struct deed_array source = patterned(&layout, bytes);
    enum deed_order order = (enum deed_order)random_between(&seed, 0, 2);
    struct deed_array copy;
    assert_ok(deed_copy(source, order, DEED_COPY_ORDER, DEED_HERE, &copy, NULL));
    struct deed_descriptor seen = described(copy);
    compare_elements(source, copy);
    assert_true(deed_layout_is_contiguous(&seen.layout, order));
    assert_int_equal(seen.copy_reason, DEED_COPY_ORDER);
    assert_int_equal(seen.origin, DEED_ORIGIN_MALLOC);
    assert_int_equal(seen.rights, DEED_READ | DEED_WRITE);
    assert_ok(deed_release(copy, NULL));
    assert_ok(deed_recall(source, 0, NULL));
  }
}

static void elements_of_any_size_are_copied(void **state) {
  static unsigned char bytes[4096];
  (void)state;
  for (int64_t size_bytes = 0; size_bytes < 40; ++size_bytes) {
    struct deed_layout layout;
    const int64_t shape[] = {3, 4};
    struct deed_array source, copy;
    assert_ok(deed_layout_contiguous(DEED_OPAQUE, size_bytes, 2, shape, NULL, DEED_ORDER_C, &layout));
    layout.dim[1].stride_bytes += 3;
    layout.dim[0].stride_bytes += 100;
    source = patterned(&layout, bytes);
    assert_ok(deed_copy(source, DEED_ORDER_FORTRAN, DEED_COPY_REQUESTED, DEED_HERE, &copy, NULL));
    compare_elements(source, copy);
    assert_ok(deed_release(copy, NULL));
    assert_ok(deed_release(source, NULL));
  }
}

static void copies_are_counted_and_refusals_are_not(void **state) {
  struct deed_array title = new_array();
  struct deed_array copy = {77};
  struct deed_counts before = counts_now();
  (void)state;
  assert_status(deed_copy(title, (enum deed_order)3, DEED_COPY_REQUESTED, NULL, &copy, NULL), DEED_EINVAL);
  assert_status(deed_copy(title, DEED_ORDER_C, DEED_COPY_NONE, NULL, &copy, NULL), DEED_EINVAL);
  assert_status(deed_copy(title, DEED_ORDER_C, (enum deed_copy_reason)5, NULL, &copy, NULL), DEED_EINVAL);
  assert_status(deed_copy(title, DEED_ORDER_C, DEED_COPY_REQUESTED, NULL, NULL, NULL), DEED_EINVAL);
  assert_int_equal(copy.bits, 77);
  assert_int_equal(counts_now().copies, before.copies);
  assert_ok(deed_copy(title, DEED_ORDER_ANY, DEED_COPY_REQUESTED, NULL, &copy, NULL));
  assert_int_equal(counts_now().copies, before.copies + 1);
  assert_int_equal(described(title).copy_reason, DEED_COPY_NONE);
  assert_ok(deed_release(copy, NULL));
  for (int reason = DEED_COPY_REQUESTED; reason <= DEED_COPY_ALLOCATOR; ++reason) {
    assert_ok(deed_copy(title, DEED_ORDER_ANY, (enum deed_copy_reason)reason, NULL, &copy, NULL));
    assert_int_equal(described(copy).copy_reason, reason);
    assert_ok(deed_release(copy, NULL));
  }
  assert_ok(deed_release(title, NULL));
}

static void a_claim_that_may_not_read_is_not_copied(void **state) {
  double memory[12] = {0};
  int releases = 0;
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_WRITE, count_release, &releases};
  struct deed_array writer, copy;
  (void)state;
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &writer, NULL));
  assert_status(deed_copy(writer, DEED_ORDER_ANY, DEED_COPY_REQUESTED, NULL, &copy, NULL), DEED_ERIGHTS);
  assert_ok(deed_release(writer, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(trap_a42_copies_of_random_layouts_compare_values),
      ACCOUNTED(elements_of_any_size_are_copied),
      ACCOUNTED(copies_are_counted_and_refusals_are_not),
      ACCOUNTED(a_claim_that_may_not_read_is_not_copied),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
