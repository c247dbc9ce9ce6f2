/* SPDX-License-Identifier: BSD-3-Clause */
/* module.h - the state of the extension module: what its functions need from Python. */
#ifndef DEEDPY_MODULE_H
#define DEEDPY_MODULE_H

#include <deed/deed.h>

#include "numpy_api.h"

struct module_state {
  PyTypeObject *array_type; /* deed.Array */
  PyObject *make_error;     /* deed.errors.make_error(status, message, holders, holder_count) */
  PyObject *holder_type;    /* deed.accounts.Holder */
  PyObject *entry_type;     /* deed.accounts.LedgerEntry */
  PyObject *counts_type;    /* deed.accounts.Counts */
  PyObject *c_uint64;       /* ctypes.c_uint64 */
  PyObject *package_folder; /* str; the frames of files in it are not callers */
};

struct module_state *deedpy_state(PyObject *module);

#endif
