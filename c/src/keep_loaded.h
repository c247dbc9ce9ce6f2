/* SPDX-License-Identifier: BSD-3-Clause */
/* keep_loaded.h - code that must not be unloaded while it may be called, and what is never unloaded. */
#ifndef DEED_KEEP_LOADED_H
#define DEED_KEEP_LOADED_H

#include <stdbool.h>

/* A function that will be called later. */
typedef void (*deed__code)(void);

/* Keep the library that has this function loaded until the process ends; does nothing for code of the program itself,
 * code that no library has, and systems without such a thing. For ever, because the last claim may be ended by that
 * very library: it must not be unmapped as the call returns. Any thread. */
void deed__keep_loaded(deed__code code);

/* Is this address in a part of the program itself that nobody writes to? What is there stays as it is. */
bool deed__is_program_constant(const void *address);

#endif
