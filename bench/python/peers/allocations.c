/* SPDX-License-Identifier: BSD-3-Clause */
/* allocations.c - preloaded into a process, it counts what is asked of the allocator of glibc. */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

void *__libc_malloc(size_t size_bytes);
void *__libc_calloc(size_t count, size_t size_bytes);
void *__libc_realloc(void *memory, size_t size_bytes);
void *__libc_memalign(size_t alignment, size_t size_bytes);
int64_t allocations_count(void);

static _Atomic int64_t count_of_all;

static void count(void) { atomic_fetch_add_explicit(&count_of_all, 1, memory_order_relaxed); }

int64_t allocations_count(void) { return atomic_load_explicit(&count_of_all, memory_order_relaxed); }

void *malloc(size_t size_bytes) {
  count();
  return __libc_malloc(size_bytes);
}

void *calloc(size_t items, size_t size_bytes) {
  count();
  return __libc_calloc(items, size_bytes);
}

void *realloc(void *memory, size_t size_bytes) {
  count();
  return __libc_realloc(memory, size_bytes);
}

void *aligned_alloc(size_t alignment, size_t size_bytes) {
  count();
  return __libc_memalign(alignment, size_bytes);
}
