/* SPDX-License-Identifier: BSD-3-Clause */
/* plugin.c - a library whose constructor runs a function of the program, while the loader has its lock. */
void in_constructor(void);

__attribute__((constructor)) static void begin_plugin(void) { in_constructor(); }
