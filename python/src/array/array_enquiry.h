/* SPDX-License-Identifier: BSD-3-Clause */
/* array_enquiry.h - what a deed.Array tells about itself. */
#ifndef DEEDPY_ARRAY_ENQUIRY_H
#define DEEDPY_ARRAY_ENQUIRY_H

#include "base/module_state.h"

/* __sizeof__. */
PyObject *deedpy_array_size_of(PyObject *self, PyObject *unused);

/* The attributes of the type. */
extern PyGetSetDef deedpy_array_enquiries[];

#endif
