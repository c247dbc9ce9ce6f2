/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_format_in.h - what a format string of the buffer protocol means. */
#ifndef DEEDPY_BUFFER_FORMAT_IN_H
#define DEEDPY_BUFFER_FORMAT_IN_H

#include "base/dtype_map.h"

/* The element that a format (borrows; NULL means bytes) and an item size mean together. Records are opaque. The gaps
 * that ctypes leaves in records without saying so are known. 0, or -1 with DtypeError that says why deed cannot hold
 * it, or that the format has another size. */
int deedpy_element_of_format(const struct module_state *state, const char *format, int64_t size_bytes,
                             struct deedpy_element *element);

#endif
