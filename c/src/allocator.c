/* SPDX-License-Identifier: BSD-3-Clause */
/* allocator.c - the release callbacks that allocators go by: a list that only grows. Readers take no lock. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "deed/array.h"
#include "keep_loaded.h"

struct allocator {
  struct allocator *next;
  deed_release_fn release;
  char name[];
};

static _Atomic(struct allocator *) newest;

static const struct allocator *find(const struct allocator *allocator, const char *name) {
  while (allocator && strcmp(allocator->name, name) != 0) allocator = allocator->next;
  return allocator;
}

static struct allocator *make(const char *name, deed_release_fn release) {
  size_t size_bytes = strlen(name) + 1;
  struct allocator *allocator = malloc(sizeof *allocator + size_bytes);
  if (!allocator) return NULL;
  allocator->release = release;
  memcpy(allocator->name, name, size_bytes);
  return allocator;
}

deed_release_fn deed_common_release(const char *name, deed_release_fn release) {
  if (!name || !release) return release;
  struct allocator *first = atomic_load_explicit(&newest, memory_order_acquire);
  const struct allocator *known = find(first, name);
  struct allocator *added = known ? NULL : make(name, release);
  if (!known && !added) return release;
  if (added) deed__keep_loaded((deed__code)release);
  while (!known) {
    added->next = first;
    if (atomic_compare_exchange_weak_explicit(&newest, &first, added, memory_order_acq_rel, memory_order_acquire))
      return release;
    known = find(first, name);
  }
  free(added);
  return known->release;
}
