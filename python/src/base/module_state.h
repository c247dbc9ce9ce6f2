/* SPDX-License-Identifier: BSD-3-Clause */
/* module_state.h - the state of the extension module: what its functions need from Python. */
#ifndef DEEDPY_MODULE_STATE_H
#define DEEDPY_MODULE_STATE_H

#include <deed/deed.h>

#include "base/numpy_api.h"
#include "base/told_number.h"

/* A place in Python that called deed before; its line is found by a search that is long in long functions. */
struct known_place {
  PyCodeObject *code; /* a reference, so that no other code can have its address; NULL: empty */
  int instruction;
  int is_own;      /* code of this package, which is no caller */
  int is_recorded; /* the file name of site is the core's copy */
  struct deed_site site;
};

#define KNOWN_PLACES 64

struct module_state {
  PyTypeObject *array_type;      /* deed.Array */
  PyTypeObject *function_type;   /* deed.Function */
  PyTypeObject *weak_type;       /* deed.Weak */
  PyTypeObject *held_claim_type; /* of the base of ndarrays */
  PyObject *make_error;          /* deed.errors.make_error(status, message, holders, holder_count) */
  PyObject *holder_type;         /* deed.accounts.Holder */
  PyObject *entry_type;          /* deed.accounts.LedgerEntry */
  PyObject *counts_type;         /* deed.accounts.Counts */
  PyObject *c_uint64;            /* ctypes.c_uint64 */
  PyObject *package_folder;      /* str; the frames of files in it are not callers */
  PyObject *dlpack_version;      /* what producers are asked for, (major, minor) */
  PyObject *dlpack_keywords;     /* and how: the names of the arguments of __dlpack__ */
  struct known_place places[KNOWN_PLACES];
  struct told_numbers told;
};

static inline struct module_state *deedpy_state(PyObject *module) { return PyModule_GetState(module); }

/* Of an object whose type the module has made; NULL while the interpreter ends, once the module has gone before it. */
static inline struct module_state *deedpy_state_of(PyObject *self) {
  PyObject *module = ((PyHeapTypeObject *)Py_TYPE(self))->ht_module;
  return module ? deedpy_state(module) : NULL;
}

#endif
