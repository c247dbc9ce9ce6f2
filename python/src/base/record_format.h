/* SPDX-License-Identifier: BSD-3-Clause */
/* record_format.h - the formats that the buffer protocol has for records, as NumPy writes and reads them. */
#ifndef DEEDPY_RECORD_FORMAT_H
#define DEEDPY_RECORD_FORMAT_H

#include "base/module_state.h"

/* The type that NumPy reads a format as. descr [fills, a reference]: NULL if NumPy cannot read it, or reads another
 * size. 0, or -1 with an exception. */
int deedpy_read_format(const char *format, Py_ssize_t size_bytes, PyArray_Descr **descr);

/* A format that NumPy reads as this type, which has fields, but for titles. format [fills]: to be freed with
 * PyMem_Free; NULL if there is none. 0, or -1 with an exception. */
int deedpy_write_format(PyArray_Descr *descr, char **format);

#endif
