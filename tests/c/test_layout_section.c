/* SPDX-License-Identifier: BSD-3-Clause */
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "naive.h"

static int64_t range_length(struct deed_range range) {
  int64_t count = (range.last - range.first + range.step) / range.step;
  return count > 0 ? count : 0;
}

/* A section that fits, or an empty one. */
static struct deed_range random_range(uint64_t *seed, const struct deed_layout *layout, int32_t d) {
  int64_t step = random_between(seed, 1, 3) * (random_between(seed, 0, 1) ? 1 : -1);
  if (layout->dim[d].extent == 0) return (struct deed_range){5, 5 - step, step};
  int64_t upper = layout->dim[d].lower + layout->dim[d].extent - 1;
  return (struct deed_range){random_between(seed, layout->dim[d].lower, upper),
                             random_between(seed, layout->dim[d].lower, upper), step};
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
      indices[d] = ranges[d].first + rest % section->dim[d].extent * ranges[d].step;
      rest /= section->dim[d].extent;
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
      assert_int_equal(section.dim[d].extent, range_length(ranges[d]));
      assert_int_equal(section.dim[d].lower, 1);
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
  assert_int_equal(section.dim[0].extent, 10);
  assert_int_equal(section.dim[0].stride_bytes, 16);
  assert_int_equal(section.dim[1].stride_bytes, 160);
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
  assert_int_equal(section.dim[0].stride_bytes, -8);
  assert_int_equal(section.dim[0].extent, 6);
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
  assert_int_equal(out.dim[0].extent, 2);
  assert_ok(deed_layout_section(&layout, huge_step, &out, &offset_bytes));
  assert_int_equal(out.dim[0].extent, 1);
}

/* All ranges of all small steps over a small dimension: either both ends are inside, or it is empty, or it is refused.
 */
static void every_range_of_a_small_dimension(void **state) {
  struct deed_layout layout, out;
  const int64_t shape[] = {4};
  const int64_t lower[] = {-1};
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_INT16, 0, 1, shape, lower, DEED_ORDER_FORTRAN, &layout));
  for (int64_t first = -4; first <= 5; ++first) {
    for (int64_t last = -4; last <= 5; ++last) {
      for (int64_t step = -4; step <= 4; ++step) {
        const struct deed_range range = {first, last, step};
        int64_t offset_bytes;
        enum deed_status status = deed_layout_section(&layout, &range, &out, &offset_bytes);
        int64_t count = step ? range_length(range) : 0;
        int64_t reached = first + (count - 1) * step;
        int fits = count == 0 || (first >= -1 && first <= 2 && reached >= -1 && reached <= 2);
        assert_status(status, step == 0 ? DEED_EINVAL : fits ? DEED_OK : DEED_EBOUNDS);
        if (status != DEED_OK) continue;
        assert_int_equal(out.dim[0].extent, count);
        if (count > 0) compare_section(&layout, &range, &out, offset_bytes);
      }
    }
  }
}

static void ranges_at_the_ends_of_int64(void **state) {
  struct deed_layout layout, out;
  const int64_t shape[] = {INT64_MAX};
  const int64_t lower[] = {INT64_MIN};
  const struct deed_range ranges[] = {{-2, INT64_MIN, INT64_MIN + 2}, {INT64_MIN, -2, INT64_MAX}, {-2, INT64_MIN, -1}};
  const int64_t counts[] = {2, 1, INT64_MAX};
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_INT8, 0, 1, shape, lower, DEED_ORDER_FORTRAN, &layout));
  for (int i = 0; i < 3; ++i) {
    assert_ok(deed_layout_section(&layout, &ranges[i], &out, &offset_bytes));
    assert_ok(deed_layout_check(&out));
    assert_int_equal(out.dim[0].extent, counts[i]);
    assert_int_equal(offset_bytes, i == 1 ? 0 : INT64_MAX - 1);
  }
}

static void picking_an_index_loses_the_dimension(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_layout out;
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_pick(&layout, 0, 3, &out, &offset_bytes));
  assert_int_equal(out.rank, 1);
  assert_int_equal(out.dim[0].extent, 3);
  assert_int_equal(out.dim[0].stride_bytes, 32);
  assert_int_equal(offset_bytes, 16);
  assert_status(deed_layout_pick(&layout, 2, 1, &out, &offset_bytes), DEED_ERANK);
  assert_status(deed_layout_pick(&layout, -1, 1, &out, &offset_bytes), DEED_ERANK);
  assert_status(deed_layout_pick(&layout, 0, 5, &out, &offset_bytes), DEED_EBOUNDS);
  assert_ok(deed_layout_pick(&layout, 1, 1, &layout, &offset_bytes)); /* in place */
  assert_int_equal(layout.dim[1].extent, 0);
}

static void random_picks_address_what_the_indices_say(void **state) {
  uint64_t seed = 7;
  (void)state;
  for (int round = 0; round < 20000; ++round) {
    struct deed_layout layout = random_layout(&seed);
    struct deed_layout out;
    struct deed_range ranges[4];
    struct deed_layout section;
    int64_t offset_bytes, expected_bytes;
    if (layout.rank == 0 || deed_layout_element_count(&layout) == 0) continue;
    int32_t dimension = (int32_t)random_between(&seed, 0, layout.rank - 1);
    for (int32_t d = 0; d < layout.rank; ++d) {
      ranges[d] = (struct deed_range){layout.dim[d].lower, layout.dim[d].lower + layout.dim[d].extent - 1, 1};
    }
    int64_t index = random_between(&seed, ranges[dimension].first, ranges[dimension].last);
    ranges[dimension] = (struct deed_range){index, index, 1};
    assert_ok(deed_layout_pick(&layout, dimension, index, &out, &offset_bytes));
    assert_ok(deed_layout_section(&layout, ranges, &section, &expected_bytes));
    assert_int_equal(offset_bytes, expected_bytes);
    assert_int_equal(deed_layout_element_count(&out), deed_layout_element_count(&section));
    for (int64_t n = 0; n < deed_layout_element_count(&out); ++n) {
      assert_int_equal(naive_offset(&out, n, 0), naive_offset(&section, n, 0));
    }
  }
}

static void random_permutation(uint64_t *seed, int32_t rank, int32_t *permutation) {
  for (int32_t d = 0; d < rank; ++d) {
    int32_t other = (int32_t)random_between(seed, 0, d);
    permutation[d] = permutation[other];
    permutation[other] = d;
  }
}

static void random_transpositions_exchange_indices(void **state) {
  uint64_t seed = 8;
  (void)state;
  for (int round = 0; round < 20000; ++round) {
    struct deed_layout layout = random_layout(&seed);
    struct deed_layout out;
    int32_t permutation[4];
    int64_t indices[4], exchanged[4], offset_bytes, expected_bytes;
    random_permutation(&seed, layout.rank, permutation);
    assert_ok(deed_layout_transpose(&layout, permutation, &out));
    if (deed_layout_element_count(&layout) == 0) continue;
    for (int32_t d = 0; d < layout.rank; ++d) {
      indices[d] = random_between(&seed, layout.dim[d].lower, layout.dim[d].lower + layout.dim[d].extent - 1);
    }
    for (int32_t d = 0; d < layout.rank; ++d) exchanged[d] = indices[permutation[d]];
    assert_ok(deed_layout_offset(&layout, indices, &expected_bytes));
    assert_ok(deed_layout_offset(&out, exchanged, &offset_bytes));
    assert_int_equal(offset_bytes, expected_bytes);
  }
}

static void transposing_moves_bounds_along(void **state) {
  struct deed_layout layout, out;
  const int64_t shape[] = {2, 3, 4};
  const int64_t lower[] = {-1, 0, 5};
  const int32_t rotate[] = {2, 0, 1};
  const int32_t twice[] = {0, 0, 1};
  const int32_t outside[] = {0, 1, 3};
  const int32_t negative[] = {0, -1, 2};
  const int32_t far_away[][3] = {{0, 1, 34}, {0, 1, -30}, {32, 33, 34}, {0, 1, INT32_MIN}, {0, 1, INT32_MAX}};
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_INT16, 0, 3, shape, lower, DEED_ORDER_FORTRAN, &layout));
  assert_ok(deed_layout_transpose(&layout, rotate, &out));
  assert_int_equal(out.dim[0].extent, 4);
  assert_int_equal(out.dim[0].lower, 5);
  assert_int_equal(out.dim[1].stride_bytes, 2);
  assert_ok(deed_layout_transpose(&layout, NULL, &out));
  assert_int_equal(out.dim[0].extent, 4);
  assert_int_equal(out.dim[2].lower, -1);
  assert_status(deed_layout_transpose(&layout, twice, &out), DEED_EINVAL);
  assert_status(deed_layout_transpose(&layout, outside, &out), DEED_EINVAL);
  assert_status(deed_layout_transpose(&layout, negative, &out), DEED_EINVAL);
  for (size_t i = 0; i < COUNT_OF(far_away); ++i) {
    assert_status(deed_layout_transpose(&layout, far_away[i], &out), DEED_EINVAL);
  }
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

/* When reshape succeeds, element n in the order of counting is the same; it refuses when no strides can do it, and only
 * then. */
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
    assert_status(status, naive_can_reshape(&layout, rank, shape, c_order) ? DEED_OK : DEED_EORDER);
    ++*(status == DEED_OK ? &done : &refused);
    if (status != DEED_OK) continue;
    for (int64_t n = 0; n < count; ++n) {
      assert_int_equal(naive_offset(&out, n, c_order), naive_offset(&layout, n, c_order));
    }
  }
  assert_true(done > 5000);
  assert_true(refused > 500);
}

static void reshape_of_scalars_and_of_no_elements(void **state) {
  struct deed_layout scalar, empty, out;
  const int64_t ones[] = {1, 1, 1};
  const int64_t zero[] = {3, 0};
  const int64_t other_zero[] = {0, INT64_MAX, INT64_MAX};
  const int64_t zero_last[] = {INT64_MAX, INT64_MAX, 0};
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 0, NULL, NULL, DEED_ORDER_C, &scalar));
  assert_ok(deed_layout_reshape(&scalar, 3, ones, DEED_ORDER_C, &out));
  assert_int_equal(out.rank, 3);
  assert_ok(deed_layout_reshape(&out, 0, NULL, DEED_ORDER_FORTRAN, &out));
  assert_same_layout(&out, &scalar);
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 2, zero, NULL, DEED_ORDER_C, &empty));
  empty.dim[0].stride_bytes = INT64_MAX;
  assert_ok(deed_layout_reshape(&empty, 3, other_zero, DEED_ORDER_FORTRAN, &out));
  assert_int_equal(out.dim[1].extent, INT64_MAX);
  assert_int_equal(out.dim[1].lower, 1);
  assert_ok(deed_layout_reshape(&empty, 3, zero_last, DEED_ORDER_C, &out));
  assert_status(deed_layout_reshape(&empty, 2, (int64_t[]){-3, 0}, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_reshape(&empty, 3, ones, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_reshape(&scalar, 3, other_zero, DEED_ORDER_C, &out), DEED_ESHAPE);
}

/* Merging the two dimensions would need a stride beyond int64. */
static void reshape_of_elements_far_apart(void **state) {
  struct deed_layout layout = {
      .dtype = DEED_INT8, .rank = 2, .element_size_bytes = 1, .dim = {{.extent = 2}, {.extent = 2}}};
  struct deed_layout out;
  const int64_t four[] = {4};
  (void)state;
  layout.dim[0].stride_bytes = INT64_C(1) << 62;
  layout.dim[1].stride_bytes = 2 - (INT64_C(1) << 62);
  assert_ok(deed_layout_check(&layout));
  assert_status(deed_layout_reshape(&layout, 1, four, DEED_ORDER_FORTRAN, &out), DEED_EORDER);
  layout.rank = 1; /* two elements with nearly all addresses between them: no stride is multiplied once too often */
  assert_ok(deed_layout_reshape(&layout, 2, (int64_t[]){1, 2}, DEED_ORDER_FORTRAN, &out));
  assert_int_equal(out.dim[1].stride_bytes, INT64_C(1) << 62);
}

static void reshape_refuses_in_the_order_of_the_header(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_layout out;
  const int64_t eleven[] = {11};
  const int64_t twelve[] = {12};
  const int64_t negative[] = {-12};
  const int64_t two_negatives[] = {-3, -4};
  const int64_t overflow[] = {INT64_MAX, INT64_MAX};
  (void)state;
  assert_status(deed_layout_reshape(&layout, 1, twelve, DEED_ORDER_ANY, &out), DEED_EINVAL);
  assert_status(deed_layout_reshape(&layout, 16, NULL, DEED_ORDER_C, &out), DEED_EINVAL);
  assert_status(deed_layout_reshape(NULL, 1, twelve, DEED_ORDER_C, &out), DEED_EINVAL);
  assert_status(deed_layout_reshape(&layout, 1, twelve, DEED_ORDER_C, NULL), DEED_EINVAL);
  assert_status(deed_layout_reshape(&layout, -1, twelve, DEED_ORDER_C, &out), DEED_ERANK);
  assert_status(deed_layout_reshape(&layout, 16, twelve, DEED_ORDER_C, &out), DEED_ERANK);
  assert_status(deed_layout_reshape(&layout, 1, negative, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_reshape(&layout, 2, two_negatives, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_reshape(&layout, 1, NULL, DEED_ORDER_C, &out), DEED_EINVAL);
  assert_status(deed_layout_reshape(&layout, 1, eleven, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_reshape(&layout, 2, overflow, DEED_ORDER_C, &out), DEED_ESHAPE);
  assert_status(deed_layout_reshape(&layout, 1, twelve, DEED_ORDER_C, &out), DEED_EORDER);
  assert_ok(deed_layout_reshape(&layout, 1, twelve, DEED_ORDER_FORTRAN, &out));
  assert_int_equal(out.dim[0].stride_bytes, 8);
  assert_int_equal(out.dim[0].lower, 1);
}

/* Strides of an array without elements may be anything; nothing is ever multiplied with them. */
static void trap_t45_parts_of_arrays_without_elements(void **state) {
  struct deed_layout layout = {.dtype = DEED_REAL64,
                               .rank = 2,
                               .element_size_bytes = 8,
                               .dim = {{.lower = 1, .extent = 5}, {.lower = 1, .extent = 0}}};
  struct deed_layout out;
  const struct deed_range odd[] = {{2, 5, 3}, {9, 3, 1}};
  const int64_t indices[] = {4, 1};
  int64_t offset_bytes = 77;
  (void)state;
  layout.dim[0].stride_bytes = layout.dim[1].stride_bytes = INT64_MIN;
  assert_ok(deed_layout_check(&layout));
  assert_status(deed_layout_offset(&layout, indices, &offset_bytes), DEED_EBOUNDS);
  assert_int_equal(offset_bytes, 77);
  assert_ok(deed_layout_section(&layout, odd, &out, &offset_bytes));
  assert_int_equal(offset_bytes, 0);
  assert_int_equal(out.dim[0].extent, 2);
  assert_int_equal(out.dim[1].extent, 0);
  assert_ok(deed_layout_pick(&layout, 0, 4, &out, &offset_bytes));
  assert_int_equal(offset_bytes, 0);
  assert_status(deed_layout_pick(&layout, 1, 1, &out, &offset_bytes), DEED_EBOUNDS);
  assert_ok(deed_layout_transpose(&layout, NULL, &out));
  assert_ok(deed_layout_component(&layout, 4, DEED_REAL32, 0, &out, &offset_bytes));
  assert_int_equal(offset_bytes, 0);
}

/* A single element's stride addresses nothing either, here that of the dimension before. */
static void trap_a37_parts_over_garbage_strides(void **state) {
  struct deed_layout layout = {.dtype = DEED_INT32,
                               .rank = 2,
                               .element_size_bytes = 4,
                               .dim = {{.lower = 7, .extent = 1}, {.lower = 0, .extent = 4}}};
  struct deed_layout out;
  const struct deed_range ranges[] = {{7, 100, INT64_MAX}, {3, 0, -3}};
  const int64_t indices[] = {7, 3};
  int64_t offset_bytes;
  (void)state;
  layout.dim[0].stride_bytes = INT64_MAX;
  layout.dim[1].stride_bytes = 4;
  assert_ok(deed_layout_offset(&layout, indices, &offset_bytes));
  assert_int_equal(offset_bytes, 12);
  assert_ok(deed_layout_section(&layout, ranges, &out, &offset_bytes));
  assert_int_equal(offset_bytes, 12);
  assert_int_equal(out.dim[0].extent, 1);
  assert_int_equal(out.dim[1].stride_bytes, -12);
  assert_ok(deed_layout_check(&out));
  assert_ok(deed_layout_pick(&layout, 0, 7, &out, &offset_bytes));
  assert_int_equal(offset_bytes, 0);
}

/* Elements without bytes are nowhere, so no part of them is anywhere else. */
static void parts_of_empty_elements_do_not_move(void **state) {
  struct deed_layout records, text, out;
  const int64_t shape[] = {4};
  const struct deed_range second = {2, 4, 2};
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_OPAQUE, 16, 1, shape, NULL, DEED_ORDER_FORTRAN, &records));
  assert_ok(deed_layout_component(&records, 16, DEED_CHARACTER1, 0, &text, &offset_bytes));
  assert_int_equal(offset_bytes, 0);
  assert_ok(deed_layout_section(&text, &second, &out, &offset_bytes));
  assert_int_equal(offset_bytes, 0);
  assert_int_equal(out.dim[0].extent, 2);
}

static void parts_are_zero_past_their_rank(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_layout out;
  const struct deed_range ranges[] = {{1, 4, 1}, {1, 3, 1}};
  const int64_t lower[] = {0, 0};
  int64_t offset_bytes;
  (void)state;
  fill_past_rank(&layout, 5);
  assert_ok(deed_layout_section(&layout, ranges, &out, &offset_bytes));
  assert_ok(deed_layout_pick(&layout, 1, 2, &out, &offset_bytes));
  assert_ok(deed_layout_transpose(&layout, NULL, &out));
  assert_ok(deed_layout_component(&layout, 0, DEED_REAL32, 0, &out, &offset_bytes));
  assert_ok(deed_layout_rebound(&layout, lower, &out));
}

/* Each index alone outside, on either side. */
static void offsets_are_of_indices_inside(void **state) {
  struct deed_layout layout = small_layout();
  int64_t offset_bytes = 77;
  (void)state;
  for (int d = 0; d < 2; ++d) {
    for (int side = 0; side < 2; ++side) {
      int64_t indices[] = {2, 2};
      indices[d] = side ? layout.dim[d].extent + 1 : 0;
      assert_status(deed_layout_offset(&layout, indices, &offset_bytes), DEED_EBOUNDS);
    }
  }
  assert_int_equal(offset_bytes, 77);
  assert_ok(deed_layout_offset(&layout, (int64_t[]){2, 2}, &offset_bytes));
  assert_int_equal(offset_bytes, 40);
}

static void trap_t46_a_scalar_needs_no_indices(void **state) {
  struct deed_layout scalar, out;
  int64_t offset_bytes = 77;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 0, NULL, NULL, DEED_ORDER_C, &scalar));
  assert_ok(deed_layout_offset(&scalar, NULL, &offset_bytes));
  assert_int_equal(offset_bytes, 0);
  assert_ok(deed_layout_section(&scalar, NULL, &out, &offset_bytes));
  assert_same_layout(&out, &scalar);
  assert_ok(deed_layout_rebound(&scalar, NULL, &out));
  assert_same_layout(&out, &scalar);
  assert_ok(deed_layout_transpose(&scalar, NULL, &out));
  assert_same_layout(&out, &scalar);
  assert_status(deed_layout_pick(&scalar, 0, 1, &out, &offset_bytes), DEED_ERANK);
  scalar.rank = 1; /* of extent 0, but an array now */
  assert_status(deed_layout_offset(&scalar, NULL, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_section(&scalar, NULL, &out, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_rebound(&scalar, NULL, &out), DEED_EINVAL);
}

static void null_is_refused_by_every_function(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_layout out;
  const struct deed_range ranges[] = {{1, 4, 1}, {1, 3, 1}};
  const int64_t two[] = {1, 1};
  int64_t offset_bytes = 77;
  (void)state;
  assert_status(deed_layout_offset(NULL, two, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_offset(&layout, NULL, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_offset(&layout, two, NULL), DEED_EINVAL);
  assert_status(deed_layout_section(NULL, ranges, &out, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_section(&layout, ranges, NULL, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_section(&layout, ranges, &out, NULL), DEED_EINVAL);
  assert_status(deed_layout_pick(NULL, 0, 1, &out, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_pick(&layout, 0, 1, NULL, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_pick(&layout, 0, 1, &out, NULL), DEED_EINVAL);
  assert_status(deed_layout_transpose(NULL, NULL, &out), DEED_EINVAL);
  assert_status(deed_layout_transpose(&layout, NULL, NULL), DEED_EINVAL);
  assert_status(deed_layout_component(NULL, 0, DEED_INT8, 0, &out, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_component(&layout, 0, DEED_INT8, 0, NULL, &offset_bytes), DEED_EINVAL);
  assert_status(deed_layout_component(&layout, 0, DEED_INT8, 0, &out, NULL), DEED_EINVAL);
  assert_status(deed_layout_rebound(NULL, two, &out), DEED_EINVAL);
  assert_status(deed_layout_rebound(&layout, two, NULL), DEED_EINVAL);
  assert_int_equal(offset_bytes, 77);
}

/* Two pages, of which the second may not be touched. */
static char *begin_of_guarded_pages(size_t page_bytes) {
  char *pages = mmap(NULL, 2 * page_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  assert_true(pages != MAP_FAILED);
  assert_int_equal(mprotect(pages + page_bytes, page_bytes, PROT_NONE), 0);
  return pages;
}

/* Arguments that end where the readable memory does: one more number read ends the test. */
static void nothing_is_read_past_the_rank(void **state) {
  const size_t page_bytes = (size_t)sysconf(_SC_PAGESIZE);
  char *pages = begin_of_guarded_pages(page_bytes);
  char *end = pages + page_bytes;
  (void)state;
  for (int32_t rank = 0; rank <= DEED_MAX_RANK; ++rank) {
    int64_t *numbers = (int64_t *)(void *)end - rank;
    struct deed_layout layout, out;
    int64_t offset_bytes;
    for (int32_t d = 0; d < rank; ++d) numbers[d] = 1;
    assert_ok(deed_layout_contiguous(DEED_REAL64, 0, rank, numbers, numbers, DEED_ORDER_FORTRAN, &layout));
    assert_ok(deed_layout_offset(&layout, numbers, &offset_bytes));
    assert_ok(deed_layout_rebound(&layout, numbers, &out));
    assert_ok(deed_layout_reshape(&layout, rank, numbers, DEED_ORDER_C, &out));
    struct deed_range *ranges = (struct deed_range *)(void *)end - rank;
    for (int32_t d = 0; d < rank; ++d) ranges[d] = (struct deed_range){1, 1, 1};
    assert_ok(deed_layout_section(&layout, ranges, &out, &offset_bytes));
    int32_t *permutation = (int32_t *)(void *)end - rank;
    for (int32_t d = 0; d < rank; ++d) permutation[d] = rank - 1 - d;
    assert_ok(deed_layout_transpose(&layout, permutation, &out));
  }
  assert_int_equal(munmap(pages, 2 * page_bytes), 0);
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
  assert_int_equal(component.dim[0].stride_bytes, 16);
  assert_int_equal(component.element_size_bytes, 8);
  assert_status(deed_layout_component(&records, 9, DEED_REAL64, 0, &component, &offset_bytes), DEED_EBOUNDS);
  assert_status(deed_layout_component(&records, -1, DEED_INT8, 0, &component, &offset_bytes), DEED_EBOUNDS);
  assert_status(deed_layout_component(&records, 17, DEED_CHARACTER1, 0, &component, &offset_bytes), DEED_EBOUNDS);
  assert_status(deed_layout_component(&records, 0, (enum deed_dtype)0, 0, &component, &offset_bytes), DEED_EDTYPE);
}

static void random_components_keep_everything_but_the_element(void **state) {
  uint64_t seed = 9;
  (void)state;
  for (int round = 0; round < 10000; ++round) {
    struct deed_layout layout = random_layout(&seed);
    struct deed_layout out;
    int64_t size_bytes = random_between(&seed, 1, 20);
    int64_t at_bytes = random_between(&seed, -2, 20);
    int64_t offset_bytes = 77;
    int fits = at_bytes >= 0 && at_bytes + size_bytes <= layout.element_size_bytes;
    assert_status(deed_layout_component(&layout, at_bytes, DEED_OPAQUE, size_bytes, &out, &offset_bytes),
                  fits ? DEED_OK : DEED_EBOUNDS);
    if (!fits) assert_int_equal(offset_bytes, 77);
    if (!fits || deed_layout_element_count(&layout) == 0) continue;
    assert_int_equal(offset_bytes, at_bytes);
    assert_int_equal(out.element_size_bytes, size_bytes);
    assert_int_equal(out.rank, layout.rank);
    assert_memory_equal(out.dim, layout.dim, (size_t)layout.rank * sizeof out.dim[0]);
  }
}

static void imaginary_part_of_complex_numbers(void **state) {
  struct deed_layout layout, part;
  const int64_t shape[] = {2, 2};
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_COMPLEX_REAL32, 0, 2, shape, NULL, DEED_ORDER_C, &layout));
  assert_ok(deed_layout_component(&layout, 4, DEED_REAL32, 0, &part, &offset_bytes));
  assert_int_equal(offset_bytes, 4);
  assert_int_equal(part.dim[1].stride_bytes, 8);
}

static void rebound_checks_the_upper_bound(void **state) {
  struct deed_layout layout = small_layout();
  const int64_t good[] = {-1, 7};
  const int64_t bad[] = {INT64_MAX, 1};
  (void)state;
  assert_ok(deed_layout_rebound(&layout, good, &layout));
  assert_int_equal(layout.dim[1].lower, 7);
  assert_status(deed_layout_rebound(&layout, bad, &layout), DEED_EOVERFLOW);
  assert_int_equal(layout.dim[0].lower, -1);
  assert_status(deed_layout_rebound(&layout, NULL, &layout), DEED_EINVAL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_sections_address_what_the_indices_say),
      cmocka_unit_test(trap_t41_step_in_the_inner_dimension),
      cmocka_unit_test(trap_t42_negative_step),
      cmocka_unit_test(sections_refuse_what_lies_outside),
      cmocka_unit_test(every_range_of_a_small_dimension),
      cmocka_unit_test(ranges_at_the_ends_of_int64),
      cmocka_unit_test(picking_an_index_loses_the_dimension),
      cmocka_unit_test(random_picks_address_what_the_indices_say),
      cmocka_unit_test(random_transpositions_exchange_indices),
      cmocka_unit_test(transposing_moves_bounds_along),
      cmocka_unit_test(random_reshapes_keep_the_order_of_the_elements),
      cmocka_unit_test(reshape_of_scalars_and_of_no_elements),
      cmocka_unit_test(reshape_of_elements_far_apart),
      cmocka_unit_test(reshape_refuses_in_the_order_of_the_header),
      cmocka_unit_test(trap_t45_parts_of_arrays_without_elements),
      cmocka_unit_test(trap_a37_parts_over_garbage_strides),
      cmocka_unit_test(parts_of_empty_elements_do_not_move),
      cmocka_unit_test(parts_are_zero_past_their_rank),
      cmocka_unit_test(offsets_are_of_indices_inside),
      cmocka_unit_test(trap_t46_a_scalar_needs_no_indices),
      cmocka_unit_test(null_is_refused_by_every_function),
      cmocka_unit_test(nothing_is_read_past_the_rank),
      cmocka_unit_test(trap_t53_component_of_records),
      cmocka_unit_test(random_components_keep_everything_but_the_element),
      cmocka_unit_test(imaginary_part_of_complex_numbers),
      cmocka_unit_test(rebound_checks_the_upper_bound),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
