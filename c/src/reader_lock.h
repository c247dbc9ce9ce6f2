/* SPDX-License-Identifier: BSD-3-Clause */
/* reader_lock.h - a lock for many readers and a rare writer that is fair to both. Readers in different threads do not
 * write to the same cache line, as they would with one rwlock: each thread has one of some slots, and a writer goes
 * through them all.
 *
 * Nobody waits for long, whoever else comes: a writer waits for the writers that were there before it, and for the
 * readers that had come when its turn began; a reader waits for one writer. No function is a cancellation point. */
#ifndef DEED_READER_LOCK_H
#define DEED_READER_LOCK_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>

#define DEED__READER_SLOTS 8
#define DEED__CACHE_LINE_BYTES 64

/* Zero is unlocked. */
struct deed__reader_lock {
  struct {
    alignas(DEED__CACHE_LINE_BYTES) _Atomic uint32_t came; /* readers, and in the low bits the writer */
    _Atomic uint32_t gone;                                 /* readers */
    uint32_t came_before;                                  /* the writer's own: readers that it waits for */
  } slots[DEED__READER_SLOTS];
  alignas(DEED__CACHE_LINE_BYTES) _Atomic uint32_t tickets; /* that writers have drawn */
  _Atomic uint32_t turn;                                    /* the ticket of the writer whose turn it is */
};

/* To be read and unlocked in one thread. */
void deed__reader_lock_read(struct deed__reader_lock *lock);
void deed__reader_unlock_read(struct deed__reader_lock *lock);

void deed__reader_lock_write(struct deed__reader_lock *lock);
void deed__reader_unlock_write(struct deed__reader_lock *lock);

/* Unlock in the child of a fork that was locked for writing: who was waiting does not exist there. */
void deed__reader_lock_renew(struct deed__reader_lock *lock);

#endif
