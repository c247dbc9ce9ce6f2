/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "naive.h"

static int64_t range_length(struct deed_range range) {
  int64_t count = (range.last - range.first + range.step) / range.step;
  return count > 0 ? count : 0;
}

/* A section that fits, or an empty one. */
static struct deed_range random_range(uint64_t *seed, const struct deed_layout *layout, int32_t d) {
  int64_t step = random_between(seed, 1, 3) * (random_between(seed, 0, 1) ? 1 : -1);
  if (layout->shape[d] == 0) return (struct deed_range){5, 5 - step, step};
  int64_t upper = layout->lower[d] + layout->shape[d] - 1;
  return (struct deed_range){random_between(seed, layout->lower[d], upper), random_between(seed, layout->lower[d], upper),
                             step};
}

/* Element number n of a section is the element of the whole with the indices that the ranges give. */
static void compare_section(const struct deed_layout *whole, const struct deed_range *ranges,
                            const struct deed_layout *section, int64_t offset_bytes) {
  int64_t count = deed_layout_element_count(section);
  for (int64_t n = 0; n < count; ++n) {
    int64_t indices[DEED_MAX_RANK];
    int64_t expected_bytes;
    int64_t rest = n;
    for (int32_t d = 0; d < whole->rank; ++d) {
      indices[d] = ranges[d].first + rest % section->shape[d] * ranges[d].step;
      rest /= section->shape[d];
    }
    assert_ok(deed_layout_offset(whole, indices, &expected_bytes));
    assert_int_equal(offset_bytes + naive_offset(section, n, 0), expected_bytes);
  }
}

static void random_sections_address_what_the_indices_say(void **state) {
  uint64_t seed = 2;
  (void)state;
  for (int round = 0; round < 20000; ++round) {
    struct deed_layout layout = random_layout(&seed);
    struct deed_layout section;
    struct deed_range ranges[4];
    int64_t offset_bytes;
    for (int32_t d = 0; d < layout.rank; ++d) ranges[d] = random_range(&seed, &layout, d);
    assert_ok(deed_layout_section(&layout, ranges, &section, &offset_bytes));
    assert_ok(deed_layout_check(&section));
    for (int32_t d = 0; d < layout.rank; ++d) {
      assert_int_equal(section.shape[d], range_length(ranges[d]));
      assert_int_equal(section.lower[d], 1);
    }
    compare_section(&layout, ranges, &section, offset_bytes);
  }
}

/* T41: a(1:20:2,:) of a 20 x 3 array, as a C library once read it wrong. */
static void trap_t41_step_in_the_inner_dimension(void **state) {
  struct deed_layout layout, section;
  const int64_t shape[] = {20, 3};
  const struct deed_range ranges[] = {{1, 20, 2}, {1, 3, 1}};
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 2, shape, NULL, DEED_ORDER_FORTRAN, &layout));
  assert_ok(deed_layout_section(&layout, ranges, &section, &offset_bytes));
  assert_int_equal(section.shape[0], 10);
  assert_int_equal(section.stride_bytes[0], 16);
  assert_int_equal(section.stride_bytes[1], 160);
  compare_section(&layout, ranges, &section, offset_bytes);
}

/* T42: a(4:-1:-1) begins at the last element in memory. */
static void trap_t42_negative_step(void **state) {
  struct deed_layout layout, section;
  const int64_t shape[] = {6};
  const int64_t lower[] = {-1};
  const struct deed_range reversed = {4, -1, -1};
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 1, shape, lower, DEED_ORDER_FORTRAN, &layout));
  assert_ok(deed_layout_section(&layout, &reversed, &section, &offset_bytes));
  assert_int_equal(offset_bytes, 40);
  assert_int_equal(section.stride_bytes[0], -8);
  assert_int_equal(section.shape[0], 6);
}

static void sections_refuse_what_lies_outside(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_layout out = {.rank = 77};
  int64_t offset_bytes = 77;
  const struct deed_range zero_step[] = {{1, 4, 0}, {1, 3, 1}};
  const struct deed_range below[] = {{0, 4, 1}, {1, 3, 1}};
  const struct deed_range above[] = {{1, 5, 1}, {1, 3, 1}};
  const struct deed_range last_overshoots[] = {{1, 6, 3}, {1, 3, 1}};
  const struct deed_range far[] = {{INT64_MIN, INT64_MAX, 1}, {1, 3, 1}};
  const struct deed_range huge_step[] = {{4, 1, INT64_MIN}, {1, 3, 1}};
  (void)state;
  assert_status(deed_layout_section(&layout, zero_step, &out, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_section(&layout, NULL, &out, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_section(&layout, below, &out, &offset_bytes), DEED_EBOUNDS);
  assert_status(deed_layout_section(&layout, above, &out, &offset_bytes), DEED_EBOUNDS);
  assert_status(deed_layout_section(&layout, far, &out, &offset_bytes), DEED_EBOUNDS);
  assert_int_equal(out.rank, 77);
  assert_int_equal(offset_bytes, 77);
  assert_ok(deed_layout_section(&layout, last_overshoots, &out, &offset_bytes)); /* 1 and 4: 6 is not reached */
  assert_int_equal(out.shape[0], 2);
  assert_ok(deed_layout_section(&layout, huge_step, &out, &offset_bytes));
  assert_int_equal(out.shape[0], 1);
}

static void picking_an_index_loses_the_dimension(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_layout out;
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_pick(&layout, 0, 3, &out, &offset_bytes));
  assert_int_equal(out.rank, 1);
  assert_int_equal(out.shape[0], 3);
  assert_int_equal(out.stride_bytes[0], 32);
  assert_int_equal(offset_bytes, 16);
  assert_status(deed_layout_pick(&layout, 2, 1, &out, &offset_bytes), DEED_ERANK);
  assert_status(deed_layout_pick(&layout, -1, 1, &out, &offset_bytes), DEED_ERANK);
  assert_status(deed_layout_pick(&layout, 0, 5, &out, &offset_bytes), DEED_EBOUNDS);
  assert_ok(deed_layout_pick(&layout, 1, 1, &layout, &offset_bytes)); /* in place */
  assert_int_equal(layout.shape[1], 0);
}

static void transposing_moves_bounds_along(void **state) {
  struct deed_layout layout, out;
  const int64_t shape[] = {2, 3, 4};
  const int64_t lower[] = {-1, 0, 5};
  const int32_t rotate[] = {2, 0, 1};
  const int32_t twice[] = {0, 0, 1};
  const int32_t outside[] = {0, 1, 3};
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_INT16, 0, 3, shape, lower, DEED_ORDER_FORTRAN, &layout));
  assert_ok(deed_layout_transpose(&layout, rotate, &out));
  assert_int_equal(out.shape[0], 4);
  assert_int_equal(out.lower[0], 5);
  assert_int_equal(out.stride_bytes[1], 2);
  assert_ok(deed_layout_transpose(&layout, NULL, &out));
  assert_int_equal(out.shape[0], 4);
  assert_int_equal(out.lower[2], -1);
  assert_status(deed_layout_transpose(&layout, twice, &out), DEED_EINVAL);
  assert_status(deed_layout_transpose(&layout, outside, &out), DEED_EINVAL);
}

/* Split a number of elements into random extents. */
static int32_t random_factors(uint64_t *seed, int64_t count, int64_t *shape) {
  int32_t rank = 0;
  while (rank < 4) {
    int64_t extent = random_between(seed, 1, 4);
    if (count % extent != 0) continue;
    shape[rank++] = extent;
    count /= extent;
  }
  shape[rank++] = count;
  return rank;
}

/* When reshape succeeds, element n in the order of counting is the same; when it refuses, no strides could do it. */
static void random_reshapes_keep_the_order_of_the_elements(void **state) {
  uint64_t seed = 3;
  int done = 0, refused = 0;
  (void)state;
  for (int round = 0; round < 20000; ++round) {
    struct deed_layout layout = random_layout(&seed);
    struct deed_layout out;
    int64_t shape[5];
    int64_t count = deed_layout_element_count(&layout);
    int c_order = (int)random_between(&seed, 0, 1);
    if (count == 0) continue;
    int32_t rank = random_factors(&seed, count, shape);
    enum deed_status status =
        deed_layout_reshape(&layout, rank, shape, c_order ? DEED_ORDER_C : DEED_ORDER_FORTRAN, &out);
    if (status == DEED_EORDER) {
      assert_false(naive_is_contiguous(&layout, c_order));
      ++refused;
      continue;
    }
    assert_ok(status);
    ++done;
    for (int64_t n = 0; n < count; ++n) {
      assert_int_equal(naive_offset(&out, n, c_order), naive_offset(&layout, n, c_order));
    }
  }
  assert_true(done > 5000);
  assert_true(refused > 500);
}

static void reshape_refuses_in_the_order_of_the_header(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_layout out;
  const int64_t eleven[] = {11};
  const int64_t twelve[] = {12};
  const int64_t negative[] = {-12};
  const int64_t overflow[] = {INT64_MAX, INT64_MAX};
  (void)state;
  assert_status(deed_layout_reshape(&layout, 1, twelve, DEED_ORDER_ANY, &out), DEED_EINVAL);
  assert_status(deed_layout_reshape(&layout, 16, twelve, DEED_ORDER_C, &out), DEED_ERANK);
  assert_status(deed_layout_reshape(&layout, 1, negative, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_reshape(&layout, 1, eleven, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_reshape(&layout, 2, overflow, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_reshape(&layout, 1, twelve, DEED_ORDER_C, &out), DEED_EORDER);
  assert_ok(deed_layout_reshape(&layout, 1, twelve, DEED_ORDER_FORTRAN, &out));
  assert_int_equal(out.stride_bytes[0], 8);
  assert_int_equal(out.lower[0], 1);
}

/* T53: component of an array of records, 16 bytes apart. */
static void trap_t53_component_of_records(void **state) {
  struct deed_layout records, component;
  const int64_t shape[] = {5};
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_OPAQUE, 16, 1, shape, NULL, DEED_ORDER_FORTRAN, &records));
  assert_ok(deed_layout_component(&records, 8, DEED_REAL64, 0, &component, &offset_bytes));
  assert_int_equal(offset_bytes, 8);
  assert_int_equal(component.stride_bytes[0], 16);
  assert_int_equal(component.element_size_bytes, 8);
  assert_status(deed_layout_component(&records, 9, DEED_REAL64, 0, &component, &offset_bytes), DEED_EBOUNDS);
  assert_status(deed_layout_component(&records, -1, DEED_INT8, 0, &component, &offset_bytes), DEED_EBOUNDS);
  assert_status(deed_layout_component(&records, 17, DEED_CHARACTER1, 0, &component, &offset_bytes), DEED_EBOUNDS);
  assert_status(deed_layout_component(&records, 0, (enum deed_dtype)0, 0, &component, &offset_bytes), DEED_EDTYPE);
}

static void imaginary_part_of_complex_numbers(void **state) {
  struct deed_layout layout, part;
  const int64_t shape[] = {2, 2};
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_COMPLEX_REAL32, 0, 2, shape, NULL, DEED_ORDER_C, &layout));
  assert_ok(deed_layout_component(&layout, 4, DEED_REAL32, 0, &part, &offset_bytes));
  assert_int_equal(offset_bytes, 4);
  assert_int_equal(part.stride_bytes[1], 8);
}

static void rebound_checks_the_upper_bound(void **state) {
  struct deed_layout layout = small_layout();
  const int64_t good[] = {-1, 7};
  const int64_t bad[] = {INT64_MAX, 1};
  (void)state;
  assert_ok(deed_layout_rebound(&layout, good, &layout));
  assert_int_equal(layout.lower[1], 7);
  assert_status(deed_layout_rebound(&layout, bad, &layout), DEED_EOVERFLOW);
  assert_int_equal(layout.lower[0], -1);
  assert_status(deed_layout_rebound(&layout, NULL, &layout), DEED_EINVAL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_sections_address_what_the_indices_say),
      cmocka_unit_test(trap_t41_step_in_the_inner_dimension),
      cmocka_unit_test(trap_t42_negative_step),
      cmocka_unit_test(sections_refuse_what_lies_outside),
      cmocka_unit_test(picking_an_index_loses_the_dimension),
      cmocka_unit_test(transposing_moves_bounds_along),
      cmocka_unit_test(random_reshapes_keep_the_order_of_the_elements),
      cmocka_unit_test(reshape_refuses_in_the_order_of_the_header),
      cmocka_unit_test(trap_t53_component_of_records),
      cmocka_unit_test(imaginary_part_of_complex_numbers),
      cmocka_unit_test(rebound_checks_the_upper_bound),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
