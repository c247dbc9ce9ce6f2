/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deed/deed.h"
#include "interpreter.h"

#define VARIABLES 8

static struct deed_array arrays[VARIABLES];
static double loans[VARIABLES][12];
static void *native[VARIABLES];
static struct deed_weak remembered[VARIABLES];

static const int64_t shape[] = {4, 3};
static const int64_t lower[] = {-1, 2};

static struct deed_layout layout_of(enum deed_status *status) {
  struct deed_layout layout;
  memset(&layout, 0, sizeof layout);
  *status = deed_layout_contiguous(DEED_REAL64, 0, 2, shape, lower, DEED_ORDER_FORTRAN, &layout);
  return layout;
}

static void free_native(void *data, void *context) {
  (void)context;
  free(data);
}

static enum deed_status adopt(int a, const struct deed_layout *layout) {
  struct deed_memory memory = {calloc(12, sizeof(double)), DEED_ORIGIN_FOREIGN, DEED_READ | DEED_WRITE, free_native,
                               NULL};
  enum deed_status status = deed_adopt(&memory, layout, DEED_HERE, &arrays[a], NULL);
  if (status != DEED_OK) free(memory.data);
  native[a] = memory.data;
  return status;
}

/* The address of element (i, j), checked by the layout functions of the core. */
static double *element(const struct deed_descriptor *array, int64_t i, int64_t j) {
  int64_t offset_bytes;
  const int64_t indices[] = {i, j};
  if (deed_layout_offset(&array->layout, indices, &offset_bytes) != DEED_OK) return NULL;
  return (double *)(void *)((char *)array->data + offset_bytes);
}

/* Write the pattern, or compare with it. */
static enum deed_status visit(struct deed_array handle, int is_writing) {
  struct deed_descriptor array;
  enum deed_status status = deed_describe(handle, &array, sizeof array);
  if (status != DEED_OK) return status;
  for (int64_t j = 2; j < 5; ++j) {
    for (int64_t i = -1; i < 3; ++i) {
      double *value = element(&array, i, j);
      if (!value) return DEED_EBOUNDS;
      if (is_writing) *value = (double)(i + 10 * j);
      if (*value != (double)(i + 10 * j)) return DEED_EBOUNDS;
    }
  }
  return DEED_OK;
}

static enum deed_status section(int a, int b, int64_t first) {
  const struct deed_range ranges[] = {{first, 2, 2}, {4, 2, -1}};
  struct deed_descriptor array;
  struct deed_layout part;
  int64_t offset_bytes;
  enum deed_status status = deed_describe(arrays[a], &array, sizeof array);
  if (status == DEED_OK) status = deed_layout_section(&array.layout, ranges, &part, &offset_bytes);
  if (status == DEED_OK) status = deed_view(arrays[a], offset_bytes, &part, 0, DEED_HERE, &arrays[b], NULL);
  return status;
}

static enum deed_status check_section(int a) {
  struct deed_descriptor array;
  enum deed_status status = deed_describe(arrays[a], &array, sizeof array);
  if (status != DEED_OK) return status;
  for (int64_t j = 1; j <= 3; ++j) {
    for (int64_t i = 1; i <= 2; ++i) {
      const double *value = element(&array, i, j);
      if (!value || *value != (double)((-3 + 2 * i) + 10 * (5 - j))) return DEED_EBOUNDS;
    }
  }
  return DEED_OK;
}

/* C reaches elements through a descriptor: what it asks of one is its own to compare. */
static enum deed_status expect(int a, int32_t rank, enum deed_dtype dtype) {
  struct deed_descriptor array;
  enum deed_status status = deed_describe(arrays[a], &array, sizeof array);
  if (status != DEED_OK) return status;
  if (array.layout.rank != rank) return DEED_ERANK;
  return array.layout.dtype == (int32_t)dtype ? DEED_OK : DEED_EDTYPE;
}

static enum deed_status reclaim(int a) {
  struct deed_reclaimed reclaimed;
  enum deed_status status = deed_reclaim(arrays[a], DEED_ORIGIN_FOREIGN, free_native, &reclaimed, NULL);
  if (status != DEED_OK) return status;
  if (reclaimed.data != native[a]) status = DEED_EDAMAGED;
  free(reclaimed.data);
  return status;
}

static enum deed_status alloc_shaped(int a, int64_t extent) {
  const int64_t extents[] = {extent, 3};
  struct deed_layout layout;
  enum deed_status status = deed_layout_contiguous(DEED_REAL64, 0, 2, extents, NULL, DEED_ORDER_FORTRAN, &layout);
  return status == DEED_OK ? deed_alloc(&layout, 0, DEED_HERE, &arrays[a], NULL) : status;
}

static enum deed_status make(const char *verb, int a) {
  enum deed_status status;
  struct deed_layout layout = layout_of(&status);
  if (status != DEED_OK) return status;
  if (strcmp(verb, "native") == 0) return adopt(a, &layout);
  if (strcmp(verb, "lend") == 0)
    return deed_lend(loans[a], DEED_READ | DEED_WRITE, &layout, DEED_HERE, &arrays[a], NULL);
  return deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &arrays[a], NULL);
}

static enum deed_status transfer(int a, uint64_t *handle) {
  struct deed_array moved;
  enum deed_status status = deed_transfer(arrays[a], DEED_HERE, &moved, NULL);
  if (status == DEED_OK) *handle = moved.bits;
  return status;
}

int32_t conformance_c(const char *step, uint64_t *handle) {
  char verb[16], one[2] = "a", other[64] = "a";
  if (sscanf(step, "%15s %1s %63s", verb, one, other) < 2) return DEED_EUNSUPPORTED;
  int a = one[0] - 'a', b = other[0] - 'a';
#define IS(name) (strcmp(verb, name) == 0)
  if (IS("alloc") || IS("native") || IS("lend")) return (int32_t)make(verb, a);
  if (IS("fill") || IS("check")) return (int32_t)visit(arrays[a], IS("fill"));
  if (IS("share")) return (int32_t)deed_share(arrays[a], 0, DEED_HERE, &arrays[b], NULL);
  if (IS("read")) return (int32_t)deed_share(arrays[a], DEED_READ, DEED_HERE, &arrays[b], NULL);
  if (IS("write")) return (int32_t)deed_share(arrays[a], DEED_READ | DEED_WRITE, DEED_HERE, &arrays[b], NULL);
  if (IS("section")) return (int32_t)section(a, b, -1);
  if (IS("outside")) return (int32_t)section(a, b, -2);
  if (IS("sections")) return (int32_t)check_section(a);
  if (IS("weak")) return (int32_t)deed_weak_of(arrays[a], &remembered[a]);
  if (IS("upgrade")) return (int32_t)deed_upgrade(&remembered[a], 0, DEED_HERE, &arrays[b], NULL);
  if (IS("transfer")) return (int32_t)transfer(a, handle);
  if (IS("receive")) return (arrays[a] = (struct deed_array){*handle}).bits ? DEED_OK : DEED_EHANDLE;
  if (IS("reclaim")) return (int32_t)reclaim(a);
  if (IS("recall")) return (int32_t)deed_recall(arrays[a], 0, NULL);
  if (IS("release")) return (int32_t)deed_release(arrays[a], NULL);
  if (IS("publish")) return (int32_t)deed_publish(arrays[a], other, NULL);
  if (IS("lookup")) return (int32_t)deed_lookup(other, 0, DEED_HERE, &arrays[a], NULL);
  if (IS("withdraw")) return (int32_t)deed_withdraw(arrays[a], NULL);
  if (IS("copy"))
    return (int32_t)deed_copy(arrays[a], DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, &arrays[b], NULL);
  if (IS("rank")) return (int32_t)expect(a, 3, DEED_REAL64);
  if (IS("type")) return (int32_t)expect(a, 2, DEED_REAL32);
  if (IS("negative")) return (int32_t)alloc_shaped(a, -1);
  if (IS("overflow")) return (int32_t)alloc_shaped(a, INT64_MAX);
#undef IS
  return DEED_EUNSUPPORTED;
}
