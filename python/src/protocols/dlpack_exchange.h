/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_exchange.h - what deed.Array offers to C code of other libraries under __dlpack_c_exchange_api__. */
#ifndef DEEDPY_DLPACK_EXCHANGE_H
#define DEEDPY_DLPACK_EXCHANGE_H

#include "base/module_state.h"

/* Set the attribute of the type, a capsule. 0, or -1 with an exception. */
int deedpy_dl_exchange_add(PyTypeObject *array_type);

#endif
