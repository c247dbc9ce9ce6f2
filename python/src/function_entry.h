/* SPDX-License-Identifier: BSD-3-Clause */
/* function_entry.h - the address of a native function, and how it is entered. */
#ifndef DEEDPY_FUNCTION_ENTRY_H
#define DEEDPY_FUNCTION_ENTRY_H

#include <ffi.h>
#include <stdint.h>

#define DEEDPY_MAX_ARGUMENTS 32

struct deedpy_entry {
  void (*address)(void);
  ffi_type *types[DEEDPY_MAX_ARGUMENTS]; /* of the arguments, filled by the caller */
  ffi_type *result;                      /* as well */
  int count;
  int is_direct; /* without libffi */
  int has_reals;
  unsigned char place[DEEDPY_MAX_ARGUMENTS]; /* of each argument among the registers */
  ffi_cif cif;
};

/* Decide how to enter a function whose address, types, result and count are filled. 0, or -1 if libffi cannot. */
int deedpy_entry_prepare(struct deedpy_entry *entry);

/* Enter it. values [borrows]: the addresses of the arguments, eight readable bytes or more at each, where an integer is
 * extended to int64. result [fills]: room for any scalar; an integer as wide as ffi_arg. */
void deedpy_entry_call(struct deedpy_entry *entry, void **values, void *result);

#endif
