/* SPDX-License-Identifier: BSD-3-Clause */
/* thread_pointer.h - pointers that each thread has its own of. */
#ifndef DEED_THREAD_POINTER_H
#define DEED_THREAD_POINTER_H

#include <stddef.h>

/* Storage class of a static pointer, found without a call. Of the room for such variables a library that is loaded late
 * gets little, so only pointers are among them; C libraries other than glibc may give it none. */
#if defined(__GLIBC__)
#define DEED__THREAD_POINTER __attribute__((tls_model("initial-exec"))) _Thread_local
#else
#define DEED__THREAD_POINTER _Thread_local
#endif

#endif
