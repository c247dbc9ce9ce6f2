/* SPDX-License-Identifier: BSD-3-Clause */
/* check.h - what every C test uses: cmocka, arrays to begin with, and the accounting at the end of each test. */
#ifndef DEED_TEST_CHECK_H
#define DEED_TEST_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "deed/deed.h"

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

/* A test whose blocks and claims must all have ended when it is over. */
#define ACCOUNTED(test) cmocka_unit_test_teardown(test, nothing_lives)

#define assert_status(call, expected) assert_string_equal(deed_status_name(call), deed_status_name(expected))
#define assert_ok(call) assert_status(call, DEED_OK)

static inline int nothing_lives(void **state) {
  struct deed_counts counts;
  (void)state;
  deed_count(&counts, sizeof counts);
  assert_int_equal(counts.live_blocks, 0);
  assert_int_equal(counts.live_claims, 0);
  return 0;
}

static inline struct deed_counts counts_now(void) {
  struct deed_counts counts;
  deed_count(&counts, sizeof counts);
  return counts;
}

/* What is past the rank is nobody's. */
static inline void assert_same_layout(const struct deed_layout *a, const struct deed_layout *b) {
  assert_int_equal(a->dtype, b->dtype);
  assert_int_equal(a->rank, b->rank);
  assert_int_equal(a->element_size_bytes, b->element_size_bytes);
  assert_memory_equal(a->dim, b->dim, (size_t)a->rank * sizeof a->dim[0]);
}

/* 4 x 3 real64 in Fortran order, bounds from 1. */
static inline struct deed_layout small_layout(void) {
  struct deed_layout layout;
  assert_ok(deed_layout_contiguous(DEED_REAL64, 0, 2, (int64_t[]){4, 3}, NULL, DEED_ORDER_FORTRAN, &layout));
  return layout;
}

static inline struct deed_array new_array(void) {
  struct deed_layout layout = small_layout();
  struct deed_array array;
  assert_ok(deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &array, NULL));
  return array;
}

static inline struct deed_array share_of(struct deed_array array) {
  struct deed_array share;
  assert_ok(deed_share(array, 0, DEED_HERE, &share, NULL));
  return share;
}

static inline struct deed_descriptor described(struct deed_array array) {
  struct deed_descriptor descriptor;
  memset(&descriptor, 0, sizeof descriptor);
  assert_ok(deed_describe(array, &descriptor, sizeof descriptor));
  return descriptor;
}

/* A release callback that counts its calls in *(int *)context. */
static inline void count_release(void *data, void *context) {
  (void)data;
  ++*(int *)context;
}

/* Memory of the test's own, adopted with count_release. */
static inline struct deed_array adopted(double *data, enum deed_origin origin, int *releases) {
  struct deed_layout layout = small_layout();
  struct deed_memory memory = {data, origin, DEED_READ | DEED_WRITE, count_release, releases};
  struct deed_array array;
  if (origin == DEED_ORIGIN_STATIC) memory.release = NULL;
  assert_ok(deed_adopt(&memory, &layout, DEED_HERE, &array, NULL));
  return array;
}

static inline struct deed_array lent(double *data) {
  struct deed_layout layout = small_layout();
  struct deed_array array;
  assert_ok(deed_lend(data, DEED_READ | DEED_WRITE, &layout, DEED_HERE, &array, NULL));
  return array;
}

/* A small generator of its own, so that a failure can be repeated. */
static inline uint64_t next_random(uint64_t *state) {
  *state += UINT64_C(0x9E3779B97F4A7C15);
  uint64_t z = *state;
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static inline int64_t random_between(uint64_t *state, int64_t low, int64_t high) {
  return low + (int64_t)(next_random(state) % (uint64_t)(high - low + 1));
}

#endif
