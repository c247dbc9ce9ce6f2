/* SPDX-License-Identifier: BSD-3-Clause */
/* reader_lock.c - in each slot readers count themselves as they come and as they go. A writer leaves a mark among the
 * former: who came before it is waited for, who comes after it waits until the mark is gone or is that of the next
 * writer, who must wait for them (a phase-fair lock, after Brandenburg and Anderson 2010).
 *
 * Whoever is waited for changes a word and then looks for those who wait; these say so and then look at the word. All
 * four are sequentially consistent, so one of the two sees the other. */
#include "reader_lock.h"

#include "word_wait.h"

#define WRITER 1u
#define PHASE 2u /* every other writer has this too */
#define MARK (WRITER | PHASE)
#define READER 4u

/* The slot of a thread, plus one; 0 before it has read. Threads take them in turn. */
static _Thread_local uint32_t own_slot;
static _Atomic uint32_t next_slot;

static uint32_t slot_of_thread(void) {
  if (own_slot == 0) own_slot = 1 + atomic_fetch_add(&next_slot, 1) % DEED__READER_SLOTS;
  return own_slot - 1;
}

static void wait_for_writer(_Atomic uint32_t *came, uint32_t mark) {
  for (;;) {
    uint32_t now = atomic_load(came);
    if ((now & MARK) != mark) return;
    deed__word_wait(came, now, DEED__LONGEST_WAIT_NS);
  }
}

void deed__reader_lock_read(struct deed__reader_lock *lock) {
  _Atomic uint32_t *came = &lock->slots[slot_of_thread()].came;
  uint32_t mark = atomic_fetch_add(came, READER) & MARK;
  if (mark) wait_for_writer(came, mark);
}

void deed__reader_unlock_read(struct deed__reader_lock *lock) {
  uint32_t slot = slot_of_thread();
  atomic_fetch_add(&lock->slots[slot].gone, READER);
  if (atomic_load(&lock->slots[slot].came) & WRITER) deed__word_wake(&lock->slots[slot].gone);
}

static void wait_until(_Atomic uint32_t *word, uint32_t wanted) {
  for (uint32_t now; (now = atomic_load(word)) != wanted;) deed__word_wait(word, now, DEED__LONGEST_WAIT_NS);
}

static uint32_t mark_of(uint32_t ticket) { return ticket & 1 ? MARK : WRITER; }

void deed__reader_lock_write(struct deed__reader_lock *lock) {
  uint32_t ticket = atomic_fetch_add(&lock->tickets, 1);
  wait_until(&lock->turn, ticket);
  for (int slot = 0; slot < DEED__READER_SLOTS; ++slot) {
    lock->slots[slot].came_before = atomic_fetch_add(&lock->slots[slot].came, mark_of(ticket));
  }
  for (int slot = 0; slot < DEED__READER_SLOTS; ++slot) {
    wait_until(&lock->slots[slot].gone, lock->slots[slot].came_before);
  }
}

void deed__reader_unlock_write(struct deed__reader_lock *lock) {
  uint32_t ticket = atomic_load(&lock->turn);
  for (int slot = 0; slot < DEED__READER_SLOTS; ++slot) {
    _Atomic uint32_t *came = &lock->slots[slot].came;
    uint32_t before = atomic_fetch_sub(came, mark_of(ticket)) - mark_of(ticket);
    if (before != lock->slots[slot].came_before) deed__word_wake(came);
  }
  atomic_store(&lock->turn, ticket + 1);
  if (atomic_load(&lock->tickets) != ticket + 1) deed__word_wake(&lock->turn);
}

void deed__reader_lock_renew(struct deed__reader_lock *lock) {
  for (int slot = 0; slot < DEED__READER_SLOTS; ++slot) {
    atomic_store(&lock->slots[slot].came, 0);
    atomic_store(&lock->slots[slot].gone, 0);
  }
  atomic_store(&lock->tickets, 0);
  atomic_store(&lock->turn, 0);
}
