/* SPDX-License-Identifier: BSD-3-Clause */
/* trace.c - memory of deed's own in Python's tracemalloc.
 *
 * The core does not say when it frees a block, so the trace ends with Python's last claim: what other languages hold
 * alone is not Python's memory. The trace is taken away before that claim ends, because afterwards another thread may
 * have the same address. PyTraceMalloc_Untrack waits for no GIL, so threads without the interpreter may come here. */
#include "claims/trace.h"

#include <stdatomic.h>
#include <stdbool.h>
#ifndef _WIN32
#include <pthread.h>
#endif

#include "claims/holder_tally.h"

/* Held while a claim ends, so that of two that end at once exactly one is seen as Python's last. Nobody waits for the
 * GIL while holding it. */
static PyThread_type_lock lock;

/* False costs the release of a claim one load. */
static atomic_bool is_any_traced;

static void acquire(void) { (void)PyThread_acquire_lock(lock, WAIT_LOCK); }

static void let_go(void) { PyThread_release_lock(lock); }

/* When tracemalloc has stopped, all traces are gone. */
static void untrack(const struct deed_descriptor *descriptor) {
  if (PyTraceMalloc_Untrack(DEEDPY_TRACE_DOMAIN, (uintptr_t)descriptor->block_data) == -2) {
    atomic_store(&is_any_traced, false);
  }
}

/* Nothing but deed's own memory is traced; what else ends may run any code, so it ends without the lock. */
static bool may_be_traced(struct deed_array array, struct deed_descriptor *descriptor) {
  if (!atomic_load_explicit(&is_any_traced, memory_order_relaxed)) return false;
  if (deed_describe(array, descriptor, sizeof *descriptor) != DEED_OK) return false;
  return descriptor->origin == DEED_ORIGIN_MALLOC;
}

/* The trace goes if no claim of Python is left but this one. Where they cannot be counted it stays. */
static void untrack_last(struct deed_array array) {
  struct deed_descriptor descriptor;
  struct deedpy_tally tally;
  if (deed_describe(array, &descriptor, sizeof descriptor) != DEED_OK) return;
  if (deedpy_tally(array, &descriptor, &tally) != DEED_OK) return;
  int is_own = descriptor.language == DEED_LANGUAGE_PYTHON;
  if (tally.claims[DEED_LANGUAGE_PYTHON] <= is_own) untrack(&descriptor);
}

void deedpy_trace_begin(struct deed_array array) {
  struct deed_descriptor descriptor;
  if (deed_describe(array, &descriptor, sizeof descriptor) != DEED_OK || descriptor.block_size_bytes == 0) return;
  acquire();
  int status =
      PyTraceMalloc_Track(DEEDPY_TRACE_DOMAIN, (uintptr_t)descriptor.block_data, (size_t)descriptor.block_size_bytes);
  if (status == 0) atomic_store(&is_any_traced, true);
  let_go();
}

void deedpy_trace_transferred(struct deed_array array) {
  struct deed_descriptor descriptor;
  if (!may_be_traced(array, &descriptor)) return;
  acquire();
  untrack_last(array);
  let_go();
}

void deedpy_trace_given_away(struct deed_array array) {
  struct deed_descriptor descriptor;
  if (!may_be_traced(array, &descriptor)) return;
  acquire();
  untrack(&descriptor);
  let_go();
}

enum deed_status deedpy_trace_release(struct deed_array array, struct deed_error *error) {
  struct deed_descriptor descriptor;
  if (!may_be_traced(array, &descriptor)) return deed_release(array, error);
  acquire();
  untrack_last(array);
  enum deed_status status = deed_release(array, error);
  let_go();
  return status;
}

int deedpy_trace_open(void) {
  if (lock) return 0;
  lock = PyThread_allocate_lock();
#ifndef _WIN32
  /* The thread that forks has the lock, so the child finds it as it should be. */
  if (lock && pthread_atfork(acquire, let_go, let_go) != 0) {
    PyThread_free_lock(lock);
    lock = NULL;
  }
#endif
  if (lock) return 0;
  PyErr_NoMemory();
  return -1;
}
