/* SPDX-License-Identifier: BSD-3-Clause */
/* version.h - the one place where deed's version is written. CMake and pyproject.toml read it from here. */
#ifndef DEED_VERSION_H
#define DEED_VERSION_H

#define DEED_VERSION "0.1.0"

/* Number of the layout of the public structs. It changes only when a field that exists moves or changes
 * its meaning; a field added at the end of a struct does not change it. */
#define DEED_ABI_VERSION 1

#endif
