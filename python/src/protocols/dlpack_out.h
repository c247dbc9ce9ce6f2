/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_out.h - an array of deed as a DLPack tensor. */
#ifndef DEEDPY_DLPACK_OUT_H
#define DEEDPY_DLPACK_OUT_H

#include "claims/array_object.h"
#include "protocols/dlpack_abi.h"

/* The methods __dlpack__ and __dlpack_device__ of deed.Array. */
PyObject *deedpy_array_dlpack(PyObject *self, PyObject *arguments, PyObject *keywords);
PyObject *deedpy_array_dlpack_device(PyObject *self, PyObject *unused);

/* A tensor that has a claim of its own on the elements of array. Its deleter ends the claim, in any thread, with or
 * without the interpreter. flags: DL_IS_COPIED or 0; DL_READ_ONLY is added where it is true. NULL with BufferError if
 * DLPack cannot say what the array is, or another exception. */
struct dl_managed_versioned *deedpy_dl_export(struct module_state *state, struct deed_array array, uint64_t flags);

#endif
