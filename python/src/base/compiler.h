/* SPDX-License-Identifier: BSD-3-Clause */
/* compiler.h - what the compiler is told of a function, where it knows how. */
#ifndef DEEDPY_COMPILER_H
#define DEEDPY_COMPILER_H

#ifdef __GNUC__
/* Of functions that are called often: every callee is inlined, but for those marked DEEDPY_NOINLINE. */
#define DEEDPY_FLATTEN __attribute__((flatten))
#define DEEDPY_NOINLINE __attribute__((noinline))
/* Of functions that refuse: they are rare, so their code is kept out of the way of what is passed. */
#define DEEDPY_COLD __attribute__((cold, noinline))
#else
#define DEEDPY_FLATTEN
#define DEEDPY_NOINLINE
#define DEEDPY_COLD
#endif

#endif
