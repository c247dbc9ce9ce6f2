/* SPDX-License-Identifier: BSD-3-Clause */
/* Rights along every way that a claim can go. */
#include "check.h"

static double memory[12];

static struct deed_array with_rights(uint32_t rights, int *releases) {
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, rights, count_release, releases};
  struct deed_array array;
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &array, NULL));
  return array;
}

static enum deed_status by_share(struct deed_array from, uint32_t rights, struct deed_array *made) {
  return deed_share(from, rights, DEED_HERE, made, NULL);
}

static enum deed_status by_view(struct deed_array from, uint32_t rights, struct deed_array *made) {
  struct deed_layout layout = small_layout();
  return deed_view(from, 0, &layout, rights, DEED_HERE, made, NULL);
}

/* from is the title and published. */
static enum deed_status by_lookup(struct deed_array from, uint32_t rights, struct deed_array *made) {
  (void)from;
  return deed_lookup("rights", rights, DEED_HERE, made, NULL);
}

static enum deed_status (*const ways[])(struct deed_array, uint32_t, struct deed_array *) = {by_share, by_view,
                                                                                             by_lookup};

/* Every right asked for, of a claim with every right, on every way. */
static void a_claim_never_has_more_rights_than_the_one_it_comes_from(void **state) {
  (void)state;
  for (uint32_t had = DEED_READ; had <= (DEED_READ | DEED_WRITE); ++had) {
    int releases = 0;
    struct deed_array title = with_rights(had, &releases);
    assert_ok(deed_publish(title, "rights", NULL));
    for (size_t way = 0; way < COUNT_OF(ways); ++way) {
      for (uint32_t asked = 0; asked <= 5; ++asked) {
        struct deed_array made = {77};
        enum deed_status wanted = asked > 3 ? DEED_EINVAL : (asked & ~had) ? DEED_ERIGHTS : DEED_OK;
        assert_status(ways[way](title, asked, &made), wanted);
        if (wanted == DEED_OK) {
          assert_int_equal(described(made).rights, asked ? asked : had);
          assert_ok(deed_release(made, NULL));
        } else {
          assert_int_equal(made.bits, 77);
        }
      }
    }
    assert_int_equal(described(title).claim_count, 1);
    assert_ok(deed_release(title, NULL));
    assert_int_equal(releases, 1);
  }
}

/* A33: read-only memory through transfer, share, view and lookup in turn is still read-only, and the refusal says so.
 */
static void trap_a33_read_only_stays_read_only_on_the_whole_way(void **state) {
  int releases = 0;
  struct deed_array title = with_rights(DEED_READ, &releases);
  struct deed_array moved, found, share, view, more;
  struct deed_layout layout = small_layout();
  struct deed_error error;
  (void)state;
  assert_ok(deed_transfer(title, DEED_HERE, &moved, NULL));
  assert_ok(deed_publish(moved, "read only", NULL));
  assert_ok(deed_lookup("read only", 0, DEED_HERE, &found, NULL));
  assert_ok(deed_share(found, 0, DEED_HERE, &share, NULL));
  assert_ok(deed_view(share, 0, &layout, 0, DEED_HERE, &view, NULL));
  const struct deed_array all[] = {moved, found, share, view};
  for (size_t i = 0; i < COUNT_OF(all); ++i) {
    assert_int_equal(described(all[i]).rights, DEED_READ);
    assert_status(deed_share(all[i], DEED_WRITE, DEED_HERE, &more, &error), DEED_ERIGHTS);
    assert_non_null(strstr(error.message, "write right asked for, this claim has read only"));
  }
  for (size_t i = 0; i < COUNT_OF(all); ++i) assert_ok(deed_release(all[i], NULL));
  assert_int_equal(releases, 1);
}

static void write_only_claims_say_so(void **state) {
  int releases = 0;
  struct deed_array title = with_rights(DEED_WRITE, &releases);
  struct deed_array made;
  struct deed_error error;
  (void)state;
  assert_status(deed_share(title, DEED_READ, DEED_HERE, &made, &error), DEED_ERIGHTS);
  assert_non_null(strstr(error.message, "read right asked for, this claim has write only"));
  assert_status(deed_copy(title, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, &made, &error), DEED_ERIGHTS);
  assert_ok(deed_release(title, NULL));
}

/* A share's fewer rights are its own: the title and a copy keep theirs. */
static void rights_belong_to_the_claim(void **state) {
  struct deed_array title = new_array();
  struct deed_array reader, copy;
  (void)state;
  assert_ok(deed_share(title, DEED_READ, DEED_HERE, &reader, NULL));
  assert_int_equal(described(title).rights, DEED_READ | DEED_WRITE);
  assert_ok(deed_copy(reader, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, &copy, NULL));
  assert_int_equal(described(copy).rights, DEED_READ | DEED_WRITE);
  assert_ok(deed_release(copy, NULL));
  assert_ok(deed_release(reader, NULL));
  assert_ok(deed_release(title, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(a_claim_never_has_more_rights_than_the_one_it_comes_from),
      ACCOUNTED(trap_a33_read_only_stays_read_only_on_the_whole_way),
      ACCOUNTED(write_only_claims_say_so),
      ACCOUNTED(rights_belong_to_the_claim),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
