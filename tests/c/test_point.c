/* SPDX-License-Identifier: BSD-3-Clause */
/* deed_point tells of the elements what deed_describe tells, or nothing. */
#include "check.h"

/* What deed_point fills. */
struct pointed {
  void *data;
  int64_t element_size_bytes;
  struct deed_dimension dim[DEED_MAX_RANK];
};

static enum deed_status point(struct deed_array array, enum deed_dtype dtype, int32_t rank, uint32_t rights,
                              struct pointed *pointed) {
  return deed_point(array, dtype, rank, rights, &pointed->data, &pointed->element_size_bytes, pointed->dim);
}

static void expect_as_described(struct deed_array array, uint32_t rights) {
  struct deed_descriptor seen = described(array);
  struct pointed pointed;
  memset(&pointed, 0x55, sizeof pointed);
  assert_ok(point(array, (enum deed_dtype)seen.layout.dtype, seen.layout.rank, rights, &pointed));
  assert_ptr_equal(pointed.data, seen.data);
  assert_int_equal(pointed.element_size_bytes, seen.layout.element_size_bytes);
  assert_memory_equal(pointed.dim, seen.layout.dim, (size_t)seen.layout.rank * sizeof pointed.dim[0]);
}

static void arrays_and_views_of_every_rank(void **state) {
  (void)state;
  for (int32_t rank = 0; rank <= DEED_MAX_RANK; ++rank) {
    int64_t shape[DEED_MAX_RANK], lower[DEED_MAX_RANK];
    struct deed_layout layout, turned;
    struct deed_array title, view, share;
    for (int32_t d = 0; d < rank; ++d) shape[d] = 1 + d % 3, lower[d] = d - 7;
    assert_ok(deed_layout_contiguous(DEED_INT16, 0, rank, shape, lower, DEED_ORDER_FORTRAN, &layout));
    assert_ok(deed_alloc(&layout, 0, DEED_HERE, &title, NULL));
    assert_ok(deed_layout_transpose(&layout, NULL, &turned));
    assert_ok(deed_view(title, 0, &turned, DEED_READ, DEED_HERE, &view, NULL));
    share = share_of(view);
    expect_as_described(title, DEED_READ | DEED_WRITE);
    assert_ok(deed_release(title, NULL));
    expect_as_described(view, DEED_READ);
    expect_as_described(share, DEED_READ);
    assert_ok(deed_release(view, NULL));
    assert_ok(deed_release(share, NULL));
  }
}

/* Nothing is written; of two mistakes the one that the header names first is reported. */
static void refusals_in_order(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_array title = new_array(), view;
  struct pointed pointed, untouched;
  (void)state;
  assert_ok(deed_view(title, 0, &layout, DEED_READ, DEED_HERE, &view, NULL));
  memset(&pointed, 0x55, sizeof pointed);
  untouched = pointed;
  assert_status(deed_point(view, DEED_INT8, 1, DEED_WRITE, NULL, &pointed.element_size_bytes, pointed.dim),
                DEED_EINVAL);
  assert_status(deed_point(view, DEED_INT8, 1, DEED_WRITE, &pointed.data, NULL, pointed.dim), DEED_EINVAL);
  assert_status(deed_point(view, DEED_INT8, 1, DEED_WRITE, &pointed.data, &pointed.element_size_bytes, NULL),
                DEED_EINVAL);
  assert_status(point(view, DEED_INT8, 1, DEED_WRITE, &pointed), DEED_EDTYPE);
  assert_status(point(view, DEED_REAL64, 1, DEED_WRITE, &pointed), DEED_ERANK);
  assert_status(point(view, DEED_REAL64, 2, DEED_WRITE, &pointed), DEED_ERIGHTS);
  assert_ok(deed_release(view, NULL));
  assert_status(deed_point(view, DEED_REAL64, 2, 0, NULL, NULL, NULL), DEED_ESTALE); /* the handle comes first */
  assert_status(point(DEED_ARRAY_NONE, DEED_REAL64, 2, 0, &pointed), DEED_EHANDLE);
  assert_memory_equal(&pointed, &untouched, sizeof pointed);
  assert_ok(deed_release(title, NULL));
}

static void rank_0_needs_no_dimensions(void **state) {
  struct deed_layout layout;
  struct deed_array array;
  struct pointed pointed;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_REAL32, 0, 0, NULL, NULL, DEED_ORDER_C, &layout));
  assert_ok(deed_alloc(&layout, 0, DEED_HERE, &array, NULL));
  assert_ok(deed_point(array, DEED_REAL32, 0, 0, &pointed.data, &pointed.element_size_bytes, NULL));
  assert_int_equal(pointed.element_size_bytes, 4);
  assert_ok(deed_release(array, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(arrays_and_views_of_every_rank),
      ACCOUNTED(refusals_in_order),
      ACCOUNTED(rank_0_needs_no_dimensions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
