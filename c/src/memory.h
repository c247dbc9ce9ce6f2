/* SPDX-License-Identifier: BSD-3-Clause */
/* memory.h - deed's own allocator: 64-byte aligned, with a guard in front.
 *
 * The address that a user sees is never the address that malloc gave, and the guard is a chunk size that no allocator
 * accepts: a stray free() or Fortran deallocate of it is refused by the C library at once instead of freeing the block
 * behind deed's back. A guard that is overwritten tells that something ran over the start of the memory. Linux is asked
 * to use large pages for 4 MiB and more. */
#ifndef DEED_MEMORY_H
#define DEED_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#define DEED__ALIGNMENT 64

/* Memory of size_bytes (0 gives an address too). Returns owned: to be given to deed__memory_free with *raw. NULL when
 * there is none. raw [fills]. */
void *deed__memory_alloc(int64_t size_bytes, bool zeroed, void **raw);

/* data: as deed__memory_alloc returned it. */
bool deed__memory_is_intact(const void *data, const void *raw);

/* A deed_release_fn; context is raw. */
void deed__memory_free(void *data, void *raw);

#endif
