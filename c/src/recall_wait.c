/* SPDX-License-Identifier: BSD-3-Clause */
#include "recall_wait.h"

#include <stdatomic.h>
#include <time.h>

#include "word_wait.h"

/* Changes are counted only while somebody waits. A waiter announces itself, reads their count and then attempts; who
 * ends a claim does that first and then looks for waiters. So one of the two sees the other. */
static _Atomic uint32_t changes;
static _Atomic int waiters;

void deed__recall_wake(void) {
  if (atomic_load_explicit(&waiters, memory_order_seq_cst) == 0) return;
  atomic_fetch_add_explicit(&changes, 1, memory_order_seq_cst);
  deed__word_wake(&changes);
}

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* When a wait of timeout_ms that begins now is over; INT64_MAX if never, or not in this century. */
static int64_t end_of_wait_ns(int64_t timeout_ms) {
  int64_t begin_ns = now_ns();
  if (timeout_ms < 0 || timeout_ms > (INT64_MAX - begin_ns) / 1000000) return INT64_MAX;
  return begin_ns + timeout_ms * 1000000;
}

/* Until something may have changed since the count of changes was seen; false when the time is up. */
static bool wait_for_change(uint32_t seen, int64_t end_ns) {
  int64_t left_ns = end_ns - now_ns();
  if (left_ns <= 0) return false;
  deed__word_wait(&changes, seen, left_ns < DEED__LONGEST_WAIT_NS ? left_ns : DEED__LONGEST_WAIT_NS);
  return true;
}

void deed__recall_wait(int64_t timeout_ms, bool (*attempt)(void *context), void *context) {
  int64_t end_ns = end_of_wait_ns(timeout_ms);
  uint32_t seen;
  atomic_fetch_add_explicit(&waiters, 1, memory_order_seq_cst);
  do {
    seen = atomic_load_explicit(&changes, memory_order_seq_cst);
  } while (!attempt(context) && wait_for_change(seen, end_ns));
  atomic_fetch_sub_explicit(&waiters, 1, memory_order_seq_cst);
}

void deed__recall_forget_waiters(void) { atomic_store_explicit(&waiters, 0, memory_order_seq_cst); }
