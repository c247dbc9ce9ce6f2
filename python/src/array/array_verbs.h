/* SPDX-License-Identifier: BSD-3-Clause */
/* array_verbs.h - the verbs that are methods of deed.Array. */
#ifndef DEEDPY_ARRAY_VERBS_H
#define DEEDPY_ARRAY_VERBS_H

#include "base/module_state.h"

PyObject *deedpy_array_share_method(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords);
PyObject *deedpy_array_transfer(PyObject *self, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_array_reclaim(PyObject *self, PyObject *unused);
PyObject *deedpy_array_recall(PyObject *self, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_array_release(PyObject *self, PyObject *unused);
PyObject *deedpy_array_publish(PyObject *self, PyObject *name);
PyObject *deedpy_array_withdraw(PyObject *self, PyObject *unused);
PyObject *deedpy_array_copy_method(PyObject *self, PyObject *arguments, PyObject *keywords);

/* __copy__ and __deepcopy__. */
PyObject *deedpy_array_copy_protocol(PyObject *self, PyObject *unused);

PyObject *deedpy_array_holders(PyObject *self, PyObject *unused);

/* __enter__ and __exit__: the with statement releases. */
PyObject *deedpy_array_enter(PyObject *self, PyObject *unused);
PyObject *deedpy_array_leave(PyObject *self, PyObject *exception);

#endif
