/* SPDX-License-Identifier: BSD-3-Clause */
/* recall_wait.h - a lender waits until the other claims on its memory have ended. */
#ifndef DEED_RECALL_WAIT_H
#define DEED_RECALL_WAIT_H

#include <stdbool.h>
#include <stdint.h>

/* Some block may have become its title holder's alone. Costs one load when nobody waits. */
void deed__recall_wake(void);

/* Call attempt(context) until it returns true or timeout_ms has passed (negative: no limit), each time that something
 * may have changed. No lock is held, and it is no cancellation point. */
void deed__recall_wait(int64_t timeout_ms, bool (*attempt)(void *context), void *context);

/* In the child of a fork: the threads that were waiting do not exist there. */
void deed__recall_forget_waiters(void);

#endif
