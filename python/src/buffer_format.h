/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_format.h - the format strings of the buffer protocol that say the types of deed. */
#ifndef DEEDPY_BUFFER_FORMAT_H
#define DEEDPY_BUFFER_FORMAT_H

#include "dtype_map.h"

#define DEEDPY_FORMAT_BYTES 24 /* the longest: a count of 19 digits and a letter */

/* Write the format of an element to text, which has DEEDPY_FORMAT_BYTES. 0, or -1 with DtypeError if there is none. */
int deedpy_format_of(const struct module_state *state, struct deedpy_element element, char *text);

#endif
