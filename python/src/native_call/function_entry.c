/* SPDX-License-Identifier: BSD-3-Clause */
/* function_entry.c - native functions are entered by a plain call where the arguments fit into registers, else by
 * libffi, which takes longer than the rest of a call.
 *
 * On x86-64 and AArch64 the n-th integer or pointer has its register whatever reals stand between, the n-th real as
 * well, and a function looks only at the registers of its own arguments. So one call that fills all of them suits every
 * function. (The last two integers of x86-64 go to the stack, and no real does before them.) */
#include "native_call/function_entry.h"

#include "base/compiler.h"

#if defined(__LP64__) && (defined(__x86_64__) || (defined(__aarch64__) && defined(__AARCH64EL__)))
#define HAS_DIRECT_CALL 1
#else
#define HAS_DIRECT_CALL 0
#endif

#define SIX(type) type, type, type, type, type, type
#define EIGHT(type) SIX(type), type, type
#define FIRST_SIX(value) value(0), value(1), value(2), value(3), value(4), value(5)
#define ALL(value) FIRST_SIX(value), value(6), value(7)

/* Most functions have few arguments: no more than six integers, which are all in registers, and two reals. */
union direct {
  void (*address)(void);
  int64_t (*few)(SIX(int64_t), double, double);
  double (*few_to_real)(SIX(int64_t), double, double);
  int64_t (*all)(EIGHT(int64_t), EIGHT(double));
  double (*all_to_real)(EIGHT(int64_t), EIGHT(double));
};

static int is_real(const ffi_type *type) { return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE; }

static int is_integer(const ffi_type *type) {
  return type->type == FFI_TYPE_POINTER || (type->type >= FFI_TYPE_UINT8 && type->type <= FFI_TYPE_SINT64);
}

_Static_assert(sizeof(struct deedpy_passed[DEEDPY_MAX_ARGUMENTS]) <= UINT16_MAX, "an offset needs two bytes");

uint16_t deedpy_value_offset_bytes(int n) {
  return (uint16_t)((size_t)n * sizeof(struct deedpy_passed) + offsetof(struct deedpy_passed, value));
}

uint16_t deedpy_extent_offset_bytes(int n, int dimension) {
  size_t offset_bytes = offsetof(struct deedpy_passed, shape) + (size_t)dimension * sizeof(npy_intp);
  return (uint16_t)((size_t)n * sizeof(struct deedpy_passed) + offset_bytes);
}

/* Give each argument its register; 0 if one has none. */
static int assign_registers(struct deedpy_entry *entry) {
  int integers = 0;
  int reals = 0;
  for (int k = 0; k < entry->count; ++k) {
    if (is_integer(entry->types[k]) && integers < DEEDPY_INTEGER_REGISTERS) {
      entry->integers_bytes[integers++] = entry->offsets_bytes[k];
    } else if (is_real(entry->types[k]) && reals < DEEDPY_REAL_REGISTERS) {
      entry->reals_bytes[reals++] = entry->offsets_bytes[k];
    } else {
      return 0;
    }
  }
  entry->takes_few = integers <= 6 && reals <= 2;
  return 1;
}

int deedpy_entry_prepare(struct deedpy_entry *entry) {
  const ffi_type *result = entry->result;
  entry->returns_real = is_real(result);
  entry->is_direct = HAS_DIRECT_CALL && (is_real(result) || is_integer(result) || result->type == FFI_TYPE_VOID) &&
                     assign_registers(entry);
  ffi_status status = ffi_prep_cif(&entry->cif, FFI_DEFAULT_ABI, (unsigned)entry->count, entry->result, entry->types);
  return status == FFI_OK ? 0 : -1;
}

static void *at(struct deedpy_passed *passed, uint16_t offset_bytes) { return (char *)passed + offset_bytes; }

#define INTEGER(n) *(const int64_t *)at(passed, entry->integers_bytes[n])
#define REAL(n) *(const double *)at(passed, entry->reals_bytes[n]) /* a real32 is in the lower half of a real64 */

static void call_with_few(const struct deedpy_entry *entry, struct deedpy_passed *passed, union deedpy_scalar *result) {
  union direct direct = {.address = entry->address};
  if (entry->returns_real) {
    result->f64 = direct.few_to_real(FIRST_SIX(INTEGER), REAL(0), REAL(1));
  } else {
    result->i64 = direct.few(FIRST_SIX(INTEGER), REAL(0), REAL(1));
  }
}

static void call_with_all(const struct deedpy_entry *entry, struct deedpy_passed *passed, union deedpy_scalar *result) {
  union direct direct = {.address = entry->address};
  if (entry->returns_real) {
    result->f64 = direct.all_to_real(ALL(INTEGER), ALL(REAL));
  } else {
    result->i64 = direct.all(ALL(INTEGER), ALL(REAL));
  }
}

DEEDPY_NOINLINE static void call_by_libffi(struct deedpy_entry *entry, struct deedpy_passed *passed,
                                           union deedpy_scalar *result) {
  void *values[DEEDPY_MAX_ARGUMENTS];
  for (int k = 0; k < entry->count; ++k) values[k] = at(passed, entry->offsets_bytes[k]);
  ffi_call(&entry->cif, entry->address, result, values);
}

void deedpy_entry_call(struct deedpy_entry *entry, struct deedpy_passed *passed, union deedpy_scalar *result) {
  if (!entry->is_direct) {
    call_by_libffi(entry, passed, result);
  } else if (entry->takes_few) {
    call_with_few(entry, passed, result);
  } else {
    call_with_all(entry, passed, result);
  }
}
