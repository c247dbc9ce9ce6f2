/* SPDX-License-Identifier: BSD-3-Clause */
/* word_wait.h - a thread waits until another one changes a word, or has done something that takes no time.
 *
 * Nothing here is a cancellation point, holds a lock or changes errno. Times are those of the monotonic clock. */
#ifndef DEED_WORD_WAIT_H
#define DEED_WORD_WAIT_H

#include <stdatomic.h>
#include <stdint.h>

#define DEED__LONGEST_WAIT_NS (INT64_C(3600) * 1000000000)

/* Wait while word is value, but no longer than at_most_ns (above 0, and no more than the longest wait). May return for
 * no reason. Who changes the word wakes afterwards. */
void deed__word_wait(_Atomic uint32_t *word, uint32_t value, int64_t at_most_ns);

/* Wake all who wait for a change of word. */
void deed__word_wake(_Atomic uint32_t *word);

/* One of several rounds, from 0, of waiting for a thread that is done after some dozens of instructions. It may have
 * been interrupted by this one, which has a higher priority: so the later rounds sleep. */
void deed__wait_round(int round);

#endif
