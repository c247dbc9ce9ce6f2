/* SPDX-License-Identifier: BSD-3-Clause */
/* shown.c - how ndarrays show a claim. */
#include "claims/shown.h"

#include "claims/release.h"

_Static_assert(sizeof(npy_intp) == sizeof(int64_t), "extents and strides of NumPy are those of deed");

void deedpy_shown_drop(struct deedpy_shown *shown) {
  if (!shown || --shown->users > 0) return;
  Py_XDECREF((PyObject *)shown->descr);
  PyMem_Free(shown);
}

/* The strides are those that NumPy gives an array of this order when it is told none. */
static int is_in_order(const struct deedpy_shown *shown, int is_fortran) {
  const npy_intp *strides = shown->extents + shown->rank;
  npy_intp stride_bytes = (npy_intp)shown->element.size_bytes;
  for (int k = 0; k < shown->rank; ++k) {
    int dimension = is_fortran ? k : shown->rank - 1 - k;
    if (shown->extents[dimension] < 1 || strides[dimension] != stride_bytes) return 0;
    stride_bytes *= shown->extents[dimension];
  }
  return 1;
}

static int order_of(const struct deedpy_shown *shown) {
  if (is_in_order(shown, 1)) return NPY_ARRAY_F_CONTIGUOUS;
  return is_in_order(shown, 0) ? 0 : -1;
}

/* NumPy would allocate where the data pointer is NULL, so an array without bytes gets an address that is never read. */
struct deedpy_shown *deedpy_shown_new(struct deed_array claim, const struct deedpy_record *record,
                                      const struct deed_descriptor *descriptor) {
  static _Alignas(64) char no_bytes[64];
  const struct deed_layout *layout = &descriptor->layout;
  size_t half_bytes = (size_t)layout->rank * sizeof(npy_intp);
  struct deedpy_shown *shown = PyMem_Malloc(sizeof *shown + 2 * half_bytes);
  if (!shown) {
    PyErr_NoMemory();
    return NULL;
  }
  shown->users = 1;
  shown->array = claim;
  shown->data = descriptor->data ? descriptor->data : no_bytes;
  shown->descr = record ? (PyArray_Descr *)Py_NewRef((PyObject *)deedpy_record_descr(record)) : NULL;
  shown->element = (struct deedpy_element){(enum deed_dtype)layout->dtype, layout->element_size_bytes};
  shown->is_large = descriptor->block_size_bytes >= DEEDPY_LARGE_BYTES;
  shown->flags = descriptor->rights & DEED_WRITE ? NPY_ARRAY_WRITEABLE : 0;
  shown->rank = layout->rank;
  for (int32_t k = 0; k < layout->rank; ++k) {
    shown->extents[k] = (npy_intp)layout->dim[k].extent;
    shown->extents[layout->rank + k] = (npy_intp)layout->dim[k].stride_bytes;
  }
  shown->order = order_of(shown);
  return shown;
}
