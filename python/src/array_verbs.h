/* SPDX-License-Identifier: BSD-3-Clause */
/* array_verbs.h - the verbs that are methods of deed.Array. */
#ifndef DEEDPY_ARRAY_VERBS_H
#define DEEDPY_ARRAY_VERBS_H

#include "array_type.h"

/* One more claim like this. writable: as deedpy_rights takes it. */
PyObject *deedpy_array_share(PyObject *self, PyObject *writable);

#endif
