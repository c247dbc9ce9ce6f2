/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_format.h - the format strings of the buffer protocol that say the types of deed. */
#ifndef DEEDPY_BUFFER_FORMAT_H
#define DEEDPY_BUFFER_FORMAT_H

#include "base/dtype_map.h"

#define DEEDPY_FORMAT_BYTES 40 /* the longest: an opaque element, with a count of 19 digits */

/* Write the format of an element to text, which has DEEDPY_FORMAT_BYTES. An opaque one is one field: NumPy
 * neither copies nor compares a byte without a name. 0, or -1 with DtypeError if there is none. */
int deedpy_format_of(const struct module_state *state, struct deedpy_element element, char *text);

#endif
