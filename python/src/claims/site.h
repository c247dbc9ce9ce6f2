/* SPDX-License-Identifier: BSD-3-Clause */
/* site.h - the place in Python that calls deed. */
#ifndef DEEDPY_SITE_H
#define DEEDPY_SITE_H

#include "base/module_state.h"

/* The place of the innermost frame outside this package. Borrowed, and overwritten when code of Python calls deed
 * again. Every verb that makes a claim begins with this or deedpy_site, so what other threads have left to release is
 * released here. */
const struct known_site *deedpy_place(struct module_state *state);

/* A place as the core records it, with language Python; the file name is borrowed from the code. */
struct deed_site deedpy_site_of(const struct known_site *place);

/* deedpy_place as the core records it. */
struct deed_site deedpy_site(struct module_state *state);

/* Let go the code that is remembered. */
void deedpy_sites_clear(struct module_state *state);

#endif
