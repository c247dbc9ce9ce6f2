/* SPDX-License-Identifier: BSD-3-Clause */
#include "core_width.h"

#include <stdint.h>
#include <time.h>

enum { TRIES = 5, ROUNDS = 3000 };

/* The compiler must not join one addition with the next. */
#define ADD(sum)  \
  (sum) += round; \
  __asm__ volatile("" : "+r"(sum))
#define ADD_8(a, b, c, d, e, f, g, h) \
  ADD(a);                             \
  ADD(b);                             \
  ADD(c);                             \
  ADD(d);                             \
  ADD(e);                             \
  ADD(f);                             \
  ADD(g);                             \
  ADD(h)

static double now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double chain_ns(void) {
  uint64_t a = 1;
  double start = now_ns();
  for (uint64_t round = 0; round < ROUNDS; ++round) {
    ADD_8(a, a, a, a, a, a, a, a);
    ADD_8(a, a, a, a, a, a, a, a);
    ADD_8(a, a, a, a, a, a, a, a);
    ADD_8(a, a, a, a, a, a, a, a);
  }
  return now_ns() - start;
}

static double side_by_side_ns(void) {
  uint64_t a = 1, b = 1, c = 1, d = 1, e = 1, f = 1, g = 1, h = 1;
  double start = now_ns();
  for (uint64_t round = 0; round < ROUNDS; ++round) {
    ADD_8(a, b, c, d, e, f, g, h);
    ADD_8(a, b, c, d, e, f, g, h);
    ADD_8(a, b, c, d, e, f, g, h);
    ADD_8(a, b, c, d, e, f, g, h);
  }
  return now_ns() - start;
}

static void insert_sorted(double *sorted, int count, double number) {
  int at = count;
  for (; at > 0 && sorted[at - 1] > number; --at) sorted[at] = sorted[at - 1];
  sorted[at] = number;
}

/* Nothing makes a chain faster than the clock, so the least of it is right, and an interrupt can't make the core look
 * wider than it is. What the units are shared with comes and goes, so of that the median. */
double bench_core_width(void) {
  double chain[TRIES], side_by_side[TRIES];
  for (int i = 0; i < TRIES; ++i) {
    insert_sorted(chain, i, chain_ns());
    insert_sorted(side_by_side, i, side_by_side_ns());
  }
  return chain[0] / side_by_side[TRIES / 2];
}
