/* SPDX-License-Identifier: BSD-3-Clause */
/* hot.h - what is called often, and what is called only when something has failed or run out. */
#ifndef DEED_HOT_H
#define DEED_HOT_H

#if defined(__GNUC__)
/* All that it calls becomes part of it, where the compiler or the linker sees that. */
#define DEED__HOT __attribute__((flatten))
/* Never becomes part of what calls it. */
#define DEED__APART __attribute__((noinline))
/* The same, and hardly ever called. */
#define DEED__COLD __attribute__((cold, noinline))
#else
#define DEED__HOT
#define DEED__APART
#define DEED__COLD
#endif

#endif
