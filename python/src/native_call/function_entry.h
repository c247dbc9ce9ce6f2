/* SPDX-License-Identifier: BSD-3-Clause */
/* function_entry.h - the address of a native function, and how it is entered. */
#ifndef DEEDPY_FUNCTION_ENTRY_H
#define DEEDPY_FUNCTION_ENTRY_H

#include "native_call/function_parameter.h"

/* Of a direct call. */
enum { DEEDPY_INTEGER_REGISTERS = 8, DEEDPY_REAL_REGISTERS = 8 };

struct deedpy_entry {
  void (*address)(void);
  int count;
  ffi_type *types[DEEDPY_MAX_ARGUMENTS];        /* in the order of the native function */
  uint16_t offsets_bytes[DEEDPY_MAX_ARGUMENTS]; /* where each of its arguments is, from the first that is passed */
  ffi_type *result;
  int is_direct; /* without libffi */
  int takes_few;
  int returns_real;
  uint16_t integers_bytes[DEEDPY_INTEGER_REGISTERS]; /* offsets of the integers; 0, so any, for what is not used */
  uint16_t reals_bytes[DEEDPY_REAL_REGISTERS];
  ffi_cif cif;
};

/* Where the n-th argument that is passed has its value. */
uint16_t deedpy_value_offset_bytes(int n);

/* Where the n-th has an extent of its shape: a value as well, for what takes it as int64. */
uint16_t deedpy_extent_offset_bytes(int n, int dimension);

/* Decide how to enter a function whose address, types, offsets, result and count are filled. 0, or -1 if libffi
 * cannot. */
int deedpy_entry_prepare(struct deedpy_entry *entry);

/* Enter it. passed [borrows]: the arguments; integers extended to 64 bits, and the first has a value even if there
 * is none. result [fills]: an integer as wide as ffi_arg. */
void deedpy_entry_call(struct deedpy_entry *entry, struct deedpy_passed *passed, union deedpy_scalar *result);

#endif
