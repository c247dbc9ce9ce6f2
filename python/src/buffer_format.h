/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_format.h - the types of deed and the format strings of the buffer protocol. */
#ifndef DEEDPY_BUFFER_FORMAT_H
#define DEEDPY_BUFFER_FORMAT_H

#include "dtype_map.h"

#define DEEDPY_FORMAT_BYTES 40 /* the longest: an opaque element, with a count of 19 digits */

/* Write the format of an element to text, which has DEEDPY_FORMAT_BYTES. An opaque one is one field: NumPy
 * neither copies nor compares a byte without a name. 0, or -1 with DtypeError if there is none. */
int deedpy_format_of(const struct module_state *state, struct deedpy_element element, char *text);

/* The element that a format of the buffer protocol means; NULL means bytes. Records are opaque. 0, or -1 with
 * DtypeError that says why deed cannot hold it. */
int deedpy_element_of_format(const struct module_state *state, const char *format, int64_t size_bytes,
                             struct deedpy_element *element);

#endif
