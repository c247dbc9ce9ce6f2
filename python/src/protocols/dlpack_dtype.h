/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_dtype.h - the types of deed and those of DLPack. */
#ifndef DEEDPY_DLPACK_DTYPE_H
#define DEEDPY_DLPACK_DTYPE_H

#include "base/module_state.h"
#include "protocols/dlpack_abi.h"

/* The DLPack type of a deed type. 0, or -1 (and no exception) if DLPack has none. */
int deedpy_dl_dtype(enum deed_dtype dtype, struct dl_dtype *out);

/* The deed type of a DLPack type; 0 if deed has none: several lanes, less than a byte, 8-bit reals. */
enum deed_dtype deedpy_dtype_of_dl(struct dl_dtype dtype);

#endif
