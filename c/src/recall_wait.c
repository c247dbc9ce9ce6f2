/* SPDX-License-Identifier: BSD-3-Clause */
#include "recall_wait.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#define LONGEST_WAIT_MS INT64_C(3600000)

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static _Atomic int waiters;

void deed__recall_wake(void) {
  if (atomic_load_explicit(&waiters, memory_order_seq_cst) == 0) return;
  pthread_mutex_lock(&mutex);
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&mutex);
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* pthread_cond_t waits on the realtime clock; when that jumps the wait is only cut or prolonged by this one round. */
static void wait_for_change(int64_t at_most_ms) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += (time_t)(at_most_ms / 1000);
  until.tv_nsec += (long)(at_most_ms % 1000) * 1000000;
  if (until.tv_nsec >= 1000000000) {
    until.tv_nsec -= 1000000000;
    until.tv_sec += 1;
  }
  pthread_cond_timedwait(&changed, &mutex, &until);
}

static int64_t time_left_ms(int64_t timeout_ms, int64_t started_ms) {
  if (timeout_ms < 0) return LONGEST_WAIT_MS;
  int64_t left_ms = timeout_ms - (now_ms() - started_ms);
  return left_ms < LONGEST_WAIT_MS ? left_ms : LONGEST_WAIT_MS;
}

void deed__recall_wait(int64_t timeout_ms, bool (*attempt)(void *context), void *context) {
  int64_t started_ms = now_ms();
  pthread_mutex_lock(&mutex);
  atomic_fetch_add_explicit(&waiters, 1, memory_order_seq_cst);
  while (!attempt(context)) {
    int64_t left_ms = time_left_ms(timeout_ms, started_ms);
    if (left_ms <= 0) break;
    wait_for_change(left_ms);
  }
  atomic_fetch_sub_explicit(&waiters, 1, memory_order_seq_cst);
  pthread_mutex_unlock(&mutex);
}

void deed__recall_lock(void) { pthread_mutex_lock(&mutex); }

void deed__recall_unlock(void) { pthread_mutex_unlock(&mutex); }

void deed__recall_forget_waiters(void) {
  static const pthread_cond_t nobody_waits = PTHREAD_COND_INITIALIZER;
  changed = nobody_waits;
  atomic_store_explicit(&waiters, 0, memory_order_seq_cst);
}
