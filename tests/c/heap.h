/* SPDX-License-Identifier: BSD-3-Clause */
/* heap.h - how much of the heap is in use, for tests that nothing is left of it. */
#ifndef DEED_TEST_HEAP_H
#define DEED_TEST_HEAP_H

#include <stddef.h>
#include <stdlib.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

/* Bytes of the heap in use, where the C library tells. */
static inline size_t heap_bytes(void) {
#if defined(__GLIBC__)
  return mallinfo2().uordblks;
#else
  return 0;
#endif
}

#endif
