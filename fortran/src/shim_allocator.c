/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_allocator.c - ALLOCATE of this compiler as an allocator of deed. */
#include <stdatomic.h>
#include <string.h>

#include "shim.h"

/* Compilers that the shim knows no name for are told apart where the build gives one. */
#ifndef DEED_FORTRAN_ALLOCATOR
#define DEED_FORTRAN_ALLOCATOR DEED_FORTRAN_COMPILER
#endif
#define TEXT_(name) #name
#define TEXT(name) TEXT_(name)

static void deallocate(void *data, void *context) {
  (void)context;
  CFI_CDESC_T(0) storage;
  CFI_cdesc_t *a = (CFI_cdesc_t *)&storage;
  if (CFI_establish(a, NULL, CFI_attribute_allocatable, CFI_type_int8_t, 0, 0, NULL) != CFI_SUCCESS) return;
  a->base_addr = data;
  CFI_deallocate(a);
}

/* NULL before the first call. */
static _Atomic(deed_release_fn) common;

deed_release_fn deed_shim_deallocate(void) {
  deed_release_fn known = atomic_load_explicit(&common, memory_order_acquire);
  if (known) return known;
  int is_known = strcmp(TEXT(DEED_FORTRAN_ALLOCATOR), "Other") != 0;
  known = is_known ? deed_common_release("ALLOCATE of " TEXT(DEED_FORTRAN_ALLOCATOR), deallocate) : deallocate;
  atomic_store_explicit(&common, known, memory_order_release);
  return known;
}

void deed_shim_give_back(struct deed_array made) {
  struct deed_reclaimed reclaimed;
  (void)!deed_reclaim(made, DEED_ORIGIN_FORTRAN, deed_shim_deallocate(), &reclaimed, NULL);
}
