/* SPDX-License-Identifier: BSD-3-Clause */
/* python_owner.h - Python objects whose memory deed holds, and how they are let go in any thread. */
#ifndef DEEDPY_PYTHON_OWNER_H
#define DEEDPY_PYTHON_OWNER_H

#include "claims/memory_root.h"

/* A Python object kept because its memory is in a block: adopted (the context of the release callback) or lent (kept by
 * the Array that has the title, and the context of the release callback once that Array is gone). All that letting go
 * needs is allocated beforehand, so that it cannot fail. A protocol that has more to keep than the object (a buffer, a
 * tensor) begins a struct of its own with this one. */
struct deedpy_keep {
  struct deedpy_keep *next;
  void (*end)(struct deedpy_keep *keep); /* ends what the protocol keeps; NULL: nothing. May run any Python code */
  PyObject *object;                      /* a reference, or NULL when the protocol keeps all there is */
  int (*visit)(struct deedpy_keep *keep, visitproc visit,
               void *arg); /* what else it holds, for the collector; or NULL */
  struct deedpy_root root; /* of the memory of an ndarray; else nothing */
  int life;                /* of the interpreter that the object belongs to */
};

/* Keep an object, in a struct of size_bytes that begins with a keep and is otherwise zero. object may be NULL. NULL
 * with MemoryError. Needs the GIL, as do all of these but deedpy_owner_release. */
void *deedpy_keep_new_as(size_t size_bytes, PyObject *object, void (*end)(struct deedpy_keep *keep));

/* Keep an ndarray, which cannot be resized meanwhile, nor what its memory belongs to. NULL with an exception. */
struct deedpy_keep *deedpy_keep_ndarray(PyObject *ndarray);

/* End the keep and give the object back as a new reference, NULL if there is none. */
PyObject *deedpy_keep_give_back(struct deedpy_keep *keep);

/* Show the collector what is kept. */
int deedpy_keep_traverse(struct deedpy_keep *keep, visitproc visit, void *arg);

/* Let the object go. A pending exception stays as it was. */
void deedpy_keep_drop(struct deedpy_keep *keep);

/* The release callback of adopted objects, and of lent ones whose Array is gone; context is the keep. Any thread, with
 * or without the GIL, at any time:
 * - this thread is attached to the interpreter: lets go at once;
 * - the interpreter runs, elsewhere: queues, and asks the interpreter to drain the queue soon: its main thread does
 * when it runs pending calls (before Python 3.13, when it has next got the GIL), or any thread that calls deed before;
 * - the object's interpreter has ended or is about to, even if another one runs by now: counts as abandoned, here and
 *   in the core. Never waits for the GIL. */
void deedpy_owner_release(void *data, void *context);

/* Let go what is queued. */
void deedpy_drain(void);

/* Queued and not yet drained; abandoned since the module was loaded. */
int64_t deedpy_queued_count(void);
int64_t deedpy_abandoned_count(void);

/* Begin to accept releases from other threads, until the interpreter runs its atexit functions.
 * 0, or -1 with an exception. */
int deedpy_owner_open(PyObject *module);

#endif
