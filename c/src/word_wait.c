/* SPDX-License-Identifier: BSD-3-Clause */
#include "word_wait.h"

#include <errno.h>
#include <sched.h>
#include <stddef.h>

#if defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#define SPINS 100
#define YIELDS 10
#define SHORTEST_SLEEP_NS INT64_C(20000)
#define LONGEST_SLEEP_NS INT64_C(1000000)

#if defined(SYS_futex)

/* The call of the system as such: unlike what the C library makes of it, it is no cancellation point. */
static void futex(_Atomic uint32_t *word, int operation, uint32_t value, int64_t at_most_ns) {
  const struct {
    long seconds, nanoseconds;
  } at_most = {(long)(at_most_ns / 1000000000), (long)(at_most_ns % 1000000000)};
  int saved = errno;
  (void)syscall(SYS_futex, word, operation, value, &at_most, NULL, 0);
  errno = saved;
}

static void sleep_while(_Atomic uint32_t *word, uint32_t value, int64_t at_most_ns) {
  futex(word, FUTEX_WAIT_PRIVATE, value, at_most_ns);
}

void deed__word_wake(_Atomic uint32_t *word) { futex(word, FUTEX_WAKE_PRIVATE, INT32_MAX, 0); }

#else

#include <pthread.h>
#include <time.h>

/* Where threads cannot wait for a word they look at it every now and then. */
static void sleep_while(_Atomic uint32_t *word, uint32_t value, int64_t at_most_ns) {
  if (atomic_load_explicit(word, memory_order_acquire) != value) return;
  const struct timespec pause = {.tv_nsec = (long)(at_most_ns < LONGEST_SLEEP_NS ? at_most_ns : LONGEST_SLEEP_NS)};
  int saved = errno;
  int cancellation;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancellation);
  nanosleep(&pause, NULL);
  pthread_setcancelstate(cancellation, NULL);
  errno = saved;
}

void deed__word_wake(_Atomic uint32_t *word) { (void)word; }

#endif

/* Most waits are so short that nobody need sleep: spin, then yield. Two threads that share a processor would take turns
 * by sleeping and waking, which costs more than to yield. */
void deed__word_wait(_Atomic uint32_t *word, uint32_t value, int64_t at_most_ns) {
  for (int round = 0; round < SPINS + YIELDS; ++round) {
    if (atomic_load_explicit(word, memory_order_acquire) != value) return;
    if (round >= SPINS) sched_yield();
  }
  sleep_while(word, value, at_most_ns);
}

void deed__wait_round(int round) {
  if (round < SPINS) return;
  if (round < SPINS + YIELDS) {
    sched_yield();
    return;
  }
  int doubled = round - SPINS - YIELDS;
  int64_t pause_ns = doubled < 6 ? SHORTEST_SLEEP_NS << doubled : LONGEST_SLEEP_NS;
  _Atomic uint32_t nothing = 0;
  sleep_while(&nothing, 0, pause_ns);
}
