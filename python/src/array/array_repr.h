/* SPDX-License-Identifier: BSD-3-Clause */
/* array_repr.h - the text of a deed.Array. */
#ifndef DEEDPY_ARRAY_REPR_H
#define DEEDPY_ARRAY_REPR_H

#include "base/module_state.h"

/* repr(self), as <deed.Array real64 shape=(3,) bounds=(1:3) ...>. */
PyObject *deedpy_array_repr(PyObject *self);

#endif
