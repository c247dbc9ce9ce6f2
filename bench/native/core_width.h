/* SPDX-License-Identifier: BSD-3-Clause */
/* core_width.h - how much of a processor core this thread has at the moment, without asking the machine. */
#ifndef DEED_BENCH_CORE_WIDTH_H
#define DEED_BENCH_CORE_WIDTH_H

#ifdef __cplusplus
extern "C" {
#endif

/* Additions that the core does at a time: the time of additions that wait for each other over the time of as many that
 * do not. The first is the clock of the core, whatever else runs; the second needs its arithmetic units, which the two
 * hyperthreads of a core share. So the clock's speed cancels out, and a busy sibling shows as about half the width.
 * Takes about 0.2 ms. */
double bench_core_width(void);

#ifdef __cplusplus
}
#endif

#endif
