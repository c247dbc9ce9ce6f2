/* SPDX-License-Identifier: BSD-3-Clause */
/* Failures of other libraries, as far as the core can meet them; each test is named after the trap. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static double memory[12];

/* A10, A11: made and dropped at once, or passed on: released once. */
static void trap_a10_a_claim_never_consumed_is_released_once(void **state) {
  int releases = 0;
  struct deed_array title = adopted(memory, DEED_ORIGIN_FOREIGN, &releases);
  (void)state;
  assert_ok(deed_release(title, NULL));
  assert_int_equal(releases, 1);
}

static void trap_a11_a_consumed_handle_does_nothing_more(void **state) {
  int releases = 0;
  struct deed_array title = adopted(memory, DEED_ORIGIN_FOREIGN, &releases);
  struct deed_array consumer;
  (void)state;
  assert_ok(deed_transfer(title, DEED_HERE, &consumer, NULL));
  assert_status(deed_release(title, NULL), DEED_ESTALE);
  assert_int_equal(releases, 0);
  assert_ok(deed_release(consumer, NULL));
  assert_status(deed_release(consumer, NULL), DEED_ESTALE);
  assert_int_equal(releases, 1);
}

/* A12, A19, T20: a refusal half way leaves the memory with its owner, who frees it once. */
static void trap_a12_refused_memory_stays_the_callers(void **state) {
  int releases = 0;
  struct deed_layout bad = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, count_release, &releases};
  struct deed_site nobody = {DEED_LANGUAGE_NONE, 0, NULL};
  struct deed_layout good = small_layout();
  struct deed_array array = {77};
  (void)state;
  bad.dtype = 99;
  assert_status(deed_adopt(&lot, &bad, DEED_HERE, &array, NULL), DEED_EDTYPE);
  bad = small_layout();
  bad.rank = 16;
  assert_status(deed_adopt(&lot, &bad, DEED_HERE, &array, NULL), DEED_ERANK);
  bad = small_layout();
  bad.dim[1].extent = -1;
  assert_status(deed_adopt(&lot, &bad, DEED_HERE, &array, NULL), DEED_ESHAPE);
  assert_status(deed_adopt(&lot, &good, &nobody, &array, NULL), DEED_EINVAL);
  lot.release = NULL;
  assert_status(deed_adopt(&lot, &good, DEED_HERE, &array, NULL), DEED_EINVAL);
  assert_int_equal(array.bits, 77);
  assert_int_equal(releases, 0);
}

static void trap_a13_empty_arrays_end_as_often_as_they_begin(void **state) {
  static char odd;
  const int64_t shapes[][2] = {{0, 1}, {2, 0}, {0, 0}};
  int releases = 0;
  (void)state;
  for (int round = 0; round < 1000; ++round) {
    struct deed_layout layout;
    struct deed_memory lot = {round % 2 ? &odd : NULL, DEED_ORIGIN_FOREIGN, DEED_READ, count_release, &releases};
    struct deed_array title, share, copy;
    assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 2, shapes[round % 3], NULL, DEED_ORDER_C, &layout));
    assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &title, NULL));
    assert_ok(deed_view(title, 0, &layout, 0, DEED_HERE, &share, NULL));
    assert_ok(deed_copy(share, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, &copy, NULL));
    assert_ok(deed_release(title, NULL));
    assert_ok(deed_release(copy, NULL));
    assert_ok(deed_release(share, NULL));
    assert_int_equal(releases, round + 1);
  }
}

static void trap_a14_static_memory_needs_no_release(void **state) {
  struct deed_array array = adopted(memory, DEED_ORIGIN_STATIC, NULL);
  (void)state;
  assert_int_equal(described(array).origin, DEED_ORIGIN_STATIC);
  assert_ok(deed_release(array, NULL));
}

static void trap_a17_a_moved_handle_is_refused_by_every_verb(void **state) {
  struct deed_array title = new_array();
  struct deed_array moved, out;
  struct deed_error error;
  (void)state;
  assert_ok(deed_transfer(title, DEED_HERE, &moved, NULL));
  assert_status(deed_share(title, 0, DEED_HERE, &out, &error), DEED_ESTALE);
  assert_non_null(strstr(error.message, "stale handle"));
  assert_status(deed_transfer(title, DEED_HERE, &title, NULL), DEED_ESTALE);
  assert_ok(deed_transfer(moved, DEED_HERE, &moved, NULL)); /* onto itself */
  assert_ok(deed_release(moved, NULL));
}

/* A20: parts are claims of their own; the whole may go first. */
static void trap_a20_parts_outlive_the_whole(void **state) {
  int releases = 0;
  struct deed_array whole = adopted(memory, DEED_ORIGIN_FOREIGN, &releases);
  struct deed_layout layout = small_layout();
  struct deed_layout column;
  struct deed_array parts[3];
  int64_t offset_bytes;
  (void)state;
  for (int64_t j = 0; j < 3; ++j) {
    assert_ok(deed_layout_pick(&layout, 1, j + 1, &column, &offset_bytes));
    assert_ok(deed_view(whole, offset_bytes, &column, 0, DEED_HERE, &parts[j], NULL));
  }
  assert_ok(deed_release(whole, NULL));
  for (int j = 0; j < 3; ++j) {
    assert_int_equal(releases, 0);
    assert_ptr_equal(described(parts[j]).data, memory + 4 * j);
    assert_ok(deed_release(parts[j], NULL));
  }
  assert_int_equal(releases, 1);
}

static void trap_a21_memory_in_use_cannot_be_had_back(void **state) {
  struct deed_array title = new_array();
  struct deed_array view = share_of(title);
  struct deed_reclaimed reclaimed = {.data = memory};
  (void)state;
  assert_status(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, NULL), DEED_EBUSY);
  assert_ptr_equal(reclaimed.data, memory);
  assert_ok(deed_release(view, NULL));
  assert_ok(deed_release(title, NULL));
}

static void trap_a22_a_chain_of_views_without_its_middle(void **state) {
  struct deed_array chain[10];
  struct deed_layout layout = small_layout();
  (void)state;
  chain[0] = new_array();
  *(double *)described(chain[0]).data = 42.0;
  for (int i = 1; i < 10; ++i) assert_ok(deed_view(chain[i - 1], 0, &layout, 0, DEED_HERE, &chain[i], NULL));
  for (int i = 0; i < 9; ++i) assert_ok(deed_release(chain[i], NULL));
  assert_true(*(double *)described(chain[9]).data == 42.0);
  assert_ok(deed_release(chain[9], NULL));
}

static void trap_a38_null_and_odd_pointers_of_empty_arrays(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_array array;
  (void)state;
  assert_status(deed_lend(NULL, DEED_READ, &layout, DEED_HERE, &array, NULL), DEED_ENULL);
  layout.dim[0].extent = 0;
  assert_ok(deed_lend(NULL, DEED_READ, &layout, DEED_HERE, &array, NULL));
  assert_null(described(array).data);
  assert_int_equal(described(array).block_size_bytes, 0);
  assert_ok(deed_recall(array, 0, NULL));
  assert_ok(deed_lend((char *)memory + 3, DEED_READ, &layout, DEED_HERE, &array, NULL));
  assert_ok(deed_recall(array, 0, NULL));
  assert_ok(deed_alloc(&layout, 0, DEED_HERE, &array, NULL)); /* T44 */
  assert_non_null(described(array).data);
  assert_ok(deed_release(array, NULL));
}

static void trap_a39_negative_strides_are_kept_exactly(void **state) {
  struct deed_layout layout = {
      .dtype = DEED_REAL64, .rank = 2, .element_size_bytes = 8, .dim = {{.extent = 4}, {.extent = 3}}};
  struct deed_array array;
  (void)state;
  layout.dim[0].stride_bytes = -8;
  layout.dim[1].stride_bytes = -32;
  assert_ok(deed_lend(&memory[11], DEED_READ, &layout, DEED_HERE, &array, NULL));
  struct deed_descriptor seen = described(array);
  assert_ptr_equal(seen.block_data, memory);
  assert_int_equal(seen.block_size_bytes, sizeof memory);
  assert_memory_equal(&seen.layout, &layout, sizeof layout);
  assert_ok(deed_recall(array, 0, NULL));
  assert_ok(deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &array, NULL));
  seen = described(array);
  assert_int_equal((char *)seen.data - (char *)seen.block_data, 88);
  assert_int_equal((uintptr_t)seen.block_data % 64, 0);
  assert_ok(deed_release(array, NULL));
}

/* A40: strides in bytes need not be multiples of the element. */
static void trap_a40_strides_of_fields_in_records(void **state) {
  static char records[5 * 13];
  struct deed_layout layout = {
      .dtype = DEED_INT32, .rank = 1, .element_size_bytes = 4, .dim = {{.extent = 5, .stride_bytes = 13}}};
  struct deed_array array, copy;
  (void)state;
  for (int i = 0; i < 5; ++i) memcpy(records + 13 * i + 3, &i, sizeof i);
  assert_ok(deed_lend(records + 3, DEED_READ, &layout, DEED_HERE, &array, NULL));
  assert_ok(deed_copy(array, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, &copy, NULL));
  for (int i = 0; i < 5; ++i) assert_int_equal(((int32_t *)described(copy).data)[i], i);
  assert_ok(deed_release(copy, NULL));
  assert_ok(deed_recall(array, 0, NULL));
}

static void trap_t07_two_names_for_one_claim(void **state) {
  struct deed_array pointer = new_array();
  struct deed_array alias = pointer;
  (void)state;
  assert_ok(deed_release(alias, NULL));
  assert_status(deed_release(pointer, NULL), DEED_ESTALE);
}

static void trap_t21_a_hundred_thousand_shares_grow_nothing(void **state) {
  struct deed_array title = new_array();
  (void)state;
  uint64_t highest = 0;
  for (int i = 0; i < 100000; ++i) {
    struct deed_array share = share_of(title);
    if ((share.bits & UINT32_MAX) > highest) highest = share.bits & UINT32_MAX;
    assert_ok(deed_release(share, NULL));
  }
  assert_true(highest < 1024);
  assert_ok(deed_release(title, NULL));
}

#if !defined(__SANITIZE_THREAD__) /* whose allocator lets a stray free pass */
/* T23: what a Fortran deallocate of such a pointer does: the C library stops the process at the wrong free. */
static void trap_t23_a_stray_free_is_stopped_where_it_happens(void **state) {
  (void)state;
  pid_t child = fork();
  if (child == 0) {
    struct deed_array array = new_array();
    close(STDERR_FILENO);
    free(described(array).data);
    _exit(0);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
#endif

static void trap_t25_each_origin_is_ended_by_its_own_callback(void **state) {
  int by_cxx = 0, by_foreign = 0;
  struct deed_array a = adopted(memory, DEED_ORIGIN_CXX, &by_cxx);
  struct deed_array b = adopted(memory, DEED_ORIGIN_FOREIGN, &by_foreign);
  (void)state;
  assert_ok(deed_release(b, NULL));
  assert_int_equal(by_foreign, 1);
  assert_int_equal(by_cxx, 0);
  assert_ok(deed_release(a, NULL));
  assert_int_equal(by_cxx, 1);
}

/* T27: the part of an array frees nothing while the whole lives, and the whole when it is last. */
static void trap_t27_release_of_an_interior_section(void **state) {
  int releases = 0;
  struct deed_array whole = adopted(memory, DEED_ORIGIN_FOREIGN, &releases);
  struct deed_layout layout = small_layout();
  struct deed_layout part;
  struct deed_array section;
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_pick(&layout, 1, 2, &part, &offset_bytes));
  assert_ok(deed_view(whole, offset_bytes, &part, 0, DEED_HERE, &section, NULL));
  assert_ok(deed_release(section, NULL));
  assert_int_equal(releases, 0);
  assert_ok(deed_release(whole, NULL));
  assert_int_equal(releases, 1);
}

static void trap_t47_sizes_beyond_64_bits_are_refused(void **state) {
  struct deed_layout layout;
  struct deed_array array;
  struct deed_error error;
  const int64_t large[] = {INT64_C(1) << 31, INT64_C(1) << 31};
  const int64_t too_large[] = {INT64_C(1) << 31, INT64_C(1) << 31, 2};
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_INT8, 0, 2, large, NULL, DEED_ORDER_FORTRAN, &layout));
  assert_status(deed_alloc(&layout, 0, DEED_HERE, &array, &error), DEED_ENOMEM);
  assert_non_null(strstr(error.message, "4611686018427387904 bytes"));
  assert_status(deed_layout_contiguous(DEED_INT8, 0, 3, too_large, NULL, DEED_ORDER_FORTRAN, &layout), DEED_EOVERFLOW);
}

/* A15: two ways to end memory in one process are never exchanged, in whatever order the blocks end. */
static void end_by_a(void *data, void *context) {
  assert_ptr_equal(data, memory);
  *(char *)context = (char)(*(char *)context + 'a');
}

static void end_by_b(void *data, void *context) {
  assert_ptr_equal(data, memory + 6);
  *(char *)context = (char)(*(char *)context + 'b');
}

static void trap_a15_memory_ends_by_the_callback_it_came_with(void **state) {
  const int64_t shape[] = {6};
  struct deed_layout layout;
  (void)state;
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 1, shape, NULL, DEED_ORDER_C, &layout));
  for (int first = 0; first < 2; ++first) {
    char tags[2] = {0, 0};
    struct deed_memory a = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, end_by_a, &tags[0]};
    struct deed_memory b = {memory + 6, DEED_ORIGIN_FOREIGN, DEED_READ, end_by_b, &tags[1]};
    struct deed_array arrays[2];
    assert_ok(deed_adopt(&a, &layout, DEED_HERE, &arrays[0], NULL));
    assert_ok(deed_adopt(&b, &layout, DEED_HERE, &arrays[1], NULL));
    assert_ok(deed_release(arrays[first], NULL));
    assert_ok(deed_release(arrays[1 - first], NULL));
    assert_int_equal(tags[0], 'a');
    assert_int_equal(tags[1], 'b');
  }
}

static struct deed_array view_of_a_temporary(int *releases) {
  struct deed_array owner = adopted(memory, DEED_ORIGIN_CXX, releases);
  struct deed_array view = share_of(owner);
  assert_ok(deed_release(owner, NULL));
  return view;
}

static void trap_a23_a_view_of_a_temporary_owner(void **state) {
  int releases = 0;
  struct deed_array view = view_of_a_temporary(&releases);
  (void)state;
  assert_int_equal(releases, 0);
  assert_ptr_equal(described(view).data, memory);
  assert_ok(deed_release(view, NULL));
  assert_int_equal(releases, 1);
}

/* A24: the scope of lent memory cannot be left as long as somebody holds it: leaving is a recall, and that is refused.
 */
static void trap_a24_memory_of_a_scope_is_not_given_back_while_held(void **state) {
  double local[12] = {0};
  struct deed_array loan = lent(local);
  struct deed_array share = share_of(loan);
  struct deed_error error;
  (void)state;
  assert_status(deed_recall(loan, 0, &error), DEED_EBUSY);
  assert_status(deed_release(loan, &error), DEED_EBUSY);
  assert_int_equal(error.holders[0].role, DEED_ROLE_SHARE);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
}

/* A25: an owner that holds a claim on what it owns keeps itself alive; the ledger shows it until somebody breaks the
 * circle. */
struct circle {
  struct deed_array inner;
  int ended;
};

static void end_circle(void *data, void *context) {
  (void)data;
  ++((struct circle *)context)->ended;
}

static void trap_a25_a_cycle_is_reported(void **state) {
  struct circle circle = {.ended = 0};
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, end_circle, &circle};
  struct deed_array title;
  struct deed_ledger_entry entry;
  int64_t count;
  (void)state;
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &title, NULL));
  circle.inner = share_of(title);
  assert_ok(deed_release(title, NULL));
  assert_int_equal(circle.ended, 0);
  assert_ok(deed_ledger(&entry, sizeof entry, 1, &count));
  assert_int_equal(count, 1);
  assert_int_equal(entry.owner, DEED_LANGUAGE_NONE);
  assert_int_equal(entry.holder.role, DEED_ROLE_SHARE);
  assert_ok(deed_release(circle.inner, NULL));
  assert_int_equal(circle.ended, 1);
}

/* A36: who needs C order of a Fortran array is told so; the copy that helps is asked for, and counted. */
static void trap_a36_an_output_of_the_wrong_order_is_no_silent_copy(void **state) {
  struct deed_array title = new_array();
  struct deed_layout layout = described(title).layout;
  struct deed_counts before = counts_now();
  const int64_t flat[] = {12};
  struct deed_layout out;
  struct deed_array copy;
  (void)state;
  assert_false(deed_layout_is_contiguous(&layout, DEED_ORDER_C));
  assert_status(deed_layout_reshape(&layout, 1, flat, DEED_ORDER_C, &out), DEED_EORDER);
  assert_int_equal(counts_now().copies, before.copies);
  assert_ok(deed_copy(title, DEED_ORDER_C, DEED_COPY_ORDER, DEED_HERE, &copy, NULL));
  assert_int_equal(counts_now().copies, before.copies + 1);
  assert_int_equal(described(copy).copy_reason, DEED_COPY_ORDER);
  assert_ok(deed_release(copy, NULL));
  assert_ok(deed_release(title, NULL));
}

/* T04: an array that grew lies elsewhere. Its old loan still says the old place, and ends; the new place is a new loan.
 */
static void trap_t04_moved_memory_is_lent_anew(void **state) {
  double *small = malloc(sizeof memory);
  double *grown = malloc(sizeof memory);
  struct deed_array loan = lent(small);
  struct deed_array share = share_of(loan);
  (void)state;
  assert_status(deed_recall(loan, 0, NULL), DEED_EBUSY); /* asked before the memory goes */
  assert_ptr_equal(described(share).data, small);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
  free(small);
  loan = lent(grown);
  assert_ptr_equal(described(loan).data, grown);
  assert_ok(deed_recall(loan, 0, NULL));
  free(grown);
}

static void trap_t05_the_claim_is_on_memory_not_on_a_variable(void **state) {
  double *a = memory;
  struct deed_array loan = lent(a);
  double *b = a;
  (void)state;
  a = NULL; /* move_alloc(a, b) */
  assert_ptr_equal(described(loan).data, b);
  assert_ok(deed_recall(loan, 0, NULL));
  assert_null(a);
}

static void trap_t06_swapped_pointers_keep_their_blocks(void **state) {
  static double first[12], second[12];
  double *old = first, *new = second;
  struct deed_array of_first = lent(old), of_second = lent(new);
  (void)state;
  for (int step = 0; step < 3; ++step) {
    double *swap = old;
    old = new;
    new = swap;
    assert_ptr_equal(described(of_first).data, first);
    assert_ptr_equal(described(of_second).data, second);
  }
  assert_ok(deed_recall(of_second, 0, NULL));
  assert_ptr_equal(described(of_first).data, first);
  assert_ok(deed_recall(of_first, 0, NULL));
}

static void trap_t08_a_handle_that_was_overwritten_is_in_the_ledger(void **state) {
  struct deed_array handle = new_array();
  struct deed_array lost = handle;
  struct deed_ledger_entry entries[2];
  int64_t count;
  (void)state;
  handle = new_array();
  assert_ok(deed_ledger(entries, sizeof *entries, 2, &count));
  assert_int_equal(count, 2);
  assert_int_not_equal(entries[0].holder.line, 0);
  assert_ok(deed_release(handle, NULL));
  assert_ok(deed_ledger(entries, sizeof *entries, 2, &count));
  assert_int_equal(count, 1);
  assert_ptr_equal(entries[0].data, described(lost).data);
  assert_ok(deed_release(lost, NULL));
}

static void trap_t20_a_share_that_fails_frees_nothing(void **state) {
  int releases = 0;
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FOREIGN, DEED_READ, count_release, &releases};
  struct deed_array title, share = {77};
  (void)state;
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &title, NULL));
  for (int i = 0; i < 1000; ++i) {
    assert_status(deed_share(title, DEED_WRITE, DEED_HERE, &share, NULL), DEED_ERIGHTS);
    assert_status(deed_view(title, 8, &layout, 0, DEED_HERE, &share, NULL), DEED_EBOUNDS);
  }
  assert_int_equal(share.bits, 77);
  assert_int_equal(described(title).claim_count, 1);
  assert_int_equal(counts_now().live_claims, 1);
  assert_int_equal(releases, 0);
  assert_ok(deed_release(title, NULL));
  assert_int_equal(releases, 1);
}

static void trap_t22_the_duty_to_free_moves_with_the_title(void **state) {
  int releases = 0;
  struct deed_array first = adopted(memory, DEED_ORIGIN_FOREIGN, &releases);
  struct deed_array second;
  (void)state;
  assert_ok(deed_transfer(first, DEED_HERE, &second, NULL));
  assert_status(deed_release(first, NULL), DEED_ESTALE);
  assert_int_equal(releases, 0);
  assert_ok(deed_release(second, NULL));
  assert_int_equal(releases, 1);
}

static void trap_t28_a_view_of_a_loan_never_owns(void **state) {
  struct deed_array loan = lent(memory);
  struct deed_array share = share_of(loan);
  struct deed_array again = share_of(share);
  struct deed_array moved;
  struct deed_reclaimed reclaimed;
  (void)state;
  assert_int_equal(described(again).origin, DEED_ORIGIN_LENT);
  assert_status(deed_transfer(again, DEED_HERE, &moved, NULL), DEED_ENOTTITLE);
  assert_status(deed_transfer(loan, DEED_HERE, &moved, NULL), DEED_EORIGIN);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(again, NULL));
  assert_status(deed_reclaim(loan, DEED_ORIGIN_LENT, NULL, &reclaimed, NULL), DEED_EORIGIN);
  memory[3] = 5.0; /* still the lender's */
  assert_ok(deed_release(loan, NULL));
}

static void trap_t29_another_name_with_other_bounds(void **state) {
  int releases = 0;
  const int64_t lower[] = {-1, 0};
  struct deed_array title = adopted(memory, DEED_ORIGIN_FORTRAN, &releases);
  struct deed_layout layout = described(title).layout;
  struct deed_array alias;
  (void)state;
  assert_ok(deed_layout_rebound(&layout, lower, &layout));
  assert_ok(deed_view(title, 0, &layout, 0, DEED_HERE, &alias, NULL));
  assert_ptr_equal(described(alias).data, memory);
  assert_int_equal(described(alias).layout.dim[0].lower, -1);
  assert_int_equal(described(title).layout.dim[0].lower, 1);
  assert_ok(deed_release(title, NULL));
  assert_ok(deed_release(alias, NULL)); /* the last one, and it frees the block it began with */
  assert_int_equal(releases, 1);
}

static void trap_t43_each_claim_has_the_shape_of_its_own(void **state) {
  struct deed_array title = new_array();
  struct deed_layout whole = described(title).layout;
  struct deed_layout part, reversed;
  const struct deed_range ranges[] = {{1, 4, 3}, {2, 3, 1}};
  struct deed_array section, transposed;
  int64_t offset_bytes;
  (void)state;
  assert_ok(deed_layout_section(&whole, ranges, &part, &offset_bytes));
  assert_ok(deed_view(title, offset_bytes, &part, 0, DEED_HERE, &section, NULL));
  assert_ok(deed_layout_transpose(&whole, NULL, &reversed));
  assert_ok(deed_view(title, 0, &reversed, 0, DEED_HERE, &transposed, NULL));
  assert_int_equal(described(title).layout.dim[0].extent, 4);
  assert_int_equal(described(section).layout.dim[0].extent, 2);
  assert_int_equal(described(section).layout.dim[0].stride_bytes, 24);
  assert_int_equal(described(transposed).layout.dim[0].extent, 3);
  assert_int_equal(described(transposed).layout.dim[0].stride_bytes, 32);
  assert_ok(deed_release(title, NULL));
  assert_ok(deed_release(transposed, NULL));
  assert_int_equal(described(section).layout.dim[1].extent, 2);
  assert_ok(deed_release(section, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(trap_a10_a_claim_never_consumed_is_released_once),
      ACCOUNTED(trap_a11_a_consumed_handle_does_nothing_more),
      ACCOUNTED(trap_a12_refused_memory_stays_the_callers),
      ACCOUNTED(trap_a13_empty_arrays_end_as_often_as_they_begin),
      ACCOUNTED(trap_a14_static_memory_needs_no_release),
      ACCOUNTED(trap_a17_a_moved_handle_is_refused_by_every_verb),
      ACCOUNTED(trap_a20_parts_outlive_the_whole),
      ACCOUNTED(trap_a21_memory_in_use_cannot_be_had_back),
      ACCOUNTED(trap_a22_a_chain_of_views_without_its_middle),
      ACCOUNTED(trap_a38_null_and_odd_pointers_of_empty_arrays),
      ACCOUNTED(trap_a39_negative_strides_are_kept_exactly),
      ACCOUNTED(trap_a40_strides_of_fields_in_records),
      ACCOUNTED(trap_t07_two_names_for_one_claim),
      ACCOUNTED(trap_t21_a_hundred_thousand_shares_grow_nothing),
#if !defined(__SANITIZE_THREAD__)
      ACCOUNTED(trap_t23_a_stray_free_is_stopped_where_it_happens),
#endif
      ACCOUNTED(trap_t25_each_origin_is_ended_by_its_own_callback),
      ACCOUNTED(trap_t27_release_of_an_interior_section),
      ACCOUNTED(trap_t47_sizes_beyond_64_bits_are_refused),
      ACCOUNTED(trap_a15_memory_ends_by_the_callback_it_came_with),
      ACCOUNTED(trap_a23_a_view_of_a_temporary_owner),
      ACCOUNTED(trap_a24_memory_of_a_scope_is_not_given_back_while_held),
      ACCOUNTED(trap_a25_a_cycle_is_reported),
      ACCOUNTED(trap_a36_an_output_of_the_wrong_order_is_no_silent_copy),
      ACCOUNTED(trap_t04_moved_memory_is_lent_anew),
      ACCOUNTED(trap_t05_the_claim_is_on_memory_not_on_a_variable),
      ACCOUNTED(trap_t06_swapped_pointers_keep_their_blocks),
      ACCOUNTED(trap_t08_a_handle_that_was_overwritten_is_in_the_ledger),
      ACCOUNTED(trap_t20_a_share_that_fails_frees_nothing),
      ACCOUNTED(trap_t22_the_duty_to_free_moves_with_the_title),
      ACCOUNTED(trap_t28_a_view_of_a_loan_never_owns),
      ACCOUNTED(trap_t29_another_name_with_other_bounds),
      ACCOUNTED(trap_t43_each_claim_has_the_shape_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
