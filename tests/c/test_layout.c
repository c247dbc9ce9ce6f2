/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "check.h"
#include "naive.h"

static void contiguous_fills_strides_of_both_orders(void **state) {
  struct deed_layout layout;
  const int64_t shape[] = {4, 3, 2};
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 3, shape, NULL, DEED_ORDER_FORTRAN, &layout));
  assert_int_equal(layout.dim[0].stride_bytes, 8);
  assert_int_equal(layout.dim[1].stride_bytes, 32);
  assert_int_equal(layout.dim[2].stride_bytes, 96);
  assert_int_equal(layout.dim[2].lower, 1);
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 3, shape, NULL, DEED_ORDER_C, &layout));
  assert_int_equal(layout.dim[0].stride_bytes, 48);
  assert_int_equal(layout.dim[2].stride_bytes, 8);
  assert_int_equal(layout.dim[0].lower, 0);
}

static void contiguous_refuses_in_the_order_of_the_header(void **state) {
  struct deed_layout out = {.rank = 77};
  const int64_t good[] = {2, 2};
  const int64_t negative[] = {2, -1};
  const int64_t huge[] = {INT64_MAX, 2};
  (void)state;
  assert_status(deed_layout_contiguous(DEED_REAL64, 0, 2, good, NULL, DEED_ORDER_ANY, &out), DEED_EINVAL);
  assert_status(deed_layout_contiguous(DEED_REAL64, 0, 2, NULL, NULL, DEED_ORDER_C, &out), DEED_EINVAL);
  assert_status(deed_layout_contiguous(DEED_REAL64, 0, 2, good, NULL, DEED_ORDER_C, NULL), DEED_EINVAL);
  assert_status(deed_layout_contiguous(DEED_REAL64, 0, 16, good, NULL, DEED_ORDER_C, &out), DEED_ERANK);
  assert_status(deed_layout_contiguous(DEED_REAL64, 0, -1, good, NULL, DEED_ORDER_C, &out), DEED_ERANK);
  assert_status(deed_layout_contiguous((enum deed_dtype)99, 0, 2, good, NULL, DEED_ORDER_C, &out), DEED_EDTYPE);
  assert_status(deed_layout_contiguous(DEED_REAL64, 4, 2, good, NULL, DEED_ORDER_C, &out), DEED_EDTYPE);
  assert_status(deed_layout_contiguous(DEED_CHARACTER4, 6, 2, good, NULL, DEED_ORDER_C, &out), DEED_EDTYPE);
  assert_status(deed_layout_contiguous(DEED_REAL64, 0, 2, negative, NULL, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_contiguous(DEED_REAL64, 0, 2, huge, NULL, DEED_ORDER_C, &out), DEED_EOVERFLOW);
  const int64_t too_many_bytes[] = {INT64_MAX / 8 + 1};
  assert_status(deed_layout_contiguous(DEED_REAL64, 0, 1, too_many_bytes, NULL, DEED_ORDER_C, &out), DEED_EOVERFLOW);
  assert_status(deed_layout_contiguous(DEED_REAL64, 0, 1, NULL, NULL, DEED_ORDER_C, &out), DEED_EINVAL);
  assert_int_equal(out.rank, 77); /* untouched */
}

static void trap_t38_bounds_near_the_ends_of_int64(void **state) {
  struct deed_layout out;
  const int64_t shape[] = {3};
  const int64_t fits[] = {INT64_MAX - 2};
  const int64_t too_high[] = {INT64_MAX - 1};
  const int64_t lowest[] = {INT64_MIN};
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_INT8, 0, 1, shape, fits, DEED_ORDER_C, &out));
  assert_status(deed_layout_contiguous(DEED_INT8, 0, 1, shape, too_high, DEED_ORDER_C, &out), DEED_EOVERFLOW);
  assert_ok(deed_layout_contiguous(DEED_INT8, 0, 1, shape, lowest, DEED_ORDER_C, &out));
  /* An upper bound is one below the lower bound when there are no elements, and must fit even then. */
  const int64_t extents[] = {0, 0, 1, 1};
  const int64_t lowers[] = {INT64_MIN, INT64_MIN + 1, INT64_MIN, INT64_MAX};
  for (int i = 0; i < 4; ++i) {
    assert_status(deed_layout_contiguous(DEED_INT8, 0, 1, &extents[i], &lowers[i], DEED_ORDER_C, &out),
                  i == 0 ? DEED_EOVERFLOW : DEED_OK);
  }
  assert_ok(deed_layout_contiguous(DEED_INT8, 0, 1, shape, lowest, DEED_ORDER_C, &out));
  int64_t offset_bytes;
  const int64_t last[] = {INT64_MIN + 2};
  assert_ok(deed_layout_offset(&out, last, &offset_bytes));
  assert_int_equal(offset_bytes, 2);
}

static void check_sees_every_overflow(void **state) {
  struct deed_layout far_apart = {.dtype = DEED_INT8, .rank = 1, .element_size_bytes = 1, .dim = {{.extent = 3}}};
  struct deed_layout two_sided = {
      .dtype = DEED_INT8, .rank = 2, .element_size_bytes = 1, .dim = {{.extent = 2}, {.extent = 2}}};
  (void)state;
  far_apart.dim[0].stride_bytes = INT64_MAX;
  assert_status(deed_layout_check(&far_apart), DEED_EOVERFLOW);
  far_apart.dim[0].stride_bytes = INT64_MIN;
  assert_status(deed_layout_check(&far_apart), DEED_EOVERFLOW);
  two_sided.dim[0].stride_bytes = INT64_MAX - 1;
  two_sided.dim[1].stride_bytes = -2;
  assert_status(deed_layout_check(&two_sided), DEED_EOVERFLOW);
  two_sided.dim[1].stride_bytes = 0;
  assert_ok(deed_layout_check(&two_sided));
  two_sided.dim[1].stride_bytes = INT64_MAX - 1; /* twice the same side */
  assert_status(deed_layout_check(&two_sided), DEED_EOVERFLOW);
  struct deed_layout no_bytes = {.dtype = DEED_OPAQUE, .rank = 2, .dim = {{.extent = INT64_MAX}, {.extent = 2}}};
  assert_status(deed_layout_check(&no_bytes), DEED_EOVERFLOW); /* the number of elements */
  assert_status(deed_layout_check(NULL), DEED_EINVAL);
}

/* Trap A37, T45: strides of extents 0 and 1 address nothing, whatever they are. */
static void trap_a37_garbage_strides_do_not_matter(void **state) {
  struct deed_layout layout = {
      .dtype = DEED_REAL64, .rank = 3, .element_size_bytes = 8, .dim = {{.extent = 1}, {.extent = 5}, {.extent = 1}}};
  int64_t begin_bytes, end_bytes;
  (void)state;
  layout.dim[0].stride_bytes = INT64_MIN;
  layout.dim[1].stride_bytes = 8;
  layout.dim[2].stride_bytes = INT64_MAX;
  assert_ok(deed_layout_check(&layout));
  deed_layout_hull(&layout, &begin_bytes, &end_bytes);
  assert_int_equal(begin_bytes, 0);
  assert_int_equal(end_bytes, 40);
  assert_true(deed_layout_is_contiguous(&layout, DEED_ORDER_C));
  assert_true(deed_layout_is_contiguous(&layout, DEED_ORDER_FORTRAN));
  assert_false(deed_layout_may_overlap_itself(&layout));
  layout.dim[1].extent = 0;
  assert_ok(deed_layout_check(&layout));
  deed_layout_hull(&layout, &begin_bytes, &end_bytes);
  assert_int_equal(end_bytes - begin_bytes, 0);
  assert_int_equal(deed_layout_size_bytes(&layout), 0);
}

/* Characters of length 0, also as a component of records: elements, but no byte anywhere. */
static void empty_elements_are_an_array(void **state) {
  struct deed_layout layout;
  const int64_t shape[] = {3};
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_CHARACTER1, 0, 1, shape, NULL, DEED_ORDER_FORTRAN, &layout));
  for (int64_t stride_bytes = -16; stride_bytes <= 16; stride_bytes += 16) {
    int64_t begin_bytes, end_bytes;
    layout.dim[0].stride_bytes = stride_bytes;
    assert_ok(deed_layout_check(&layout));
    assert_int_equal(deed_layout_element_count(&layout), 3);
    assert_int_equal(deed_layout_size_bytes(&layout), 0);
    assert_false(deed_layout_may_overlap_itself(&layout));
    assert_true(deed_layout_is_contiguous(&layout, DEED_ORDER_C));
    deed_layout_hull(&layout, &begin_bytes, &end_bytes);
    assert_int_equal(begin_bytes, 0);
    assert_int_equal(end_bytes, 0);
  }
}

/* T44: how large the other extents are does not matter when one is 0. */
static void trap_t44_no_elements_whatever_the_other_extents(void **state) {
  struct deed_layout layout;
  const int64_t shape[] = {INT64_C(1) << 40, 0, INT64_C(1) << 40};
  (void)state;
  for (int order = DEED_ORDER_FORTRAN; order <= DEED_ORDER_C; ++order) {
    assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 3, shape, NULL, (enum deed_order)order, &layout));
    assert_ok(deed_layout_check(&layout));
    assert_int_equal(deed_layout_element_count(&layout), 0);
    assert_int_equal(deed_layout_size_bytes(&layout), 0);
    assert_false(deed_layout_may_overlap_itself(&layout));
  }
  const int64_t small[] = {3, 0, 2};
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 3, small, NULL, DEED_ORDER_FORTRAN, &layout));
  assert_int_equal(layout.dim[1].stride_bytes, 24); /* as if it had elements: as if the extent were 1 */
  assert_int_equal(layout.dim[2].stride_bytes, 24);
  for (int d = 0; d < 3; ++d) {
    layout.dim[0].extent = layout.dim[1].extent = layout.dim[2].extent = 2;
    layout.dim[d].extent = 0;
    layout.dim[0].stride_bytes = layout.dim[1].stride_bytes = layout.dim[2].stride_bytes = d == 1 ? 0 : INT64_MIN;
    assert_ok(deed_layout_check(&layout));
    assert_false(deed_layout_may_overlap_itself(&layout));
    assert_true(deed_layout_is_contiguous(&layout, DEED_ORDER_C));
  }
}

static void trap_t46_every_rank_and_no_other(void **state) {
  struct deed_layout layout;
  int64_t shape[DEED_MAX_RANK + 1];
  (void)state;
  for (int32_t rank = 0; rank <= DEED_MAX_RANK; ++rank) {
    shape[rank] = 2;
    assert_ok(deed_layout_contiguous(DEED_INT16, 0, rank, rank ? shape : NULL, NULL, DEED_ORDER_C, &layout));
    assert_ok(deed_layout_check(&layout));
    assert_int_equal(deed_layout_element_count(&layout), INT64_C(1) << rank);
    assert_true(deed_layout_is_contiguous(&layout, DEED_ORDER_ANY));
  }
  layout.rank = DEED_MAX_RANK + 1;
  assert_status(deed_layout_check(&layout), DEED_ERANK);
  layout.rank = -1;
  assert_status(deed_layout_check(&layout), DEED_ERANK);
}

/* Each layout breaks the promise of its line and all promises of the lines below. */
static void check_refuses_in_the_order_of_the_header(void **state) {
  struct deed_layout layout = {
      .dtype = 0, .rank = 16, .element_size_bytes = -1, .dim = {{.extent = -1}, {.extent = 3}}};
  (void)state;
  layout.dim[1].lower = INT64_MAX;
  assert_status(deed_layout_check(&layout), DEED_ERANK);
  layout.rank = 2;
  assert_status(deed_layout_check(&layout), DEED_EDTYPE);
  layout.dtype = DEED_OPAQUE;
  assert_status(deed_layout_check(&layout), DEED_EDTYPE);
  layout.element_size_bytes = 3;
  assert_status(deed_layout_check(&layout), DEED_ESHAPE);
  layout.dim[0].extent = 1;
  assert_status(deed_layout_check(&layout), DEED_EOVERFLOW);
  layout.dim[1].lower = INT64_MAX - 2;
  assert_ok(deed_layout_check(&layout));
}

static void element_sizes_must_be_those_of_the_dtype(void **state) {
  struct deed_layout layout = {.rank = 0};
  (void)state;
  for (int dtype = DEED_INT8; dtype < DEED_DTYPE_END; ++dtype) {
    int64_t fixed = deed_dtype_size_bytes((enum deed_dtype)dtype);
    for (int64_t size_bytes = -1; size_bytes <= 40; ++size_bytes) {
      int is_good =
          fixed > 0 ? size_bytes == fixed : size_bytes >= 0 && (dtype != DEED_CHARACTER4 || size_bytes % 4 == 0);
      layout.dtype = dtype;
      layout.element_size_bytes = size_bytes;
      assert_status(deed_layout_check(&layout), is_good ? DEED_OK : DEED_EDTYPE);
    }
  }
}

/* What stands past the rank is no error, and no result has it. */
static void fields_past_the_rank_are_ignored(void **state) {
  const int64_t extents[] = {-7, 0, INT64_MAX};
  struct deed_layout clean = small_layout();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(extents); ++i) {
    struct deed_layout layout = clean;
    int64_t begin_bytes, end_bytes;
    fill_past_rank(&layout, extents[i]);
    assert_ok(deed_layout_check(&layout));
    deed_layout_hull(&layout, &begin_bytes, &end_bytes);
    assert_int_equal(end_bytes - begin_bytes, 96);
    assert_int_equal(deed_layout_element_count(&layout), 12);
    assert_true(deed_layout_is_contiguous(&layout, DEED_ORDER_FORTRAN));
    assert_false(deed_layout_may_overlap_itself(&layout));
    assert_true(deed_layout_same_shape(&layout, &clean));
  }
}

static void random_layouts_agree_with_the_naive_model(void **state) {
  uint64_t seed = 1;
  (void)state;
  for (int round = 0; round < 20000; ++round) {
    struct deed_layout layout = random_layout(&seed);
    struct naive naive = enumerate(&layout);
    int64_t begin_bytes, end_bytes;
    assert_ok(deed_layout_check(&layout));
    deed_layout_hull(&layout, &begin_bytes, &end_bytes);
    assert_int_equal(deed_layout_element_count(&layout), naive.count);
    assert_int_equal(begin_bytes, naive.begin_bytes);
    assert_int_equal(end_bytes, naive.end_bytes);
    assert_int_equal(deed_layout_is_contiguous(&layout, DEED_ORDER_FORTRAN), naive_is_contiguous(&layout, 0));
    assert_int_equal(deed_layout_is_contiguous(&layout, DEED_ORDER_C), naive_is_contiguous(&layout, 1));
    assert_int_equal(deed_layout_is_contiguous(&layout, DEED_ORDER_ANY),
                     naive_is_contiguous(&layout, 0) || naive_is_contiguous(&layout, 1));
    assert_int_equal(deed_layout_size_bytes(&layout), naive.count * layout.element_size_bytes);
    if (naive.overlaps) assert_true(deed_layout_may_overlap_itself(&layout));
    free(naive.offsets);
  }
}

/* Strides of which each steps over all that the smaller ones cover, in any order of dimensions and of either sign. */
static struct deed_layout random_nested_layout(uint64_t *seed) {
  struct deed_layout layout = {.dtype = DEED_OPAQUE, .rank = (int32_t)random_between(seed, 1, 4)};
  int64_t covered_bytes = layout.element_size_bytes = random_between(seed, 1, 9);
  for (int32_t d = 0; d < layout.rank; ++d) {
    int64_t stride_bytes = covered_bytes + random_between(seed, 0, 1) * random_between(seed, 0, 5);
    layout.dim[d].extent = random_between(seed, 1, 4);
    layout.dim[d].stride_bytes = random_between(seed, 0, 1) ? stride_bytes : -stride_bytes;
    covered_bytes += (layout.dim[d].extent - 1) * stride_bytes;
  }
  assert_ok(deed_layout_transpose(&layout, random_between(seed, 0, 1) ? NULL : (int32_t[]){0, 1, 2, 3}, &layout));
  return layout;
}

static void strides_that_nest_are_known_exactly(void **state) {
  uint64_t seed = 6;
  int overlapping = 0;
  (void)state;
  for (int round = 0; round < 10000; ++round) {
    struct deed_layout layout = random_nested_layout(&seed);
    int32_t d = (int32_t)random_between(&seed, 0, layout.rank - 1);
    assert_false(deed_layout_may_overlap_itself(&layout));
    if (layout.dim[d].extent == 1) continue;
    layout.dim[d].stride_bytes = random_between(&seed, 1 - layout.element_size_bytes, layout.element_size_bytes - 1);
    assert_int_equal(deed_layout_may_overlap_itself(&layout), 1);
    ++overlapping;
  }
  assert_true(overlapping > 5000);
}

static void same_shape_compares_type_and_extents_only(void **state) {
  struct deed_layout a = small_layout();
  struct deed_layout b = a;
  (void)state;
  b.dim[0].stride_bytes = 999;
  b.dim[1].lower = -5;
  assert_true(deed_layout_same_shape(&a, &b));
  b.dim[1].extent = 4;
  assert_false(deed_layout_same_shape(&a, &b));
  b = a;
  b.dtype = DEED_INT64;
  assert_false(deed_layout_same_shape(&a, &b));
  b = a;
  b.rank = 1;
  assert_false(deed_layout_same_shape(&a, &b));
  b = a;
  a.rank = b.rank = 15;
  assert_true(deed_layout_same_shape(&a, &b));
  b.dim[14].extent = 1;
  assert_false(deed_layout_same_shape(&a, &b));
  a.rank = 2;
  a.dtype = b.dtype = DEED_CHARACTER1;
  b.rank = a.rank;
  b.element_size_bytes = 9;
  assert_false(deed_layout_same_shape(&a, &b));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(contiguous_fills_strides_of_both_orders),
      cmocka_unit_test(contiguous_refuses_in_the_order_of_the_header),
      cmocka_unit_test(trap_t38_bounds_near_the_ends_of_int64),
      cmocka_unit_test(check_sees_every_overflow),
      cmocka_unit_test(trap_a37_garbage_strides_do_not_matter),
      cmocka_unit_test(empty_elements_are_an_array),
      cmocka_unit_test(trap_t44_no_elements_whatever_the_other_extents),
      cmocka_unit_test(trap_t46_every_rank_and_no_other),
      cmocka_unit_test(check_refuses_in_the_order_of_the_header),
      cmocka_unit_test(element_sizes_must_be_those_of_the_dtype),
      cmocka_unit_test(fields_past_the_rank_are_ignored),
      cmocka_unit_test(random_layouts_agree_with_the_naive_model),
      cmocka_unit_test(strides_that_nest_are_known_exactly),
      cmocka_unit_test(same_shape_compares_type_and_extents_only),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
