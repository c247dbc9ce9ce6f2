/* SPDX-License-Identifier: BSD-3-Clause */
/* function_entry.c - native functions are entered by a plain call where the arguments fit into registers, else by
 * libffi, which takes longer than the rest of a call.
 *
 * On x86-64 and AArch64 the n-th integer or pointer has its place whatever reals stand between, the n-th real as well,
 * and a function looks only at the places of its own arguments. So one call that fills all of them suits every
 * function. (The last two integers of x86-64 go to the stack, and no real does before them.) */
#include "function_entry.h"

#include <string.h>

#if defined(__LP64__) && (defined(__x86_64__) || (defined(__aarch64__) && defined(__AARCH64EL__)))
#define HAS_DIRECT_CALL 1
#else
#define HAS_DIRECT_CALL 0
#endif

enum { INTEGERS = 8, REALS = 8 };

struct registers {
  int64_t i[INTEGERS];
  double r[REALS]; /* a real32 in the lower half */
};

#define EIGHT(type) type, type, type, type, type, type, type, type
#define ALL(a) a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]

union direct {
  void (*address)(void);
  int64_t (*integers)(EIGHT(int64_t));
  double (*integers_to_real)(EIGHT(int64_t));
  int64_t (*all)(EIGHT(int64_t), EIGHT(double));
  double (*all_to_real)(EIGHT(int64_t), EIGHT(double));
};

static int is_real(const ffi_type *type) { return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE; }

static int is_integer(const ffi_type *type) {
  return type->type == FFI_TYPE_POINTER || (type->type >= FFI_TYPE_UINT8 && type->type <= FFI_TYPE_SINT64);
}

/* Give each argument its place; 0 if one has none. */
static int place_all(struct deedpy_entry *entry) {
  int integers = 0;
  int reals = 0;
  for (int k = 0; k < entry->count; ++k) {
    if (is_real(entry->types[k])) {
      entry->place[k] = (unsigned char)(INTEGERS + reals++);
    } else if (is_integer(entry->types[k])) {
      entry->place[k] = (unsigned char)integers++;
    } else {
      return 0;
    }
  }
  entry->has_reals = reals > 0;
  return integers <= INTEGERS && reals <= REALS;
}

int deedpy_entry_prepare(struct deedpy_entry *entry) {
  const ffi_type *result = entry->result;
  int is_simple = result->type == FFI_TYPE_VOID || is_real(result) || is_integer(result);
  entry->is_direct = HAS_DIRECT_CALL && is_simple && place_all(entry);
  return ffi_prep_cif(&entry->cif, FFI_DEFAULT_ABI, (unsigned)entry->count, entry->result, entry->types) == FFI_OK ? 0
                                                                                                                   : -1;
}

static void call_directly(const struct deedpy_entry *entry, void **values, void *result) {
  union direct direct = {.address = entry->address};
  struct registers registers = {{0}, {0}};
  for (int k = 0; k < entry->count; ++k) memcpy((char *)&registers + 8 * entry->place[k], values[k], 8);
  if (is_real(entry->result)) {
    double real = entry->has_reals ? direct.all_to_real(ALL(registers.i), ALL(registers.r))
                                   : direct.integers_to_real(ALL(registers.i));
    memcpy(result, &real, sizeof real);
  } else {
    int64_t integer =
        entry->has_reals ? direct.all(ALL(registers.i), ALL(registers.r)) : direct.integers(ALL(registers.i));
    memcpy(result, &integer, sizeof integer);
  }
}

void deedpy_entry_call(struct deedpy_entry *entry, void **values, void *result) {
  if (entry->is_direct) {
    call_directly(entry, values, result);
  } else {
    ffi_call(&entry->cif, entry->address, result, values);
  }
}
