/* SPDX-License-Identifier: BSD-3-Clause */
/* reader_lock.h - a lock for many readers and a rare writer. Readers in different threads do not write to the same
 * cache line, as they would with one rwlock: each thread has one of some locks, and a writer takes them all. */
#ifndef DEED_READER_LOCK_H
#define DEED_READER_LOCK_H

#include <pthread.h>
#include <stdalign.h>

#define DEED__READER_SLOTS 8
#define DEED__CACHE_LINE_BYTES 64

struct deed__reader_lock {
  struct {
    alignas(DEED__CACHE_LINE_BYTES) pthread_rwlock_t lock;
  } slots[DEED__READER_SLOTS];
};

#define DEED__READER_SLOT {PTHREAD_RWLOCK_INITIALIZER}
#define DEED__READER_LOCK_INIT                                                                       \
  {                                                                                                  \
    {                                                                                                \
      DEED__READER_SLOT, DEED__READER_SLOT, DEED__READER_SLOT, DEED__READER_SLOT, DEED__READER_SLOT, \
          DEED__READER_SLOT, DEED__READER_SLOT, DEED__READER_SLOT                                    \
    }                                                                                                \
  }

/* To be read and unlocked in one thread. */
void deed__reader_lock_read(struct deed__reader_lock *lock);
void deed__reader_unlock_read(struct deed__reader_lock *lock);

void deed__reader_lock_write(struct deed__reader_lock *lock);
void deed__reader_unlock_write(struct deed__reader_lock *lock);

/* In the child of a fork that was locked for writing: it is not the thread that locked. */
void deed__reader_lock_renew(struct deed__reader_lock *lock);

#endif
