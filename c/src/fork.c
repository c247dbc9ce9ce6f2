/* SPDX-License-Identifier: BSD-3-Clause */
/* fork.c - the locks of the core while the process forks, and what the child begins with. */
#include <pthread.h>

#include "claim.h"
#include "name_table.h"
#include "recall_wait.h"
#include "verbs.h"

/* The order of locks is that of ARCHITECTURE.md. */
static void lock_all(void) {
  deed__names_lock();
  deed__claims_lock();
  deed__blocks_lock();
}

static void unlock_all(void) {
  deed__blocks_unlock();
  deed__claims_unlock();
  deed__names_unlock();
}

/* A mutex may be unlocked by the child's only thread, which is a copy of the one that locked it. */
static void begin_child(void) {
  deed__blocks_unlock();
  deed__claims_unlock();
  deed__names_renew_lock();
  deed__recall_forget_waiters();
  deed__blocks_become_inherited();
  deed__claims_unseize_all();
}

/* It fails only for want of memory while the library is loaded; children are then as unprotected as without it. */
void deed__watch_forks(void) { (void)pthread_atfork(lock_all, unlock_all, begin_child); }
