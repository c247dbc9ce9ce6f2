/* SPDX-License-Identifier: BSD-3-Clause */
/* A program that was compiled against an older header, linked with the core of today: it gets what it knows, right, and
 * nothing beyond its structs is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "deed_older.h"

#define GUARD_BYTES 256
#define UNTOUCHED 0x55

static void expect_untouched(const unsigned char *guard) {
  for (int i = 0; i < GUARD_BYTES; ++i) assert_int_equal(guard[i], UNTOUCHED);
}

static struct deed_array new_array(void) {
  struct deed_layout layout;
  struct deed_array array;
  const int64_t shape[] = {4, 3}, lower[] = {-1, 0};
  assert_int_equal(deed_layout_contiguous(DEED_REAL64, 0, 2, shape, lower, DEED_ORDER_FORTRAN, &layout), DEED_OK);
  assert_int_equal(deed_alloc(&layout, 0, DEED_HERE, &array, NULL), DEED_OK);
  return array;
}

static void a_descriptor_has_what_the_program_knows(void **state) {
  struct {
    struct deed_descriptor seen;
    unsigned char guard[GUARD_BYTES];
  } room;
  struct deed_array array = new_array();
  (void)state;
  memset(&room, UNTOUCHED, sizeof room);
  assert_int_equal(deed_describe(array, &room.seen, sizeof room.seen), DEED_OK);
  expect_untouched(room.guard);
  assert_int_equal(room.seen.abi_version, DEED_ABI_VERSION);
  assert_int_equal(room.seen.size_bytes, sizeof room.seen);
  assert_int_equal(room.seen.layout.dtype, DEED_REAL64);
  assert_int_equal(room.seen.layout.rank, 2);
  assert_int_equal(room.seen.layout.dim[0].lower, -1);
  assert_int_equal(room.seen.layout.dim[0].extent, 4);
  assert_int_equal(room.seen.layout.dim[1].stride_bytes, 32);
  assert_int_equal(room.seen.origin, DEED_ORIGIN_MALLOC);
  assert_int_equal(room.seen.role, DEED_ROLE_TITLE);
  assert_ptr_equal(room.seen.block_data, room.seen.data);
  assert_int_equal(room.seen.block_size_bytes, 96);
  assert_int_equal(room.seen.claim_count, 1);
  assert_int_equal(deed_release(array, NULL), DEED_OK);
}

static void counts_end_where_the_program_ends_them(void **state) {
  struct {
    struct deed_counts counts;
    unsigned char guard[GUARD_BYTES];
  } room;
  struct deed_array array = new_array();
  (void)state;
  memset(&room, UNTOUCHED, sizeof room);
  deed_count(&room.counts, sizeof room.counts);
  expect_untouched(room.guard);
  assert_int_equal(room.counts.live_blocks, 1);
  assert_int_equal(room.counts.live_claims, 1);
  assert_int_equal(room.counts.live_bytes, 96);
  assert_int_equal(room.counts.blocks_made - room.counts.blocks_ended, 1);
  assert_int_equal(room.counts.copies, 0);
  assert_int_equal(deed_release(array, NULL), DEED_OK);
}

static void entries_lie_as_far_apart_as_the_program_thinks(void **state) {
  struct {
    struct deed_ledger_entry entries[3];
    unsigned char guard[GUARD_BYTES];
  } room;
  struct deed_array arrays[3] = {new_array(), new_array(), new_array()};
  int64_t count;
  (void)state;
  memset(&room, UNTOUCHED, sizeof room);
  assert_int_equal(deed_ledger(room.entries, sizeof room.entries[0], 3, &count), DEED_OK);
  expect_untouched(room.guard);
  assert_int_equal(count, 3);
  for (int i = 0; i < 3; ++i) {
    assert_int_equal(room.entries[i].size_bytes, 96);
    assert_int_equal(room.entries[i].claim_count, 1);
    assert_int_equal(room.entries[i].origin, DEED_ORIGIN_MALLOC);
    assert_int_equal(room.entries[i].holder.role, DEED_ROLE_TITLE);
    assert_string_equal(room.entries[i].holder.file, __FILE__);
    assert_int_equal(deed_release(arrays[i], NULL), DEED_OK);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_descriptor_has_what_the_program_knows),
      cmocka_unit_test(counts_end_where_the_program_ends_them),
      cmocka_unit_test(entries_lie_as_far_apart_as_the_program_thinks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
