/* SPDX-License-Identifier: BSD-3-Clause */
/* share and view: claims made from claims. */
#include "check.h"

static void a_share_sees_the_same_elements(void **state) {
  struct deed_array title = new_array();
  struct deed_array share = share_of(title);
  struct deed_descriptor a = described(title);
  struct deed_descriptor b = described(share);
  (void)state;
  assert_ptr_equal(a.data, b.data);
  assert_memory_equal(&a.layout, &b.layout, sizeof a.layout);
  assert_int_equal(a.role, DEED_ROLE_TITLE);
  assert_int_equal(b.role, DEED_ROLE_SHARE);
  assert_int_equal(b.claim_count, 2);
  assert_ok(deed_release(title, NULL));
  assert_int_equal(described(share).owner, DEED_LANGUAGE_NONE);
  assert_ok(deed_release(share, NULL));
}

static void trap_a33_rights_only_shrink(void **state) {
  struct deed_array title = new_array();
  struct deed_array reader, writer, again;
  struct deed_error error;
  (void)state;
  assert_ok(deed_share(title, DEED_READ, DEED_HERE, &reader, NULL));
  assert_status(deed_share(reader, DEED_READ | DEED_WRITE, DEED_HERE, &writer, &error), DEED_ERIGHTS);
  assert_non_null(strstr(error.message, "write right asked for"));
  assert_ok(deed_share(reader, 0, DEED_HERE, &again, NULL));
  assert_int_equal(described(again).rights, DEED_READ);
  assert_status(deed_share(title, 4, DEED_HERE, &writer, NULL), DEED_EINVAL);
  assert_ok(deed_release(again, NULL));
  assert_ok(deed_release(reader, NULL));
  assert_ok(deed_release(title, NULL));
}

static void views_stay_inside_the_claim_they_come_from(void **state) {
  struct deed_array title = new_array();
  struct deed_array view, inner;
  struct deed_layout whole = small_layout();
  struct deed_layout part;
  const struct deed_range ranges[] = {{2, 3, 1}, {1, 3, 2}};
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_section(&whole, ranges, &part, &offset_bytes));
  assert_ok(deed_view(title, offset_bytes, &part, 0, DEED_HERE, &view, NULL));
  assert_ptr_equal(described(view).data, (char *)described(title).data + 8);
  /* The whole block is outside the part, although it is the same block. */
  assert_status(deed_view(view, 0, &whole, 0, DEED_HERE, &inner, NULL), DEED_EBOUNDS);
  assert_status(deed_view(view, -8, &part, 0, DEED_HERE, &inner, NULL), DEED_EBOUNDS);
  assert_status(deed_view(title, 8, &whole, 0, DEED_HERE, &inner, NULL), DEED_EBOUNDS);
  assert_status(deed_view(title, INT64_MAX, &part, 0, DEED_HERE, &inner, NULL), DEED_EBOUNDS);
  assert_status(deed_view(title, INT64_MIN, &part, 0, DEED_HERE, &inner, NULL), DEED_EBOUNDS);
  assert_status(deed_view(title, 0, NULL, 0, DEED_HERE, &inner, NULL), DEED_EINVAL);
  part.rank = 16;
  assert_status(deed_view(title, 0, &part, 0, DEED_HERE, &inner, NULL), DEED_ERANK);
  assert_status(deed_view(title, 0, &part, 4, DEED_HERE, &inner, NULL), DEED_EINVAL);
  assert_status(deed_view(title, 0, &whole, 0, DEED_HERE, NULL, NULL), DEED_EINVAL);
  assert_status(deed_share(title, 0, DEED_HERE, NULL, NULL), DEED_EINVAL);
  assert_ok(deed_release(title, NULL));
  assert_ok(deed_release(view, NULL));
}

static void a_claim_of_rank_15_keeps_all_its_dimensions(void **state) {
  int64_t shape[DEED_MAX_RANK], lower[DEED_MAX_RANK];
  struct deed_layout layout;
  struct deed_array title, share;
  (void)state;
  for (int d = 0; d < DEED_MAX_RANK; ++d) {
    shape[d] = 1 + d % 2;
    lower[d] = d - 7;
  }
  for (int32_t rank = 0; rank <= DEED_MAX_RANK; ++rank) {
    assert_ok(deed_layout_contiguous(DEED_INT32, 0, rank, shape, lower, DEED_ORDER_FORTRAN, &layout));
    assert_ok(deed_alloc(&layout, 0, DEED_HERE, &title, NULL));
    share = share_of(title);
    assert_ok(deed_release(title, NULL));
    struct deed_layout seen = described(share).layout;
    assert_same_layout(&seen, &layout);
    assert_ok(deed_release(share, NULL));
  }
}

static void every_claim_records_where_it_was_made(void **state) {
  struct deed_array title = new_array();
  char file[] = "frame.py";
  struct deed_site site = {DEED_LANGUAGE_PYTHON, 17, file};
  struct deed_site nobody = {(enum deed_language)99, 1, "x"};
  struct deed_array share, other;
  struct deed_holder holders[4];
  int32_t count;
  (void)state;
  assert_ok(deed_share(title, 0, &site, &share, NULL));
  memset(file, 'x', sizeof file - 1); /* the frame is gone */
  assert_ok(deed_holders(title, holders, 4, &count));
  assert_int_equal(count, 2);
  assert_int_equal(holders[0].role, DEED_ROLE_TITLE);
  assert_string_equal(holders[1].file, "frame.py");
  assert_int_equal(holders[1].line, 17);
  assert_int_equal(holders[1].language, DEED_LANGUAGE_PYTHON);
  assert_status(deed_share(title, 0, &nobody, &other, NULL), DEED_EINVAL);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(title, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(a_share_sees_the_same_elements),
      ACCOUNTED(trap_a33_rights_only_shrink),
      ACCOUNTED(views_stay_inside_the_claim_they_come_from),
      ACCOUNTED(a_claim_of_rank_15_keeps_all_its_dimensions),
      ACCOUNTED(every_claim_records_where_it_was_made),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
