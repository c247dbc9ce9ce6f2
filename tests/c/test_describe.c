/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"

#define GUARD_BYTES 8
#define UNTOUCHED 0x55

/* Room for a descriptor that has grown, and what must not be written. */
struct room {
  unsigned char bytes[sizeof(struct deed_descriptor) + 8 + GUARD_BYTES];
};

static void expect_bytes(const unsigned char *bytes, size_t count, unsigned char value) {
  for (size_t i = 0; i < count; ++i) assert_int_equal(bytes[i], value);
}

/* The caller was compiled with a descriptor of this size. Dimensions past the rank are nobody's. */
static void describe_with_size(struct deed_array array, size_t size_bytes) {
  struct deed_descriptor whole = described(array);
  struct room room;
  const size_t filled_bytes = size_bytes < sizeof whole ? size_bytes : sizeof whole;
  const size_t behind_dim = offsetof(struct deed_descriptor, layout.dim) + 2 * sizeof whole.layout.dim[0];
  const size_t origin = offsetof(struct deed_descriptor, origin);
  memset(&room, UNTOUCHED, sizeof room);
  whole.size_bytes = (uint32_t)filled_bytes;
  assert_ok(deed_describe(array, (struct deed_descriptor *)(void *)&room, size_bytes));
  assert_memory_equal(&room, &whole, filled_bytes < behind_dim ? filled_bytes : behind_dim);
  if (filled_bytes > origin) assert_memory_equal(room.bytes + origin, (char *)&whole + origin, filled_bytes - origin);
  expect_bytes(room.bytes + filled_bytes, size_bytes - filled_bytes, 0);
  expect_bytes(room.bytes + size_bytes, sizeof room - size_bytes, UNTOUCHED);
}

static void descriptors_of_every_size(void **state) {
  struct deed_array title = new_array();
  struct room room;
  size_t size_bytes = 0;
  (void)state;
  memset(&room, UNTOUCHED, sizeof room);
  for (; size_bytes < offsetof(struct deed_descriptor, data); ++size_bytes) {
    assert_status(deed_describe(title, (struct deed_descriptor *)(void *)&room, size_bytes), DEED_EINVAL);
  }
  expect_bytes(room.bytes, sizeof room, UNTOUCHED);
  for (; size_bytes <= sizeof room - GUARD_BYTES; ++size_bytes) describe_with_size(title, size_bytes);
  assert_status(deed_describe(title, NULL, sizeof(struct deed_descriptor)), DEED_EINVAL);
  assert_ok(deed_release(title, NULL));
}

static void a_dead_handle_describes_nothing(void **state) {
  struct deed_array title = new_array();
  struct deed_descriptor seen, before;
  (void)state;
  memset(&seen, 0x55, sizeof seen);
  before = seen;
  assert_true(deed_is_live(title));
  assert_ok(deed_release(title, NULL));
  assert_false(deed_is_live(title));
  assert_status(deed_describe(title, &seen, sizeof seen), DEED_ESTALE);
  assert_status(deed_describe(title, NULL, 0), DEED_ESTALE); /* the handle comes first */
  assert_status(deed_describe((struct deed_array){0}, &seen, sizeof seen), DEED_EHANDLE);
  assert_memory_equal(&seen, &before, sizeof seen);
}

/* What changes while a claim lives is described as it is now; what does not, stays. */
static void a_descriptor_is_of_the_moment(void **state) {
  struct deed_array title = new_array();
  struct deed_array share = share_of(title);
  struct deed_descriptor first = described(share);
  struct deed_array moved;
  (void)state;
  assert_int_equal(first.claim_count, 2);
  assert_int_equal(first.owner, DEED_LANGUAGE_C);
  assert_ok(deed_publish(title, "describe", NULL));
  assert_int_equal(described(share).published, 1);
  assert_ok(deed_transfer(title, &(const struct deed_site){DEED_LANGUAGE_OTHER, 0, NULL}, &moved, NULL));
  assert_int_equal(described(share).owner, DEED_LANGUAGE_OTHER);
  assert_int_equal(described(share).language, DEED_LANGUAGE_C);
  assert_ok(deed_release(moved, NULL));
  struct deed_descriptor last = described(share);
  assert_int_equal(last.owner, DEED_LANGUAGE_NONE);
  assert_int_equal(last.published, 0);
  assert_int_equal(last.claim_count, 1);
  assert_ptr_equal(last.data, first.data);
  assert_memory_equal(&last.layout, &first.layout, sizeof last.layout);
  assert_ok(deed_release(share, NULL));
}

/* Arrays of many ranks at once, each with numbers of its own in every dimension. */
static void arrays_of_every_rank_live_side_by_side(void **state) {
  struct deed_layout layouts[4 * (DEED_MAX_RANK + 1)];
  struct deed_array arrays[COUNT_OF(layouts)];
  (void)state;
  for (size_t i = 0; i < COUNT_OF(arrays); ++i) {
    int32_t rank = (int32_t)(i % (DEED_MAX_RANK + 1));
    int64_t shape[DEED_MAX_RANK], lower[DEED_MAX_RANK];
    for (int32_t d = 0; d < rank; ++d) shape[d] = 1 + (d + (int32_t)i) % 3, lower[d] = (int64_t)(100 * i) + d;
    assert_ok(deed_layout_contiguous(DEED_INT8, 0, rank, shape, lower, DEED_ORDER_FORTRAN, &layouts[i]));
    assert_ok(deed_alloc(&layouts[i], 0, DEED_HERE, &arrays[i], NULL));
  }
  for (size_t i = 0; i < COUNT_OF(arrays); ++i) {
    struct deed_layout seen = described(arrays[i]).layout;
    assert_same_layout(&seen, &layouts[i]);
  }
  for (size_t i = 0; i < COUNT_OF(arrays); ++i) assert_ok(deed_release(arrays[i], NULL));
}

static void the_place_of_a_claim_is_its_own(void **state) {
  struct deed_array title = new_array();
  struct deed_array share = DEED_ARRAY_NONE;
  struct deed_site site = {DEED_LANGUAGE_NONE, 0, NULL};
  (void)state;
  assert_status(deed_site_of(share, &site), DEED_EHANDLE);
  char file[] = "place.py";
  assert_ok(deed_share(title, 0, &(const struct deed_site){DEED_LANGUAGE_PYTHON, 12, file}, &share, NULL));
  memset(file, 'x', sizeof file - 1);
  assert_ok(deed_site_of(share, &site));
  assert_int_equal(site.language, DEED_LANGUAGE_PYTHON);
  assert_int_equal(site.line, 12);
  assert_string_equal(site.file, "place.py");
  assert_status(deed_site_of(share, NULL), DEED_EINVAL);
  assert_ok(deed_release(share, NULL));
  assert_status(deed_site_of(share, NULL), DEED_ESTALE); /* the handle comes first */
  assert_string_equal(site.file, "place.py");
  assert_ok(deed_share(title, 0, NULL, &share, NULL));
  assert_ok(deed_site_of(share, &site));
  assert_null(site.file);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(title, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(descriptors_of_every_size),       ACCOUNTED(a_dead_handle_describes_nothing),
      ACCOUNTED(a_descriptor_is_of_the_moment),   ACCOUNTED(arrays_of_every_rank_live_side_by_side),
      ACCOUNTED(the_place_of_a_claim_is_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
