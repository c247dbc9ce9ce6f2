/* SPDX-License-Identifier: BSD-3-Clause */
/* claim_end.c - the end of a claim that Python holds, without the GIL where it may take long. */
#include "claims/claim_end.h"

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
static int frees_much(struct deed_array array) {
  struct deed_descriptor descriptor;
  if (deed_describe(array, &descriptor, sizeof descriptor) != DEED_OK) return 0;
  if (descriptor.claim_count != 1 || descriptor.block_size_bytes < DEEDPY_LARGE_BYTES) return 0;
  return descriptor.origin == DEED_ORIGIN_MALLOC || descriptor.origin == DEED_ORIGIN_CXX ||
         descriptor.origin == DEED_ORIGIN_FORTRAN;
}

enum deed_status deedpy_claim_end(struct deed_array array, struct deed_error *error) {
  if (!frees_much(array) || is_ending()) return deedpy_release(array, error);
  PyThreadState *thread = PyEval_SaveThread();
  enum deed_status status = deedpy_release(array, error);
  PyEval_RestoreThread(thread);
  return status;
}
