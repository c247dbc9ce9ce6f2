/* SPDX-License-Identifier: BSD-3-Clause */
/* share and view: claims made from claims. */
#include "check.h"
#include "rules.h"

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

static void assert_same_rule(enum deed__verb verb, enum deed_role role, enum deed__state a, enum deed__state b,
                             enum deed_origin origin) {
  struct deed__rule one = deed__rule_of(verb, role, a, origin);
  struct deed__rule other = deed__rule_of(verb, role, b, origin);
  assert_int_equal(one.status, other.status);
  assert_int_equal(one.effect, other.effect);
}

/* A block may be published or withdrawn between the judgement of such a verb and its claim: so that must not matter. */
static void a_name_does_not_matter_to_a_share(void **state) {
  const enum deed__verb verbs[] = {DEED__SHARE, DEED__VIEW, DEED__COPY, DEED__UPGRADE};
  (void)state;
  for (size_t v = 0; v < COUNT_OF(verbs); ++v) {
    for (int role = 0; role < DEED__ROLE_COUNT; ++role) {
      for (int origin = 0; origin < DEED__ORIGIN_COUNT; ++origin) {
        assert_same_rule(verbs[v], role, DEED__SHARED, DEED__SHARED_NAMED, origin);
        if (role == DEED_ROLE_SHARE) continue; /* alone it has no title beside it, and so no name */
        assert_same_rule(verbs[v], role, DEED__SOLE, DEED__SOLE_NAMED, origin);
      }
    }
  }
}

/* The release of a share does not ask the table. */
static void every_share_may_end(void **state) {
  (void)state;
  for (int origin = DEED_ORIGIN_MALLOC; origin < DEED__ORIGIN_COUNT; ++origin) {
    if (origin == DEED_ORIGIN_INTERPROCESS) continue; /* there is no such block */
    assert_status(deed__rule_of(DEED__RELEASE, DEED_ROLE_SHARE, DEED__SOLE, origin).status, DEED_OK);
    assert_status(deed__rule_of(DEED__RELEASE, DEED_ROLE_SHARE, DEED__SHARED, origin).status, DEED_OK);
    assert_status(deed__rule_of(DEED__RELEASE, DEED_ROLE_SHARE, DEED__SHARED_NAMED, origin).status, DEED_OK);
  }
}

/* Each has a layout of its own, whatever becomes of the one that it was made from. */
static void a_share_of_a_view_outlives_the_view(void **state) {
  struct deed_array title = new_array();
  struct deed_array view, share, other;
  struct deed_layout part = small_layout(), whole = small_layout();
  (void)state;
  part.dim[1].extent = 2;
  part.dim[1].lower = -7;
  assert_ok(deed_view(title, 32, &part, 0, DEED_HERE, &view, NULL));
  assert_ok(deed_share(view, 0, DEED_HERE, &share, NULL));
  assert_ok(deed_release(view, NULL));
  assert_ok(deed_view(title, 0, &whole, 0, DEED_HERE, &other, NULL)); /* in the records of the first view */
  struct deed_descriptor seen = described(share);
  assert_same_layout(&seen.layout, &part);
  assert_ptr_equal(seen.data, (char *)described(title).data + 32);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(other, NULL));
  assert_ok(deed_release(title, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(a_share_sees_the_same_elements),
      ACCOUNTED(trap_a33_rights_only_shrink),
      ACCOUNTED(views_stay_inside_the_claim_they_come_from),
      ACCOUNTED(a_claim_of_rank_15_keeps_all_its_dimensions),
      ACCOUNTED(every_claim_records_where_it_was_made),
      ACCOUNTED(a_name_does_not_matter_to_a_share),
      ACCOUNTED(every_share_may_end),
      ACCOUNTED(a_share_of_a_view_outlives_the_view),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
