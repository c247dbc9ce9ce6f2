/* SPDX-License-Identifier: BSD-3-Clause */
/* release.c - the end of a claim that Python holds, without the GIL where it may take long. */
#include "claims/release.h"

#include "base/numpy_api.h"
#include "claims/trace.h"

/* A thread that lets go of a dying interpreter may never get it back. */
static int is_ending(void) {
#if PY_VERSION_HEX >= 0x030D0000
  return Py_IsFinalizing();
#else
  return _Py_IsFinalizing();
#endif
}

/* The objects of Python and what comes through its protocols are let go with the GIL, so they are not among these. */
static int frees_large_block(struct deed_array claim) {
  struct deed_descriptor descriptor;
  if (deed_describe(claim, &descriptor, sizeof descriptor) != DEED_OK) return 0;
  if (descriptor.claim_count != 1 || descriptor.block_size_bytes < DEEDPY_LARGE_BYTES) return 0;
  return descriptor.origin == DEED_ORIGIN_MALLOC || descriptor.origin == DEED_ORIGIN_CXX ||
         descriptor.origin == DEED_ORIGIN_FORTRAN;
}

enum deed_status deedpy_release(struct deed_array claim, struct deed_error *error) {
  if (!frees_large_block(claim) || is_ending()) return deedpy_trace_release(claim, error);
  PyThreadState *thread = PyEval_SaveThread();
  enum deed_status status = deedpy_trace_release(claim, error);
  PyEval_RestoreThread(thread);
  return status;
}

void deedpy_end_claim(struct deed_array claim) {
  if (claim.bits != 0) (void)!deedpy_trace_release(claim, NULL);
}

void deedpy_end_sized_claim(struct deed_array claim, int is_large) {
  if (is_large) {
    (void)!deedpy_release(claim, NULL);
  } else {
    deedpy_end_claim(claim);
  }
}
