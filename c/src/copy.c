/* SPDX-License-Identifier: BSD-3-Clause */
/* copy.c - copy, the only verb that copies elements. */
#include <string.h>

#include "claim.h"
#include "fail.h"
#include "verbs.h"

static _Atomic int64_t copy_count;

int64_t deed__copy_count(void) { return atomic_load_explicit(&copy_count, memory_order_relaxed); }

/* One run of elements along a dimension. The compiler turns memcpy of a constant size into moves. */
static void copy_run(char *to, int64_t to_stride, const char *from, int64_t from_stride, int64_t count,
                     int64_t element_size) {
#define COPY_EACH(size) \
  for (int64_t i = 0; i < count; ++i) memcpy(to + i * to_stride, from + i * from_stride, (size))
  switch (element_size) {
    case 1: COPY_EACH(1); break;
    case 2: COPY_EACH(2); break;
    case 4: COPY_EACH(4); break;
    case 8: COPY_EACH(8); break;
    case 16: COPY_EACH(16); break;
    default: COPY_EACH((size_t)element_size); break;
  }
#undef COPY_EACH
}

/* The dimension to run along: the one that is densest in the copy. */
static int32_t run_dimension(const struct deed_layout *to) {
  int32_t densest = 0;
  for (int32_t d = 1; d < to->rank; ++d) {
    if (to->dim[d].extent > 1 &&
        (to->dim[densest].extent <= 1 || to->dim[d].stride_bytes < to->dim[densest].stride_bytes))
      densest = d;
  }
  return densest;
}

/* Advance the indices of all dimensions but one; false after the last. */
static bool advance(int64_t *indices, const struct deed_layout *layout, int32_t except) {
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (d == except) continue;
    if (++indices[d] < layout->dim[d].extent) return true;
    indices[d] = 0;
  }
  return false;
}

static int64_t offset_of(const int64_t *indices, const struct deed_layout *layout) {
  int64_t offset_bytes = 0;
  for (int32_t d = 0; d < layout->rank; ++d) {
    if (layout->dim[d].extent > 1) offset_bytes += indices[d] * layout->dim[d].stride_bytes;
  }
  return offset_bytes;
}

static void copy_elements(char *to, const struct deed_layout *to_layout, const char *from,
                          const struct deed_layout *from_layout) {
  int64_t indices[DEED_MAX_RANK] = {0};
  if (deed_layout_size_bytes(to_layout) == 0) return;
  if (to_layout->rank == 0) {
    memcpy(to, from, (size_t)to_layout->element_size_bytes);
    return;
  }
  int32_t run = run_dimension(to_layout);
  do {
    copy_run(to + offset_of(indices, to_layout), to_layout->dim[run].stride_bytes,
             from + offset_of(indices, from_layout), from_layout->dim[run].stride_bytes, to_layout->dim[run].extent,
             to_layout->element_size_bytes);
  } while (advance(indices, to_layout, run));
}

static enum deed_order order_of_copy(const struct deed_layout *layout, enum deed_order order) {
  if (order != DEED_ORDER_ANY) return order;
  if (deed_layout_is_contiguous(layout, DEED_ORDER_FORTRAN)) return DEED_ORDER_FORTRAN;
  return deed_layout_is_contiguous(layout, DEED_ORDER_C) ? DEED_ORDER_C : DEED_ORDER_FORTRAN;
}

/* The source is held by the caller: it cannot be freed while its elements are read. */
static enum deed_status copy_held(const void *data, const struct deed_layout *from, enum deed_order order,
                                  enum deed_copy_reason reason, const struct deed_site *site, struct deed_array *copy,
                                  struct deed_error *error) {
  struct deed_layout layout;
  struct deed__making making = {.verb = DEED__COPY, .allocates = true, .layout = &layout};
  enum deed_status status = deed_layout_contiguous_like(from, order_of_copy(from, order), &layout);
  if (status != DEED_OK) return deed__fail_argument(error, status, DEED__COPY, "array");
  deed_layout_hull(&layout, &making.hull.begin_bytes, &making.hull.end_bytes);
  making.block.origin = DEED_ORIGIN_MALLOC;
  making.block.rights = DEED__ALL_RIGHTS;
  making.block.copy_reason = reason;
  status = deed__make(&making, site, copy, error);
  if (status != DEED_OK) return status;
  copy_elements(making.block.data, &layout, data, from);
  atomic_fetch_add_explicit(&copy_count, 1, memory_order_relaxed);
  return DEED_OK;
}

static bool is_copy_request(enum deed_order order, enum deed_copy_reason reason, const struct deed_array *copy) {
  if (!copy || order < DEED_ORDER_ANY || order > DEED_ORDER_C) return false;
  return reason > DEED_COPY_NONE && reason <= DEED_COPY_ALLOCATOR;
}

/* No rule lets the holder of such a claim do anything, so nobody else has ended it. But who guessed its handle may have
 * it seized for a moment. */
static void end_reading(struct deed_array reading) {
  deed__block_ref block;
  while (!deed__claim_end_as(DEED_ROLE_COPY, reading, &block)) deed__claim_settle(reading);
  (void)deed__release_block(block); /* another thread's release decided; our drop's error is not ours */
}

enum deed_status deed_copy(struct deed_array array, enum deed_order order, enum deed_copy_reason reason,
                           const struct deed_site *site, struct deed_array *copy, struct deed_error *error) {
  struct deed__claim claim;
  struct deed_layout layout;
  struct deed_array reading;
  enum deed_status status = deed__claim_show(array, &claim, &layout);
  if (status != DEED_OK) return deed__fail_handle(error, status, DEED__COPY, array);
  if (!is_copy_request(order, reason, copy)) {
    return deed__fail_argument(error, DEED_EINVAL, DEED__COPY, "order, reason or copy");
  }
  status = deed__share_array(array, DEED_READ, site, DEED__COPY, &reading, error);
  if (status != DEED_OK) return status;
  status = copy_held(claim.data, &layout, order, reason, site, copy, error);
  end_reading(reading);
  return status;
}
