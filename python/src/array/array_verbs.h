/* SPDX-License-Identifier: BSD-3-Clause */
/* array_verbs.h - the verbs that are methods of deed.Array. */
#ifndef DEEDPY_ARRAY_VERBS_H
#define DEEDPY_ARRAY_VERBS_H

#include "array/array_type.h"

/* One more claim like this. writable: as deedpy_rights takes it. */
PyObject *deedpy_array_share(PyObject *self, PyObject *writable);

/* A new array with a copy of the elements. */
PyObject *deedpy_array_copy(PyObject *self, enum deed_order order, enum deed_copy_reason reason);

#endif
