/* SPDX-License-Identifier: BSD-3-Clause */
/* array_verbs.h - the verbs that are methods of deed.Array. */
#ifndef DEEDPY_ARRAY_VERBS_H
#define DEEDPY_ARRAY_VERBS_H

#include "base/module_state.h"

/* The methods of the type. */
extern PyMethodDef deedpy_array_methods[];

#endif
