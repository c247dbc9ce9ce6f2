/* SPDX-License-Identifier: BSD-3-Clause */
/* site.h - the place in Python that calls deed. */
#ifndef DEEDPY_SITE_H
#define DEEDPY_SITE_H

#include "module.h"

/* Language Python, file and line of the innermost frame outside this package. The file name is borrowed from the code
 * that runs: valid for the present call. Every verb that makes a claim begins here, so what other threads have left to
 * release is released here as well. */
struct deed_site deedpy_site(struct module_state *state);

/* Let go the code that is remembered. */
void deedpy_sites_clear(struct module_state *state);

#endif
