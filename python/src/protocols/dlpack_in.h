/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_in.h - a DLPack tensor of another library on its way into deed. */
#ifndef DEEDPY_DLPACK_IN_H
#define DEEDPY_DLPACK_IN_H

#include "protocols/dlpack_abi.h"
#include "protocols/import.h"

/* The protocol: objects with __dlpack__, and capsules of either form. The tensor is taken only when all of it has been
 * found good; otherwise its producer's capsule still has it. Its deleter runs once, in a thread that is attached to the
 * interpreter. The unversioned form does not say whether the memory may be written: it is read-only here. */
int deedpy_import_dlpack(struct module_state *state, PyObject *object, struct deedpy_import *import);

/* The same for a tensor that comes without a capsule. Takes managed on success: 0, or -1 with an exception. */
int deedpy_import_managed(struct module_state *state, struct dl_managed_versioned *managed,
                          struct deedpy_import *import);

/* Make ready what every producer is asked with. 0, or -1 with an exception. */
int deedpy_dlpack_prepare(struct module_state *state);

#endif
