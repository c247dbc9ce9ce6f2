/* SPDX-License-Identifier: BSD-3-Clause */
/* share.h - deed.share. */
#ifndef DEEDPY_SHARE_H
#define DEEDPY_SHARE_H

#include "base/module_state.h"

/* A share of a deed.Array or of an ndarray that came from deed; TypeError for anything else. */
PyObject *deedpy_share_function(PyObject *module, PyObject *arguments, PyObject *keywords);

#endif
