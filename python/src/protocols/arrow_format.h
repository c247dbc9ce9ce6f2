/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_format.h - the types of deed and the format strings of Arrow. */
#ifndef DEEDPY_ARROW_FORMAT_H
#define DEEDPY_ARROW_FORMAT_H

#include "base/module_state.h"

/* "g" for real64, ...; NULL if Arrow has no such type. Never freed. */
const char *deedpy_arrow_format(enum deed_dtype dtype);

/* The deed type of a format; 0 if deed has none. */
enum deed_dtype deedpy_dtype_of_arrow(const char *format);

#endif
