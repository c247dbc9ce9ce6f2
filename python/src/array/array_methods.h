/* SPDX-License-Identifier: BSD-3-Clause */
/* array_methods.h - the methods of deed.Array. */
#ifndef DEEDPY_ARRAY_METHODS_H
#define DEEDPY_ARRAY_METHODS_H

#include "base/module_state.h"

/* The table of the type. */
extern PyMethodDef deedpy_array_methods[];

#endif
