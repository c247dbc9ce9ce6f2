/* SPDX-License-Identifier: BSD-3-Clause */
#include "reader_lock.h"

#include <stdatomic.h>
#include <stdint.h>

/* The slot of a thread, plus one; 0 before it has read. Threads take them in turn. */
static _Thread_local uint32_t own_slot;
static _Atomic uint32_t next_slot;

static pthread_rwlock_t *own_lock(struct deed__reader_lock *lock) {
  if (own_slot == 0) {
    own_slot = 1 + atomic_fetch_add_explicit(&next_slot, 1, memory_order_relaxed) % DEED__READER_SLOTS;
  }
  return &lock->slots[own_slot - 1].lock;
}

void deed__reader_lock_read(struct deed__reader_lock *lock) { pthread_rwlock_rdlock(own_lock(lock)); }

void deed__reader_unlock_read(struct deed__reader_lock *lock) { pthread_rwlock_unlock(own_lock(lock)); }

/* Always in the same order, so that two writers do not wait for each other. */
void deed__reader_lock_write(struct deed__reader_lock *lock) {
  for (int slot = 0; slot < DEED__READER_SLOTS; ++slot) pthread_rwlock_wrlock(&lock->slots[slot].lock);
}

void deed__reader_unlock_write(struct deed__reader_lock *lock) {
  for (int slot = 0; slot < DEED__READER_SLOTS; ++slot) pthread_rwlock_unlock(&lock->slots[slot].lock);
}

void deed__reader_lock_renew(struct deed__reader_lock *lock) {
  static const struct deed__reader_lock unlocked = DEED__READER_LOCK_INIT;
  *lock = unlocked;
}
