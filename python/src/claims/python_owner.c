/* SPDX-License-Identifier: BSD-3-Clause */
/* python_owner.c - Python objects whose memory deed holds, and how they are let go in any thread.
 *
 * A thread without the interpreter must not touch it and must not wait for it (the holder of the GIL may be waiting for
 * that thread). It pushes the object on a lock-free stack instead. The gate tells it whether there will be someone to
 * drain the stack: it is closed by an atexit function, while the interpreter is still whole, and closing waits for the
 * threads that are inside. So no thread asks a dying interpreter for a pending call.
 *
 * A program may end the interpreter and begin another, while deed and its blocks live on. What belongs to an earlier
 * life of the interpreter is never touched again. */
#include "claims/python_owner.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#ifndef _WIN32
#include <pthread.h>
#endif

#include "claims/held_claim.h"

static _Atomic(struct deedpy_keep *) queue;
static atomic_bool is_scheduled;
static _Atomic int64_t queued_count;
static _Atomic int64_t abandoned_count;
static atomic_bool gate_is_open;
static atomic_int threads_inside;
static atomic_int life;

int64_t deedpy_queued_count(void) { return atomic_load(&queued_count); }

int64_t deedpy_abandoned_count(void) { return atomic_load(&abandoned_count); }

void *deedpy_keep_new_as(size_t size_bytes, PyObject *object, void (*end)(struct deedpy_keep *keep)) {
  struct deedpy_keep *keep = calloc(1, size_bytes);
  if (!keep) {
    PyErr_NoMemory();
    return NULL;
  }
  keep->end = end;
  keep->life = atomic_load(&life);
  keep->object = Py_XNewRef(object);
  return keep;
}

struct deedpy_keep *deedpy_keep_ndarray(PyObject *ndarray) {
  struct deedpy_keep *keep = deedpy_keep_new_as(sizeof *keep, ndarray, NULL);
  if (!keep) return NULL;
  if (deedpy_root_hold(&keep->root, ndarray) == 0) return keep;
  deedpy_keep_drop(keep);
  return NULL;
}

static void free_keep(struct deedpy_keep *keep) {
  deedpy_root_free(&keep->root);
  free(keep);
}

PyObject *deedpy_keep_give_back(struct deedpy_keep *keep) {
  if (keep->end) keep->end(keep);
  deedpy_root_end(&keep->root);
  PyObject *object = keep->object;
  free_keep(keep);
  return object;
}

int deedpy_keep_traverse(struct deedpy_keep *keep, visitproc visit, void *arg) {
  if (keep->object && deedpy_root_visit(keep->object, visit, arg) != 0) return -1;
  if (deedpy_root_traverse(&keep->root, visit, arg) != 0) return -1;
  return keep->visit ? keep->visit(keep, visit, arg) : 0;
}

void deedpy_keep_drop(struct deedpy_keep *keep) {
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  Py_XDECREF(deedpy_keep_give_back(keep));
  PyErr_Restore(type, value, traceback);
}

/* Only pointers are compared: before Python 3.12 the current thread state may be that of another thread. */
static int is_attached(void) {
#if PY_VERSION_HEX >= 0x030D0000
  PyThreadState *current = PyThreadState_GetUnchecked();
#else
  PyThreadState *current = _PyThreadState_UncheckedGet();
#endif
  return current && current == PyGILState_GetThisThreadState();
}

static void drop_queue(void) {
  struct deedpy_keep *keep = atomic_exchange(&queue, NULL);
  while (keep) {
    struct deedpy_keep *next = keep->next;
    deedpy_keep_drop(keep);
    atomic_fetch_sub(&queued_count, 1);
    keep = next;
  }
}

void deedpy_drain(void) {
  if (atomic_load_explicit(&queue, memory_order_relaxed)) drop_queue();
}

static int run_pending_call(void *unused) {
  (void)unused;
  atomic_store(&is_scheduled, false);
  deedpy_drain();
  return 0;
}

static void push(struct deedpy_keep *keep) {
  keep->next = atomic_load_explicit(&queue, memory_order_relaxed);
  while (!atomic_compare_exchange_weak(&queue, &keep->next, keep)) {
  }
}

/* When the interpreter's list of pending calls is full, the queue waits for the next call of deed. */
static void enqueue(struct deedpy_keep *keep) {
  atomic_fetch_add(&queued_count, 1);
  push(keep);
  if (!atomic_exchange(&is_scheduled, true) && Py_AddPendingCall(run_pending_call, NULL) != 0) {
    atomic_store(&is_scheduled, false);
  }
}

static void abandon(struct deedpy_keep *keep) {
  atomic_fetch_add(&abandoned_count, 1);
  deed_note_abandoned();
  free_keep(keep);
}

static int is_of_this_life(const struct deedpy_keep *keep) { return keep->life == atomic_load(&life); }

void deedpy_owner_release(void *data, void *context) {
  (void)data;
  struct deedpy_keep *keep = context;
  if (is_of_this_life(keep) && is_attached()) {
    deedpy_keep_drop(keep);
    return;
  }
  atomic_fetch_add(&threads_inside, 1);
  if (atomic_load(&gate_is_open) && is_of_this_life(keep)) {
    enqueue(keep);
  } else {
    abandon(keep);
  }
  atomic_fetch_sub(&threads_inside, 1);
}

static PyObject *close_gate(PyObject *module, PyObject *unused) {
  (void)module;
  (void)unused;
  deedpy_spare_claims_close();
  atomic_store(&gate_is_open, false);
  PyThreadState *thread = PyEval_SaveThread();
  while (atomic_load(&threads_inside) > 0) {
  }
  PyEval_RestoreThread(thread);
  deedpy_drain();
  Py_RETURN_NONE;
}

/* The last thing that the interpreter does; nothing of it may be used here. */
static void end_life(void) {
  atomic_store(&gate_is_open, false);
  atomic_fetch_add(&life, 1);
}

#ifndef _WIN32
/* The threads that were inside when the process forked do not exist in the child, nor do its pending calls. What is
 * queued is the parent's to let go. */
static void begin_child(void) {
  atomic_store(&threads_inside, 0);
  atomic_store(&is_scheduled, false);
  atomic_store(&queue, NULL);
  atomic_store(&queued_count, 0);
}
#endif

static int register_close(PyObject *for_module) {
  static PyMethodDef close_definition = {"_close_gate", close_gate, METH_NOARGS, NULL};
  PyObject *function = PyCFunction_New(&close_definition, for_module);
  PyObject *module = function ? PyImport_ImportModule("atexit") : NULL;
  PyObject *result = module ? PyObject_CallMethod(module, "register", "O", function) : NULL;
  int status = result ? 0 : -1;
  Py_XDECREF(result);
  Py_XDECREF(module);
  Py_XDECREF(function);
  return status;
}

int deedpy_owner_open(PyObject *module) {
#ifndef _WIN32
  static int is_registered;
  if (!is_registered && pthread_atfork(NULL, NULL, begin_child) != 0) {
    PyErr_NoMemory();
    return -1;
  }
  is_registered = 1;
#endif
  if (Py_AtExit(end_life) != 0) {
    PyErr_SetString(PyExc_ImportError, "deed: the interpreter has no room for one more exit function (Py_AtExit)");
    return -1;
  }
  if (register_close(module) != 0) return -1;
  deedpy_spare_claims_open();
  atomic_store(&gate_is_open, true);
  return 0;
}
