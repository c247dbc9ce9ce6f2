/* SPDX-License-Identifier: BSD-3-Clause */
/* ndarray_out.c - an array of deed as a numpy.ndarray. The ndarray never owns its data: its base is a capsule with a
 * claim, so any chain of NumPy views keeps the block alive, in whatever order its members go. */
#include "ndarray_out.h"

#include "array_type.h"
#include "claim_end.h"
#include "dtype_map.h"
#include "errors.h"
#include "site.h"
#include "trace.h"

_Static_assert(sizeof(void *) >= sizeof(uint64_t), "a capsule holds a handle in its pointer");
_Static_assert(sizeof(npy_intp) == sizeof(int64_t), "extents and strides of NumPy are those of deed");

struct deed_array deedpy_capsule_handle(PyObject *capsule) {
  return (struct deed_array){(uint64_t)(uintptr_t)PyCapsule_GetPointer(capsule, DEEDPY_CAPSULE_NAME)};
}

/* The claim may have been ended by native code that was given its number; then there is nothing left to do. */
static void release_claim(PyObject *capsule) { (void)!deedpy_release(deedpy_capsule_handle(capsule), NULL); }

static void release_claim_on_much(PyObject *capsule) { (void)!deedpy_claim_end(deedpy_capsule_handle(capsule), NULL); }

/* Takes the claim, also on failure. descriptor [fills]. */
static PyObject *capsule_of(struct module_state *state, struct deed_array claim, struct deed_descriptor *descriptor) {
  PyObject *capsule = NULL;
  if (deedpy_describe(state, claim, descriptor) == 0) {
    PyCapsule_Destructor end =
        descriptor->block_size_bytes < DEEDPY_LARGE_BYTES ? release_claim : release_claim_on_much;
    capsule = PyCapsule_New((void *)(uintptr_t)claim.bits, DEEDPY_CAPSULE_NAME, end);
  }
  if (!capsule) (void)!deedpy_release(claim, NULL);
  return capsule;
}

static PyArray_Descr *descr_of(struct module_state *state, const struct deed_layout *layout, PyArray_Descr *descr) {
  struct deedpy_element element = {(enum deed_dtype)layout->dtype, layout->element_size_bytes};
  if (!descr) return deedpy_descr(state, element);
  if (!PyDataType_REFCHK(descr) && PyDataType_ELSIZE(descr) == element.size_bytes) return descr;
  deedpy_raise_status(state, DEED_EDTYPE, "%s of %lld bytes cannot be shown as %R", deed_dtype_name(element.dtype),
                      (long long)element.size_bytes, (PyObject *)descr);
  Py_DECREF(descr);
  return NULL;
}

/* The ndarray without its base. NumPy would allocate where the data pointer is NULL, so an array without bytes gets an
 * address that is never read. Steals descr. */
static PyObject *bare_ndarray(const struct deed_descriptor *descriptor, PyArray_Descr *descr) {
  static _Alignas(64) char no_bytes[64];
  void *data = descriptor->data ? descriptor->data : no_bytes;
  int flags = descriptor->rights & DEED_WRITE ? NPY_ARRAY_WRITEABLE : 0;
  return PyArray_NewFromDescr(&PyArray_Type, descr, descriptor->layout.rank, (const npy_intp *)descriptor->layout.shape,
                              (const npy_intp *)descriptor->layout.stride_bytes, data, flags, NULL);
}

/* Steals descr and capsule. */
static PyObject *ndarray_on(const struct deed_descriptor *descriptor, PyArray_Descr *descr, PyObject *capsule) {
  PyObject *ndarray = bare_ndarray(descriptor, descr);
  if (!ndarray) {
    Py_DECREF(capsule);
    return NULL;
  }
  if (PyArray_SetBaseObject((PyArrayObject *)ndarray, capsule) != 0) {
    Py_DECREF(ndarray);
    return NULL;
  }
  return ndarray;
}

static int share_for_ndarray(struct module_state *state, struct deed_array array, struct deed_array *claim) {
  struct deed_error error;
  struct deed_site site = deedpy_site(state);
  if (deed_share(array, 0, &site, claim, &error) == DEED_OK) return 0;
  deedpy_raise(state, &error);
  return -1;
}

PyObject *deedpy_ndarray(struct module_state *state, struct deed_array array, PyArray_Descr *descr) {
  struct deed_descriptor descriptor;
  struct deed_array claim;
  if (share_for_ndarray(state, array, &claim) != 0) {
    Py_XDECREF(descr);
    return NULL;
  }
  PyObject *capsule = capsule_of(state, claim, &descriptor);
  if (!capsule) {
    Py_XDECREF(descr);
    return NULL;
  }
  descr = descr_of(state, &descriptor.layout, descr);
  if (!descr) {
    Py_DECREF(capsule);
    return NULL;
  }
  return ndarray_on(&descriptor, descr, capsule);
}
