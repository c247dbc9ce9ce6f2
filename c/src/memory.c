/* SPDX-License-Identifier: BSD-3-Clause */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

/* In front of the data: the raw address, then the guard where glibc keeps the size of a chunk. As a size it is larger
 * than any address allows, and its flag bits are clear, so that free() refuses it without following anything. */
struct guard {
  uint64_t raw;
  uint64_t size_of_no_chunk;
};

#define GUARD_VALUE UINT64_C(0xFFFFFFFFDEEDDEE0)

static struct guard guard_of(const void *raw) {
  return (struct guard){.raw = (uint64_t)(uintptr_t)raw, .size_of_no_chunk = GUARD_VALUE};
}

#if defined(__linux__) && defined(MADV_HUGEPAGE)
#define LARGE_BYTES ((size_t)4 << 20)
#define PAGE_BYTES ((uintptr_t)4096)

/* Large memory in large pages, where the system leaves that to programs. Advice that it does not take changes nothing.
 */
static void advise(char *memory, size_t size_bytes) {
  if (size_bytes < LARGE_BYTES) return;
  uintptr_t skipped_bytes = -(uintptr_t)memory & (PAGE_BYTES - 1);
  (void)madvise(memory + skipped_bytes, size_bytes - skipped_bytes, MADV_HUGEPAGE);
}
#else
static void advise(char *memory, size_t size_bytes) {
  (void)memory;
  (void)size_bytes;
}
#endif

void *deed__memory_alloc(int64_t size_bytes, bool zeroed, void **raw) {
  const uint64_t overhead = sizeof(struct guard) + DEED__ALIGNMENT - 1;
  if ((uint64_t)size_bytes > SIZE_MAX - overhead) return NULL;
  size_t total_bytes = (size_t)((uint64_t)size_bytes + overhead);
  char *memory = zeroed ? calloc(1, total_bytes) : malloc(total_bytes);
  if (!memory) return NULL;
  advise(memory, total_bytes);
  uintptr_t address = (uintptr_t)memory + sizeof(struct guard);
  char *data = memory + sizeof(struct guard) + (-address & (DEED__ALIGNMENT - 1));
  struct guard guard = guard_of(memory);
  memcpy(data - sizeof guard, &guard, sizeof guard);
  *raw = memory;
  return data;
}

bool deed__memory_is_intact(const void *data, const void *raw) {
  struct guard wanted = guard_of(raw), found;
  memcpy(&found, (const char *)data - sizeof found, sizeof found);
  return found.raw == wanted.raw && found.size_of_no_chunk == wanted.size_of_no_chunk;
}

void deed__memory_free(void *data, void *raw) {
  (void)data;
  free(raw);
}
