/* SPDX-License-Identifier: BSD-3-Clause */
/* interpreter.h - what a language must offer to play an actor: one function that performs a step through the public API
 * of that language and returns the status. step [borrows]: "verb a [b or name]". handle [fills] by transfer, [takes] by
 * receive. */
#ifndef DEED_CONFORMANCE_INTERPRETER_H
#define DEED_CONFORMANCE_INTERPRETER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

__attribute__((visibility("default"))) int32_t conformance_c(const char *step, uint64_t *handle);
__attribute__((visibility("default"))) int32_t conformance_cxx(const char *step, uint64_t *handle);
__attribute__((visibility("default"))) int32_t conformance_fortran(const char *step, uint64_t *handle);

#ifdef __cplusplus
}
#endif

#endif
