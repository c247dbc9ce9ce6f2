/* SPDX-License-Identifier: BSD-3-Clause */
/* long_copy.c - what moves many bytes, without the GIL. */
#include "claims/long_copy.h"

#include "claims/release.h"
#include "claims/trace.h"

static int is_large(const struct deed_layout *layout) { return deed_layout_size_bytes(layout) >= DEEDPY_LARGE_BYTES; }

static enum deed_status copy_without_gil(struct deed_array array, enum deed_order order, enum deed_copy_reason reason,
                                         const struct deed_site *site, struct deed_array *copy,
                                         struct deed_error *error) {
  struct deed_array held;
  enum deed_status status = deed_share(array, 0, site, &held, error);
  if (status != DEED_OK) return status;
  PyThreadState *thread = PyEval_SaveThread();
  status = deed_copy(held, order, reason, site, copy, error);
  PyEval_RestoreThread(thread);
  deedpy_end_sized_claim(held, 1);
  return status;
}

static enum deed_status refuse_device(struct deed_error *error) {
  *error = (struct deed_error){.status = DEED_EDEVICE};
  PyOS_snprintf(error->message, sizeof error->message, "copy refused: %s", deed_status_text(DEED_EDEVICE));
  return DEED_EDEVICE;
}

enum deed_status deedpy_copy(struct deed_array array, enum deed_order order, enum deed_copy_reason reason,
                             const struct deed_site *site, struct deed_array *copy, struct deed_error *error) {
  struct deed_descriptor descriptor;
  int is_known = deed_describe(array, &descriptor, sizeof descriptor) == DEED_OK;
  if (is_known && descriptor.device_type != 0) return refuse_device(error);
  int is_long = is_known && is_large(&descriptor.layout);
  enum deed_status status = is_long ? copy_without_gil(array, order, reason, site, copy, error)
                                    : deed_copy(array, order, reason, site, copy, error);
  if (status == DEED_OK) deedpy_trace_begin(*copy);
  return status;
}

/* Only zeros take long: other memory is not touched. */
enum deed_status deedpy_alloc(const struct deed_layout *layout, int is_zeroed, const struct deed_site *site,
                              struct deed_array *array, struct deed_error *error) {
  PyThreadState *thread = is_zeroed && is_large(layout) ? PyEval_SaveThread() : NULL;
  enum deed_status status = deed_alloc(layout, is_zeroed ? DEED_ZEROED : 0, site, array, error);
  if (thread) PyEval_RestoreThread(thread);
  if (status == DEED_OK) deedpy_trace_begin(*array);
  return status;
}

void deedpy_copy_bytes(void *to, const void *from, size_t size_bytes) {
  PyThreadState *thread = size_bytes >= DEEDPY_LARGE_BYTES ? PyEval_SaveThread() : NULL;
  memcpy(to, from, size_bytes);
  if (thread) PyEval_RestoreThread(thread);
}
