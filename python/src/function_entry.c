/* SPDX-License-Identifier: BSD-3-Clause */
/* function_entry.c - native functions are entered by a plain call where the arguments fit into registers, else by
 * libffi, which takes longer than the rest of a call.
 *
 * On x86-64 and AArch64 the n-th integer or pointer has its place whatever reals stand between, the n-th real as well,
 * and a function looks only at the places of its own arguments. So one call that fills all of them suits every
 * function. (The last two integers of x86-64 go to the stack, and no real does before them.) */
#include "function_entry.h"

#if defined(__LP64__) && (defined(__x86_64__) || (defined(__aarch64__) && defined(__AARCH64EL__)))
#define HAS_DIRECT_CALL 1
#else
#define HAS_DIRECT_CALL 0
#endif

enum { INTEGERS = 8, REALS = 8 };

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
  unsigned char places[DEEDPY_MAX_ARGUMENTS];
  int integers = 0;
  int reals = 0;
  for (int k = 0; k < entry->count; ++k) {
    int real = is_real(entry->types[k]);
    if (!real && !is_integer(entry->types[k])) return 0;
    places[k] = (unsigned char)(real ? INTEGERS + reals++ : integers++);
  }
  for (int n = 0; n < entry->count; ++n) entry->place[n] = places[entry->position[n]];
  entry->has_reals = reals > 0;
  return integers <= INTEGERS && reals <= REALS;
}

int deedpy_entry_prepare(struct deedpy_entry *entry) {
  const ffi_type *result = entry->result;
  entry->returns_real = is_real(result);
  entry->is_direct =
      HAS_DIRECT_CALL && (is_real(result) || is_integer(result) || result->type == FFI_TYPE_VOID) && place_all(entry);
  ffi_status status = ffi_prep_cif(&entry->cif, FFI_DEFAULT_ABI, (unsigned)entry->count, entry->result, entry->types);
  return status == FFI_OK ? 0 : -1;
}

static void call_with_integers(const struct deedpy_entry *entry, const struct deedpy_passed *passed,
                               union deedpy_scalar *result) {
  union direct direct = {.address = entry->address};
  int64_t i[INTEGERS] = {0};
  for (int n = 0; n < entry->count; ++n) i[entry->place[n]] = passed[n].value.i64;
  if (entry->returns_real) {
    result->f64 = direct.integers_to_real(ALL(i));
  } else {
    result->i64 = direct.integers(ALL(i));
  }
}

/* A real32 is in the lower half of a real64. */
static void call_with_reals(const struct deedpy_entry *entry, const struct deedpy_passed *passed,
                            union deedpy_scalar *result) {
  union direct direct = {.address = entry->address};
  int64_t i[INTEGERS] = {0};
  double r[REALS] = {0};
  for (int n = 0; n < entry->count; ++n) {
    int place = entry->place[n];
    if (place < INTEGERS) {
      i[place] = passed[n].value.i64;
    } else {
      r[place - INTEGERS] = passed[n].value.f64;
    }
  }
  if (entry->returns_real) {
    result->f64 = direct.all_to_real(ALL(i), ALL(r));
  } else {
    result->i64 = direct.all(ALL(i), ALL(r));
  }
}

static void call_by_libffi(struct deedpy_entry *entry, struct deedpy_passed *passed, union deedpy_scalar *result) {
  void *values[DEEDPY_MAX_ARGUMENTS];
  for (int n = 0; n < entry->count; ++n) values[entry->position[n]] = &passed[n].value;
  ffi_call(&entry->cif, entry->address, result, values);
}

void deedpy_entry_call(struct deedpy_entry *entry, struct deedpy_passed *passed, union deedpy_scalar *result) {
  if (!entry->is_direct) {
    call_by_libffi(entry, passed, result);
  } else if (entry->has_reals) {
    call_with_reals(entry, passed, result);
  } else {
    call_with_integers(entry, passed, result);
  }
}
