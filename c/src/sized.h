/* SPDX-License-Identifier: BSD-3-Clause */
/* sized.h - public structs that grow: the caller's may be older, and smaller, than the core's, or newer and larger. */
#ifndef DEED_SIZED_H
#define DEED_SIZED_H

#include <stddef.h>
#include <string.h>

/* Fill the caller's struct with as much of the core's as it has room for; fields that the core does not know are 0. */
static inline void deed__fill_sized(void *callers, size_t callers_size_bytes, const void *ours,
                                    size_t ours_size_bytes) {
  size_t known_bytes = callers_size_bytes < ours_size_bytes ? callers_size_bytes : ours_size_bytes;
  memcpy(callers, ours, known_bytes);
  memset((char *)callers + known_bytes, 0, callers_size_bytes - known_bytes);
}

#endif
