/* SPDX-License-Identifier: BSD-3-Clause */
/* thread_pointer.h - pointers that each thread has its own of. */
#ifndef DEED_THREAD_POINTER_H
#define DEED_THREAD_POINTER_H

#include <stddef.h>

/* Storage class of a static pointer that is found without a call. All variables of threads in the library are then in
 * the room that the C library keeps for libraries that are loaded late. It is small: so there are few such variables,
 * and none is larger than a pointer. C libraries other than glibc may keep no room. */
#if defined(__GLIBC__)
#define DEED__THREAD_POINTER __attribute__((tls_model("initial-exec"))) _Thread_local
#else
#define DEED__THREAD_POINTER _Thread_local
#endif

#endif
