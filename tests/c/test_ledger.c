/* SPDX-License-Identifier: BSD-3-Clause */
/* The ledger and the counts, and the identity of the core that keeps them. */
#include "check.h"

static double memory[12];

/* A27: ten bytes of a large block keep all of it, and the ledger says who. */
static void trap_a27_the_ledger_shows_who_pins_a_large_block(void **state) {
  struct deed_layout layout, slice;
  struct deed_array title, view;
  struct deed_ledger_entry entry;
  const struct deed_range ten = {1, 10, 1};
  const int64_t shape[] = {1 << 20};
  int64_t offset_bytes, count;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_INT8, 0, 1, shape, NULL, DEED_ORDER_FORTRAN, &layout));
  assert_ok(deed_alloc(&layout, 0, DEED_HERE, &title, NULL));
  assert_ok(deed_layout_section(&layout, &ten, &slice, &offset_bytes));
  assert_ok(deed_view(title, offset_bytes, &slice, 0, DEED_HERE, &view, NULL));
  assert_ok(deed_release(title, NULL));
  assert_ok(deed_ledger(&entry, sizeof entry, 1, &count));
  assert_int_equal(count, 1);
  assert_int_equal(entry.size_bytes, 1 << 20);
  assert_int_equal(entry.claim_count, 1);
  assert_int_equal(entry.owner, DEED_LANGUAGE_NONE);
  assert_int_equal(entry.holder.role, DEED_ROLE_SHARE);
  assert_string_equal(entry.holder.file, __FILE__);
  assert_int_equal(counts_now().live_bytes, 1 << 20);
  assert_ok(deed_release(view, NULL));
}

static void the_ledger_refuses_nonsense(void **state) {
  int64_t count = 77;
  (void)state;
  assert_status(deed_ledger(NULL, 0, 1, &count), DEED_EINVAL);
  assert_status(deed_ledger(NULL, 0, -1, &count), DEED_EINVAL);
  assert_status(deed_ledger(NULL, 0, 0, NULL), DEED_EINVAL);
  struct deed_ledger_entry entry;
  assert_status(deed_ledger(&entry, sizeof entry, -1, &count), DEED_EINVAL);
  assert_status(deed_ledger(&entry, 0, 1, &count), DEED_EINVAL);
  assert_int_equal(count, 77);
  assert_ok(deed_ledger(NULL, 0, 0, &count));
  assert_int_equal(count, 0);
  deed_count(NULL, 0);
}

static void the_core_knows_itself(void **state) {
  (void)state;
  assert_string_equal(deed_version(), DEED_VERSION);
  assert_int_equal(deed_abi_version(), DEED_ABI_VERSION);
  assert_non_null(strstr(deed_core_path(), "deed_c_ledger"));
  assert_ok(deed_core_check(NULL));
}

/* Every count moves with the verb that its comment names, and with no other. */
static void counts_follow_the_verbs(void **state) {
  int releases = 0;
  struct deed_counts before = counts_now();
  struct deed_array title = adopted(memory, DEED_ORIGIN_CXX, &releases);
  struct deed_array share = share_of(title);
  struct deed_array copy, moved;
  (void)state;
  assert_ok(deed_copy(share, DEED_ORDER_C, DEED_COPY_ORDER, DEED_HERE, &copy, NULL));
  assert_ok(deed_transfer(title, DEED_HERE, &moved, NULL));
  struct deed_counts now = counts_now();
  assert_int_equal(now.live_blocks, 2);
  assert_int_equal(now.live_claims, 3);
  assert_int_equal(now.live_bytes, 2 * 96);
  assert_int_equal(now.blocks_made, before.blocks_made + 2);
  assert_int_equal(now.blocks_ended, before.blocks_ended);
  assert_int_equal(now.copies, before.copies + 1);
  assert_ok(deed_release(moved, NULL));
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(copy, NULL));
  now = counts_now();
  assert_int_equal(now.blocks_made, before.blocks_made + 2);
  assert_int_equal(now.blocks_ended, before.blocks_ended + 2);
  assert_int_equal(now.live_bytes, 0);
  assert_int_equal(now.abandoned, before.abandoned);
}

/* The ways that a block ends without being freed: they count as ended, too. */
static void reclaim_and_recall_end_blocks(void **state) {
  int releases = 0;
  struct deed_array title = adopted(memory, DEED_ORIGIN_CXX, &releases);
  struct deed_array loan = lent(memory);
  struct deed_reclaimed reclaimed;
  struct deed_counts before = counts_now();
  (void)state;
  assert_ok(deed_reclaim(title, DEED_ORIGIN_CXX, NULL, &reclaimed, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
  struct deed_counts now = counts_now();
  assert_int_equal(now.blocks_ended, before.blocks_ended + 2);
  assert_int_equal(now.blocks_made, before.blocks_made);
}

static void entries_say_all_there_is(void **state) {
  int releases = 0;
  const struct deed_site python = {DEED_LANGUAGE_PYTHON, 7, "report.py"};
  struct deed_layout layout = {
      .dtype = DEED_REAL64, .rank = 1, .element_size_bytes = 8, .dim = {{.extent = 12, .stride_bytes = -8}}};
  struct deed_memory lot = {&memory[11], DEED_ORIGIN_PYTHON, DEED_READ, count_release, &releases};
  struct deed_array title, share;
  struct deed_ledger_entry entry;
  int64_t count;
  (void)state;
  assert_ok(deed_adopt(&lot, &layout, &python, &title, NULL));
  assert_ok(deed_publish(title, "ledger/entry", NULL));
  share = share_of(title);
  memset(&entry, 0xff, sizeof entry);
  assert_ok(deed_ledger(&entry, sizeof entry, 1, &count));
  assert_int_equal(count, 1);
  assert_ptr_equal(entry.data, memory);
  assert_int_equal(entry.size_bytes, 96);
  assert_int_equal(entry.claim_count, 2);
  assert_int_equal(entry.origin, DEED_ORIGIN_PYTHON);
  assert_int_equal(entry.owner, DEED_LANGUAGE_PYTHON);
  assert_int_equal(entry.copy_reason, DEED_COPY_NONE);
  assert_int_equal(entry.published, 1);
  assert_string_equal(entry.name, "ledger/entry");
  assert_int_equal(entry.holder.role, DEED_ROLE_TITLE);
  assert_int_equal(entry.holder.line, 7);
  assert_int_equal(entry.holder.rights, DEED_READ);
  assert_string_equal(entry.holder.file, "report.py");
  assert_ok(deed_release(title, NULL));
  assert_ok(deed_ledger(&entry, sizeof entry, 1, &count));
  assert_int_equal(entry.published, 0);
  assert_string_equal(entry.name, "");
  assert_ok(deed_release(share, NULL));
}

static void more_blocks_than_room_are_counted(void **state) {
  struct deed_array arrays[5];
  struct deed_ledger_entry entries[3];
  int64_t count;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(arrays); ++i) arrays[i] = new_array();
  memset(entries, 0x55, sizeof entries);
  assert_ok(deed_ledger(entries, sizeof *entries, 2, &count));
  assert_int_equal(count, 5);
  assert_int_equal(entries[1].claim_count, 1);
  assert_int_equal(entries[2].origin, 0x55);
  for (size_t i = 0; i < COUNT_OF(arrays); ++i) assert_ok(deed_release(arrays[i], NULL));
}

#define UNTOUCHED 0x55

/* Of every size of the struct that a caller can have been compiled with: what is known is filled, fields that only the
 * caller knows are 0, and what is beyond stays. */
static void counts_of_every_size(void **state) {
  struct deed_array title = new_array();
  struct deed_counts whole = counts_now();
  unsigned char room[sizeof whole + 16];
  (void)state;
  for (size_t size_bytes = 0; size_bytes <= sizeof whole + 8; ++size_bytes) {
    size_t known_bytes = size_bytes < sizeof whole ? size_bytes : sizeof whole;
    memset(room, UNTOUCHED, sizeof room);
    deed_count((struct deed_counts *)(void *)room, size_bytes);
    assert_memory_equal(room, &whole, known_bytes);
    for (size_t i = known_bytes; i < sizeof room; ++i) assert_int_equal(room[i], i < size_bytes ? 0 : UNTOUCHED);
  }
  assert_ok(deed_release(title, NULL));
}

/* A byte of an entry that belongs to no field. */
static int is_between_fields(size_t at) {
  const size_t holder = offsetof(struct deed_ledger_entry, holder);
  const size_t rights = holder + offsetof(struct deed_holder, rights),
               line = holder + offsetof(struct deed_holder, line);
  const size_t file = holder + offsetof(struct deed_holder, file);
  return (at > rights && at < line) || (at >= line + sizeof(int32_t) && at < file);
}

static void expect_entry(const unsigned char *room, size_t size_bytes, const struct deed_ledger_entry *whole) {
  for (size_t i = 0; i < size_bytes; ++i) {
    unsigned char expected = i < sizeof *whole ? ((const unsigned char *)whole)[i] : 0;
    if (!is_between_fields(i)) assert_int_equal(room[i], expected);
  }
}

static void entries_of_every_size(void **state) {
  struct deed_array arrays[2] = {new_array(), new_array()};
  struct deed_ledger_entry whole[2];
  unsigned char room[2 * (sizeof *whole + 8) + 8];
  int64_t count;
  (void)state;
  memset(whole, 0, sizeof whole);
  assert_ok(deed_publish(arrays[1], "ledger/size", NULL));
  assert_ok(deed_ledger(whole, sizeof *whole, 2, &count));
  for (size_t size_bytes = 1; size_bytes <= sizeof *whole + 8; ++size_bytes) {
    memset(room, UNTOUCHED, sizeof room);
    assert_ok(deed_ledger((struct deed_ledger_entry *)(void *)room, size_bytes, 2, &count));
    expect_entry(room, size_bytes, &whole[0]);
    expect_entry(room + size_bytes, size_bytes, &whole[1]);
    for (size_t i = 2 * size_bytes; i < sizeof room; ++i) assert_int_equal(room[i], UNTOUCHED);
  }
  for (size_t i = 0; i < COUNT_OF(arrays); ++i) assert_ok(deed_release(arrays[i], NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(trap_a27_the_ledger_shows_who_pins_a_large_block),
      ACCOUNTED(the_ledger_refuses_nonsense),
      ACCOUNTED(counts_of_every_size),
      ACCOUNTED(entries_of_every_size),
      ACCOUNTED(the_core_knows_itself),
      ACCOUNTED(counts_follow_the_verbs),
      ACCOUNTED(reclaim_and_recall_end_blocks),
      ACCOUNTED(entries_say_all_there_is),
      ACCOUNTED(more_blocks_than_room_are_counted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
