/* SPDX-License-Identifier: BSD-3-Clause */
/* keep_loaded.c - libraries that stay loaded, and a small table of the functions that are known to be in one. */
#include "keep_loaded.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(RTLD_NOLOAD) && defined(RTLD_NODELETE)

/* A program that is linked statically as a whole has no loader and unloads nothing; it is not made to contain one. */
#if defined(__GNUC__)
#pragma weak dladdr
#pragma weak dlclose
#pragma weak dlerror
#pragma weak dlopen
#endif

#define KNOWN 256u
#define PROBES 8u

/* Functions whose code stays. Once there, a function is never removed, and what does not fit is looked up each time. */
static _Atomic uintptr_t known[KNOWN];

static _Atomic uintptr_t *slot_of(uintptr_t code, unsigned probe) {
  return &known[((code * UINT64_C(0x9E3779B97F4A7C15) >> 32) + probe) % KNOWN];
}

static bool is_known(uintptr_t code) {
  for (unsigned probe = 0; probe < PROBES; ++probe) {
    if (atomic_load_explicit(slot_of(code, probe), memory_order_relaxed) == code) return true;
  }
  return false;
}

static void remember(uintptr_t code) {
  for (unsigned probe = 0; probe < PROBES; ++probe) {
    uintptr_t empty = 0;
    if (atomic_compare_exchange_strong(slot_of(code, probe), &empty, code) || empty == code) return;
  }
}

/* False for code that no loaded object has: something else may be at its address later. The program itself cannot be
 * opened by its name, and stays loaded without that. */
static bool keep_library(uintptr_t code) {
  Dl_info info;
  if (!dlopen || !dladdr || !dladdr((void *)code, &info) || !info.dli_fname) return false;
  void *library = dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
  if (library) {
    dlclose(library);
  } else {
    (void)dlerror();
  }
  return true;
}

void deed__keep_loaded(deed__code code) {
  uintptr_t address = (uintptr_t)code;
  if (!is_known(address) && keep_library(address)) remember(address);
}

#else

void deed__keep_loaded(deed__code code) { (void)code; }

#endif

static uintptr_t constants_begin, constants_end; /* none before the core has been loaded */

#if defined(__linux__) && defined(__ELF__)
#include <link.h>

/* The program is the first object, and what it does not write to are its first segments. */
static int measure_constants(struct dl_phdr_info *program, size_t size_bytes, void *unused) {
  (void)size_bytes;
  (void)unused;
  for (int i = 0; i < program->dlpi_phnum; ++i) {
    const ElfW(Phdr) *segment = &program->dlpi_phdr[i];
    if (segment->p_type != PT_LOAD) continue;
    if (segment->p_flags & PF_W) break;
    constants_end = program->dlpi_addr + segment->p_vaddr + segment->p_filesz;
    if (!constants_begin) constants_begin = program->dlpi_addr + segment->p_vaddr;
  }
  return 1;
}

__attribute__((constructor)) static void begin_constants(void) { dl_iterate_phdr(measure_constants, NULL); }
#endif

bool deed__is_program_constant(const void *address) {
  return (uintptr_t)address - constants_begin < constants_end - constants_begin;
}
