/* SPDX-License-Identifier: BSD-3-Clause */
/* keep_loaded.h - code that must not be unloaded while it may be called. */
#ifndef DEED_KEEP_LOADED_H
#define DEED_KEEP_LOADED_H

/* A function that will be called later. */
typedef void (*deed__code)(void);

/* Keep the library that has this function loaded until the process ends; does nothing for code of the program itself,
 * code that no library has, and systems without such a thing. For ever, because the last claim may be ended by that
 * very library: it must not be unmapped as the call returns. Any thread. */
void deed__keep_loaded(deed__code code);

#endif
