/* SPDX-License-Identifier: BSD-3-Clause */
/* function_entry.h - the address of a native function, and how it is entered. */
#ifndef DEEDPY_FUNCTION_ENTRY_H
#define DEEDPY_FUNCTION_ENTRY_H

#include "function_argument.h"

/* The n-th argument that is passed goes to a place of its own: the native function may have another order. */
struct deedpy_entry {
  void (*address)(void);
  ffi_type *types[DEEDPY_MAX_ARGUMENTS]; /* in the order of the native function */
  ffi_type *result;
  int count;
  unsigned char position[DEEDPY_MAX_ARGUMENTS]; /* in the native function, of each that is passed */
  unsigned char place[DEEDPY_MAX_ARGUMENTS];    /* the same: among the integers, or 8 and more: among the reals */
  int is_direct;                                /* without libffi */
  int has_reals;
  int returns_real;
  ffi_cif cif;
};

/* Decide how to enter a function whose address, types, result, count and position are filled. 0, or -1 if libffi
 * cannot. */
int deedpy_entry_prepare(struct deedpy_entry *entry);

/* Enter it. passed [borrows]: the arguments; integers extended to 64 bits. result [fills]: an integer as wide as
 * ffi_arg. */
void deedpy_entry_call(struct deedpy_entry *entry, struct deedpy_passed *passed, union deedpy_scalar *result);

#endif
