/* SPDX-License-Identifier: BSD-3-Clause */
#include "claims.h"

#include <stdio.h>
#include <stdlib.h>

static void must(enum deed_status status) {
  if (status == DEED_OK) return;
  fprintf(stderr, "bench: %s\n", deed_status_text(status));
  exit(1);
}

/* A vector of doubles of this size. */
static struct deed_layout layout_of(int64_t size_bytes) {
  struct deed_layout layout;
  int64_t count = size_bytes / (int64_t)sizeof(double);
  must(deed_layout_contiguous(DEED_REAL64, 0, 1, &count, NULL, DEED_ORDER_C, &layout));
  return layout;
}

struct deed_array bench_alloc(int64_t size_bytes) {
  struct deed_array array;
  struct deed_layout layout = layout_of(size_bytes);
  must(deed_alloc(&layout, 0, DEED_HERE, &array, NULL));
  return array;
}

struct deed_array bench_adopt(void *data, int64_t size_bytes, deed_release_fn release) {
  struct deed_array array;
  struct deed_layout layout = layout_of(size_bytes);
  struct deed_memory memory = {data, DEED_ORIGIN_FOREIGN, DEED_READ | DEED_WRITE, release, NULL};
  must(deed_adopt(&memory, &layout, DEED_HERE, &array, NULL));
  return array;
}

struct deed_array bench_lend(double *data, int64_t size_bytes) {
  struct deed_array array;
  struct deed_layout layout = layout_of(size_bytes);
  must(deed_lend(data, DEED_READ | DEED_WRITE, &layout, DEED_HERE, &array, NULL));
  return array;
}

void bench_release(struct deed_array array) { must(deed_release(array, NULL)); }

void bench_alloc_and_release(int64_t size_bytes, int64_t calls) {
  struct deed_layout layout = layout_of(size_bytes);
  for (int64_t i = 0; i < calls; ++i) {
    struct deed_array array;
    must(deed_alloc(&layout, 0, DEED_HERE, &array, NULL));
    must(deed_release(array, NULL));
  }
}

void bench_share_and_release(struct deed_array array, int64_t calls) {
  for (int64_t i = 0; i < calls; ++i) {
    struct deed_array share;
    must(deed_share(array, 0, DEED_HERE, &share, NULL));
    must(deed_release(share, NULL));
  }
}

static struct deed_layout half_of(struct deed_array array) {
  struct deed_descriptor seen;
  must(deed_describe(array, &seen, sizeof seen));
  seen.layout.dim[0].extent /= 2;
  return seen.layout;
}

struct deed_array bench_view(struct deed_array array) {
  struct deed_array view;
  struct deed_layout half = half_of(array);
  must(deed_view(array, 0, &half, 0, DEED_HERE, &view, NULL));
  return view;
}

void bench_view_and_release(struct deed_array array, int64_t calls) {
  struct deed_layout half = half_of(array);
  for (int64_t i = 0; i < calls; ++i) {
    struct deed_array view;
    must(deed_view(array, 0, &half, 0, DEED_HERE, &view, NULL));
    must(deed_release(view, NULL));
  }
}

void bench_lend_and_release(double *data, int64_t size_bytes, int64_t calls) {
  struct deed_layout layout = layout_of(size_bytes);
  for (int64_t i = 0; i < calls; ++i) {
    struct deed_array array;
    must(deed_lend(data, DEED_READ | DEED_WRITE, &layout, DEED_HERE, &array, NULL));
    must(deed_release(array, NULL));
  }
}

void bench_describe(struct deed_array array, int64_t calls) {
  for (int64_t i = 0; i < calls; ++i) {
    struct deed_descriptor seen;
    must(deed_describe(array, &seen, sizeof seen));
  }
}

struct deed_array bench_transfer(struct deed_array array, int64_t calls) {
  const struct deed_site fortran = {DEED_LANGUAGE_FORTRAN, __LINE__, __FILE__};
  for (int64_t i = 0; i < calls; ++i) {
    struct deed_array moved;
    must(deed_transfer(array, &fortran, &moved, NULL));
    must(deed_transfer(moved, DEED_HERE, &array, NULL));
  }
  return array;
}
