/* SPDX-License-Identifier: BSD-3-Clause */
/* no_memory.c - makes one allocation of the Python interpreter fail: the n-th from now. */
#include <dlfcn.h>
#include <stdlib.h>

#define EXPORT __attribute__((visibility("default")))

/* PyMemAllocatorEx, by the names of its documentation; domains as in PyMemAllocatorDomain. */
struct allocator {
  void *context;
  void *(*malloc)(void *context, size_t size);
  void *(*calloc)(void *context, size_t count, size_t size);
  void *(*realloc)(void *context, void *memory, size_t size);
  void (*free)(void *context, void *memory);
};

#define DOMAINS 3

static struct allocator original[DOMAINS];

/* Allocations until the one that fails; 0: none will. A variable, because calling a function would itself allocate. */
EXPORT long native_no_memory_left;

EXPORT int native_no_memory_install(void);

static int fails(void) { return native_no_memory_left > 0 && --native_no_memory_left == 0; }

static void *hooked_malloc(void *context, size_t size) {
  const struct allocator *allocator = context;
  return fails() ? NULL : allocator->malloc(allocator->context, size);
}

static void *hooked_calloc(void *context, size_t count, size_t size) {
  const struct allocator *allocator = context;
  return fails() ? NULL : allocator->calloc(allocator->context, count, size);
}

static void *hooked_realloc(void *context, void *memory, size_t size) {
  const struct allocator *allocator = context;
  return fails() ? NULL : allocator->realloc(allocator->context, memory, size);
}

static void hooked_free(void *context, void *memory) {
  const struct allocator *allocator = context;
  allocator->free(allocator->context, memory);
}

/* 0, or -1 when the process has no Python. */
int native_no_memory_install(void) {
  void (*get)(int domain, struct allocator *allocator);
  void (*set)(int domain, struct allocator *allocator);
  *(void **)&get = dlsym(RTLD_DEFAULT, "PyMem_GetAllocator");
  *(void **)&set = dlsym(RTLD_DEFAULT, "PyMem_SetAllocator");
  if (!get || !set) return -1;
  for (int domain = 0; domain < DOMAINS; ++domain) {
    struct allocator hooked = {&original[domain], hooked_malloc, hooked_calloc, hooked_realloc, hooked_free};
    get(domain, &original[domain]);
    set(domain, &hooked);
  }
  return 0;
}
