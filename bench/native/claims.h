/* SPDX-License-Identifier: BSD-3-Clause */
/* claims.h - the verbs of C, done many times as a C program does them: with its site, without an error record. */
#ifndef DEED_BENCH_CLAIMS_H
#define DEED_BENCH_CLAIMS_H

#include "deed/deed.h"

DEED_BEGIN_DECLS

/* Each ends the program when a call fails. */
struct deed_array bench_alloc(int64_t size_bytes);
struct deed_array bench_adopt(void *data, int64_t size_bytes, deed_release_fn release);
struct deed_array bench_lend(double *data, int64_t size_bytes);
void bench_release(struct deed_array array);
void bench_alloc_and_release(int64_t size_bytes, int64_t calls);
void bench_share_and_release(struct deed_array array, int64_t calls);
/* A claim on the first half of the array. */
struct deed_array bench_view(struct deed_array array);
void bench_view_and_release(struct deed_array array, int64_t calls);
void bench_lend_and_release(double *data, int64_t size_bytes, int64_t calls);
void bench_describe(struct deed_array array, int64_t calls);
/* Returns the new title: the title has changed hands twice for every call. */
struct deed_array bench_transfer(struct deed_array array, int64_t calls);

DEED_END_DECLS

#endif
