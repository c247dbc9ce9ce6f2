/* SPDX-License-Identifier: BSD-3-Clause */
/* alloc, adopt and lend: what they refuse, in which order, and what they make. */
#include "check.h"
#include "keep_loaded.h"

static double memory[12];

/* What make.c asks to stay loaded. */
static int kept_count;
static deed__code kept;

void __wrap_deed__keep_loaded(deed__code code);
void __wrap_deed__keep_loaded(deed__code code) {
  ++kept_count;
  kept = code;
}

static void alloc_refuses_in_the_order_of_the_header(void **state) {
  struct deed_layout layout = {.dtype = 0, .rank = 16};
  const struct deed_site nobody = {DEED_LANGUAGE_NONE, 1, "x.c"};
  struct deed_array array = {77};
  struct deed_error error;
  (void)state;
  assert_status(deed_alloc(NULL, 0, NULL, &array, &error), DEED_EINVAL);
  assert_status(deed_alloc(&layout, 0, NULL, NULL, &error), DEED_EINVAL);
  assert_status(deed_alloc(&layout, 2, NULL, &array, &error), DEED_EINVAL);
  assert_status(deed_alloc(&layout, 0, NULL, &array, &error), DEED_ERANK);
  layout.rank = 1;
  assert_status(deed_alloc(&layout, 0, NULL, &array, &error), DEED_EDTYPE);
  layout = small_layout();
  assert_status(deed_alloc(&layout, 0, &nobody, &array, &error), DEED_EINVAL);
  assert_int_equal(array.bits, 77);
  assert_int_equal(error.status, DEED_EINVAL);
  assert_memory_equal(error.message, "alloc refused", 13);
  layout = (struct deed_layout){.dtype = DEED_INT8, .rank = 1, .element_size_bytes = 1, .dim = {{.extent = 2}}};
  layout.dim[0].stride_bytes = -(INT64_C(1) << 62);
  assert_status(deed_alloc(&layout, 0, NULL, &array, &error), DEED_ENOMEM);
  assert_non_null(strstr(error.message, " 4611686018427387905 bytes"));
}

static void allocated_memory_is_aligned_and_zeroed_on_request(void **state) {
  (void)state;
  for (int64_t count = 0; count < 200; ++count) {
    struct deed_layout layout;
    struct deed_array array;
    assert_ok(deed_layout_contiguous(DEED_INT8, 0, 1, &count, NULL, DEED_ORDER_FORTRAN, &layout));
    assert_ok(deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &array, NULL));
    struct deed_descriptor seen = described(array);
    char *bytes = seen.data;
    assert_int_equal((uintptr_t)bytes % 64, 0);
    assert_int_equal(seen.block_size_bytes, count);
    for (int64_t i = 0; i < count; ++i) assert_int_equal(bytes[i], 0);
    memset(bytes, 0x5a, (size_t)count);
    assert_ok(deed_release(array, NULL));
  }
}

static void adopt_refuses_in_the_order_of_the_header(void **state) {
  int releases = 0;
  const struct deed_memory good = {NULL, DEED_ORIGIN_FOREIGN, DEED_READ, count_release, &releases};
  struct deed_layout layout = {.dtype = 0, .rank = 16};
  struct deed_memory lot = good;
  struct deed_array array = {77};
  (void)state;
  assert_status(deed_adopt(NULL, &layout, NULL, &array, NULL), DEED_EINVAL);
  assert_status(deed_adopt(&lot, NULL, NULL, &array, NULL), DEED_EINVAL);
  assert_status(deed_adopt(&lot, &layout, NULL, NULL, NULL), DEED_EINVAL);
  const int no_origins[] = {0, -1, 9, INT32_MAX};
  for (size_t i = 0; i < COUNT_OF(no_origins); ++i) {
    lot.origin = (enum deed_origin)no_origins[i];
    assert_status(deed_adopt(&lot, &layout, NULL, &array, NULL), DEED_EINVAL);
  }
  const uint32_t no_rights[] = {0, 4, 7, UINT32_MAX};
  lot = good;
  for (size_t i = 0; i < COUNT_OF(no_rights); ++i) {
    lot.rights = no_rights[i];
    assert_status(deed_adopt(&lot, &layout, NULL, &array, NULL), DEED_EINVAL);
  }
  lot = good;
  lot.release = NULL;
  assert_status(deed_adopt(&lot, &layout, NULL, &array, NULL), DEED_EINVAL);
  lot = good;
  lot.origin = DEED_ORIGIN_MALLOC;
  assert_status(deed_adopt(&lot, &layout, NULL, &array, NULL), DEED_EORIGIN);
  lot.origin = DEED_ORIGIN_LENT;
  assert_status(deed_adopt(&lot, &layout, NULL, &array, NULL), DEED_EORIGIN);
  lot.origin = DEED_ORIGIN_INTERPROCESS;
  assert_status(deed_adopt(&lot, &layout, NULL, &array, NULL), DEED_EUNSUPPORTED);
  lot = good;
  assert_status(deed_adopt(&lot, &layout, NULL, &array, NULL), DEED_ERANK);
  layout = small_layout();
  assert_status(deed_adopt(&lot, &layout, NULL, &array, NULL), DEED_ENULL);
  assert_int_equal(array.bits, 77);
  assert_int_equal(releases, 0);
}

static void lend_refuses_in_the_order_of_the_header(void **state) {
  struct deed_layout layout = {.dtype = 0, .rank = 16};
  const uint32_t no_rights[] = {0, DEED_WRITE, 5, UINT32_MAX};
  struct deed_array array = {77};
  (void)state;
  assert_status(deed_lend(NULL, DEED_READ, NULL, NULL, &array, NULL), DEED_EINVAL);
  assert_status(deed_lend(NULL, DEED_READ, &layout, NULL, NULL, NULL), DEED_EINVAL);
  for (size_t i = 0; i < COUNT_OF(no_rights); ++i) {
    assert_status(deed_lend(NULL, no_rights[i], &layout, NULL, &array, NULL), DEED_EINVAL);
  }
  assert_status(deed_lend(NULL, DEED_READ, &layout, NULL, &array, NULL), DEED_ERANK);
  layout = small_layout();
  assert_status(deed_lend(NULL, DEED_READ, &layout, NULL, &array, NULL), DEED_ENULL);
  assert_int_equal(array.bits, 77);
}

/* One byte is enough to need an address, and none needs none. */
static void trap_a38_null_is_for_arrays_without_bytes(void **state) {
  struct deed_layout scalar = {.dtype = DEED_INT8, .element_size_bytes = 1};
  struct deed_array array;
  (void)state;
  assert_status(deed_lend(NULL, DEED_READ, &scalar, DEED_HERE, &array, NULL), DEED_ENULL);
  scalar.dtype = DEED_CHARACTER1;
  scalar.element_size_bytes = 0;
  assert_ok(deed_lend(NULL, DEED_READ, &scalar, DEED_HERE, &array, NULL));
  assert_null(described(array).data);
  assert_null(described(array).block_data);
  assert_int_equal(described(array).block_size_bytes, 0);
  assert_ok(deed_recall(array, 0, NULL));
}

/* Characters of length 0 in records that are not there: a view of them claims no byte either. */
static void trap_a38_no_bytes_behind_null_whatever_the_strides(void **state) {
  struct deed_layout empty = {
      .dtype = DEED_CHARACTER1, .rank = 1, .dim = {{.lower = 1, .extent = 4, .stride_bytes = 8}}};
  struct deed_layout bytes = {
      .dtype = DEED_INT8, .rank = 1, .element_size_bytes = 1, .dim = {{.extent = 24, .stride_bytes = 1}}};
  struct deed_array array, view;
  (void)state;
  assert_ok(deed_lend(NULL, DEED_READ, &empty, DEED_HERE, &array, NULL));
  assert_int_equal(described(array).block_size_bytes, 0);
  assert_status(deed_view(array, 0, &bytes, 0, DEED_HERE, &view, NULL), DEED_EBOUNDS);
  assert_ok(deed_recall(array, 0, NULL));
}

/* A19: the last step of making an array fails; nobody ever sees it, and its memory stays with who brought it. */
static void trap_a19_half_made_arrays_are_unmade(void **state) {
  int releases = 0;
  const struct deed_site nobody = {(enum deed_language)6, 1, "x.c"};
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_CXX, DEED_READ, count_release, &releases};
  struct deed_counts before = counts_now();
  struct deed_array array = {77};
  (void)state;
  assert_status(deed_adopt(&lot, &layout, &nobody, &array, NULL), DEED_EINVAL);
  assert_status(deed_lend(memory, DEED_READ, &layout, &nobody, &array, NULL), DEED_EINVAL);
  assert_status(deed_alloc(&layout, 0, &nobody, &array, NULL), DEED_EINVAL);
  struct deed_counts after = counts_now();
  assert_memory_equal(&before, &after, sizeof before);
  assert_int_equal(array.bits, 77);
  assert_int_equal(releases, 0);
}

static void a_new_array_says_what_it_is(void **state) {
  int releases = 0;
  const struct deed_site site = {DEED_LANGUAGE_FORTRAN, 4, "solver.f90"};
  struct deed_layout layout = small_layout();
  struct deed_memory lot = {memory, DEED_ORIGIN_FORTRAN, DEED_READ, count_release, &releases};
  struct deed_array array;
  (void)state;
  layout.dim[0].lower = -1;
  assert_ok(deed_adopt(&lot, &layout, &site, &array, NULL));
  struct deed_descriptor seen = described(array);
  assert_ptr_equal(seen.data, memory);
  assert_ptr_equal(seen.block_data, memory);
  assert_int_equal(seen.block_size_bytes, sizeof memory);
  assert_same_layout(&seen.layout, &layout);
  assert_int_equal(seen.origin, DEED_ORIGIN_FORTRAN);
  assert_int_equal(seen.owner, DEED_LANGUAGE_FORTRAN);
  assert_int_equal(seen.language, DEED_LANGUAGE_FORTRAN);
  assert_int_equal(seen.role, DEED_ROLE_TITLE);
  assert_int_equal(seen.rights, DEED_READ);
  assert_int_equal(seen.copy_reason, DEED_COPY_NONE);
  assert_int_equal(seen.published, 0);
  assert_int_equal(seen.claim_count, 1);
  assert_ok(deed_release(array, NULL));
  assert_int_equal(releases, 1);
}

static void a_layout_with_gaps_gets_its_gaps(void **state) {
  struct deed_layout layout = {
      .dtype = DEED_INT16, .rank = 2, .element_size_bytes = 2, .dim = {{.extent = 3}, {.extent = 2}}};
  struct deed_array array;
  (void)state;
  layout.dim[0].stride_bytes = 10;
  layout.dim[1].stride_bytes = -40;
  assert_ok(deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &array, NULL));
  struct deed_descriptor seen = described(array);
  assert_int_equal(seen.block_size_bytes, 40 + 20 + 2);
  assert_int_equal((char *)seen.data - (char *)seen.block_data, 40);
  assert_same_layout(&seen.layout, &layout);
  assert_ok(deed_release(array, NULL));
}

/* The bytes of an array lie below the end of the addresses and above their beginning. */
static void trap_t47_addresses_do_not_wrap(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_array array = {77};
  (void)state;
  for (uintptr_t short_by = 0; short_by <= 8; short_by += 8) {
    enum deed_status wanted = short_by ? DEED_EOVERFLOW : DEED_OK;
    void *high = (void *)(UINTPTR_MAX - 96 + short_by);
    void *low = (void *)(uintptr_t)(88 - short_by);
    assert_status(deed_lend(high, DEED_READ, &layout, DEED_HERE, &array, NULL), wanted);
    if (wanted == DEED_OK) assert_ok(deed_recall(array, 0, NULL));
    struct deed_layout reversed = layout;
    reversed.dim[0].stride_bytes = -8;
    reversed.dim[1].stride_bytes = -32;
    assert_status(deed_lend(low, DEED_READ, &reversed, DEED_HERE, &array, NULL), wanted);
    if (wanted == DEED_OK) assert_ok(deed_recall(array, 0, NULL));
  }
}

/* deed will call the callback of what it has taken, and of nothing else. */
static void the_code_of_a_callback_is_kept_when_it_is_taken(void **state) {
  int releases = 0;
  struct deed_layout layout = small_layout();
  struct deed_layout refused = {.dtype = 0};
  struct deed_memory lot = {memory, DEED_ORIGIN_CXX, DEED_READ, count_release, &releases};
  struct deed_array array;
  (void)state;
  kept_count = 0;
  assert_status(deed_adopt(&lot, &refused, DEED_HERE, &array, NULL), DEED_EDTYPE);
  assert_int_equal(kept_count, 0);
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &array, NULL));
  assert_int_equal(kept_count, 1);
  assert_true(kept == (deed__code)count_release);
  assert_ok(deed_release(array, NULL));
  lot.origin = DEED_ORIGIN_STATIC; /* never called, whatever it is */
  assert_ok(deed_adopt(&lot, &layout, DEED_HERE, &array, NULL));
  assert_ok(deed_release(array, NULL));
  assert_int_equal(kept_count, 1);
  assert_int_equal(releases, 1);
}

/* A loan of these elements of memory. */
static struct deed_array lent_part(double *first, int64_t count, int64_t stride_bytes) {
  struct deed_layout layout;
  struct deed_array loan;
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 1, &count, NULL, DEED_ORDER_FORTRAN, &layout));
  layout.dim[0].stride_bytes = stride_bytes;
  assert_ok(
      deed_lend(first, DEED_READ, &layout, &(struct deed_site){DEED_LANGUAGE_FORTRAN, 7, "lender.f90"}, &loan, NULL));
  return loan;
}

/* The status of an adopt of 4 x 3 elements, which is undone. */
static enum deed_status adopt_status(double *first, enum deed_origin origin, struct deed_error *error) {
  struct deed_layout layout = small_layout();
  int releases = 0;
  const struct deed_memory lot = {first, origin, DEED_READ, count_release, &releases};
  struct deed_array array = {0};
  enum deed_status status = deed_adopt(&lot, &layout, NULL, &array, error);
  if (status == DEED_OK) assert_ok(deed_release(array, NULL));
  assert_int_equal(releases, status == DEED_OK);
  return status;
}

/* The loan would point to memory that deed has freed. */
static void memory_that_is_lent_is_not_adopted(void **state) {
  static double field[36];
  struct deed_error error;
  (void)state;
  struct deed_array loan = lent_part(field + 12, 12, 8);
  struct deed_array share = share_of(loan);
  assert_status(adopt_status(field + 12, DEED_ORIGIN_FORTRAN, &error), DEED_EBUSY);
  assert_int_equal(error.holder_count, 2);
  assert_string_equal(error.holders[0].file, "lender.f90");
  assert_int_equal(error.holders[0].line, 7);
  assert_non_null(strstr(error.message, "take refused: the memory is lent"));
  assert_non_null(strstr(error.message, "title by Fortran at lender.f90:7"));
  assert_status(adopt_status(field + 12, DEED_ORIGIN_CXX, NULL), DEED_EBUSY);
  assert_ok(adopt_status(field + 12, DEED_ORIGIN_FOREIGN, NULL));
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
  assert_ok(adopt_status(field + 12, DEED_ORIGIN_FORTRAN, &error));
}

/* One byte in common is enough, and neighbours have none. */
static void loans_are_found_by_their_bytes(void **state) {
  static double field[60];
  (void)state;
  struct deed_array loan = lent_part(field + 24, 12, 8);
  assert_ok(adopt_status(field + 12, DEED_ORIGIN_CXX, NULL));
  assert_status(adopt_status(field + 13, DEED_ORIGIN_CXX, NULL), DEED_EBUSY);
  assert_status(adopt_status(field + 35, DEED_ORIGIN_CXX, NULL), DEED_EBUSY);
  assert_ok(adopt_status(field + 36, DEED_ORIGIN_CXX, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
  loan = lent_part(field + 24, 3, -64); /* 8 to 24 */
  assert_status(adopt_status(field + 9, DEED_ORIGIN_CXX, NULL), DEED_EBUSY);
  assert_ok(adopt_status(field + 25, DEED_ORIGIN_CXX, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
  loan = lent_part(field + 24, 0, 8);
  assert_ok(adopt_status(field + 20, DEED_ORIGIN_CXX, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
}

/* Also among many, and where records of ended ones lie between. */
static void one_loan_among_many_is_found(void **state) {
  static double field[12 * 100];
  struct deed_array loans[100];
  (void)state;
  for (int i = 0; i < 100; ++i) loans[i] = lent_part(field + 12 * i, 12, 8);
  for (int i = 0; i < 100; ++i) {
    assert_status(adopt_status(field + 12 * i, DEED_ORIGIN_CXX, NULL), DEED_EBUSY);
    assert_ok(deed_recall(loans[i], 0, NULL));
    assert_ok(adopt_status(field + 12 * i, DEED_ORIGIN_CXX, NULL));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(alloc_refuses_in_the_order_of_the_header),
      ACCOUNTED(allocated_memory_is_aligned_and_zeroed_on_request),
      ACCOUNTED(adopt_refuses_in_the_order_of_the_header),
      ACCOUNTED(lend_refuses_in_the_order_of_the_header),
      ACCOUNTED(trap_a38_null_is_for_arrays_without_bytes),
      ACCOUNTED(trap_a38_no_bytes_behind_null_whatever_the_strides),
      ACCOUNTED(trap_a19_half_made_arrays_are_unmade),
      ACCOUNTED(a_new_array_says_what_it_is),
      ACCOUNTED(a_layout_with_gaps_gets_its_gaps),
      ACCOUNTED(trap_t47_addresses_do_not_wrap),
      ACCOUNTED(the_code_of_a_callback_is_kept_when_it_is_taken),
      ACCOUNTED(memory_that_is_lent_is_not_adopted),
      ACCOUNTED(loans_are_found_by_their_bytes),
      ACCOUNTED(one_loan_among_many_is_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
