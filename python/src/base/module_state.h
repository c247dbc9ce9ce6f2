/* SPDX-License-Identifier: BSD-3-Clause */
/* module_state.h - the state of the extension module: what its functions need from Python. */
#ifndef DEEDPY_MODULE_STATE_H
#define DEEDPY_MODULE_STATE_H

#include <deed/deed.h>

#include "base/numpy_api.h"
#include "base/told_number.h"

/* A place of the code that was a caller before; line is found by a search that is long in long functions. */
struct known_site {
  PyCodeObject *code; /* a reference, so that no other code can have its address; NULL: empty */
  int instruction;
  int line; /* 0: code of this package, which is no caller */
  const char *file;
};

#define KNOWN_SITES 64

/* The claim of an ndarray, kept by its Array: idle_claim.h. */
struct idle_claim {
  struct array_object *array; /* borrowed, it lets go when it ends; NULL: empty */
  PyObject *held;             /* a reference to the held claim */
  struct deed_array claim;    /* its claim */
  PyCodeObject *code;         /* where it was made, a reference; NULL: not in Python */
  int line;
};

#define IDLE_CLAIMS 64

struct idle_claims {
  struct idle_claim claims[IDLE_CLAIMS];
  unsigned next;
  int is_closed;
};

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
  struct known_site sites[KNOWN_SITES];
  struct idle_claims idle;
  struct told_numbers told;
};

static inline struct module_state *deedpy_state(PyObject *module) { return PyModule_GetState(module); }

/* Of an object whose type the module has made. */
static inline struct module_state *deedpy_state_of(PyObject *self) { return PyType_GetModuleState(Py_TYPE(self)); }

#endif
