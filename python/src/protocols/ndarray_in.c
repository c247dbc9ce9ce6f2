/* SPDX-License-Identifier: BSD-3-Clause */
/* ndarray_in.c - a numpy.ndarray on its way into deed. */
#include "protocols/ndarray_in.h"

#include "base/arguments.h"
#include "base/dtype_map.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/held_claim.h"
#include "claims/memory_root.h"
#include "claims/site.h"
#include "protocols/buffer_out.h"
#include "protocols/mask.h"

static uint32_t rights_of(PyArrayObject *ndarray) {
  return PyArray_ISWRITEABLE(ndarray) ? DEED_READ | DEED_WRITE : DEED_READ;
}

static int layout_of(struct module_state *state, PyArrayObject *ndarray, PyObject *lower, struct deed_layout *layout) {
  struct deedpy_element element;
  if (PyArray_NDIM(ndarray) > DEED_MAX_RANK) {
    deedpy_raise_status(state, DEED_ERANK, "an ndarray of %d dimensions: deed has at most %d", PyArray_NDIM(ndarray),
                        DEED_MAX_RANK);
    return -1;
  }
  if (deedpy_element_of_descr(state, PyArray_DESCR(ndarray), &element) != 0) return -1;
  if (deedpy_check_sized(state, element) != 0) return -1;
  *layout = (struct deed_layout){
      .dtype = element.dtype, .rank = PyArray_NDIM(ndarray), .element_size_bytes = element.size_bytes};
  for (int k = 0; k < layout->rank; ++k) {
    layout->dim[k].extent = PyArray_DIM(ndarray, k);
    layout->dim[k].stride_bytes = PyArray_STRIDE(ndarray, k);
    layout->dim[k].lower = 1;
  }
  return deedpy_rebound(state, lower, layout);
}

/* What is behind a base. claim [fills] if that is a claim: one that is held, or that of a buffer of a deed.Array.
 * Borrowed; NULL at the end, or with an exception: what a memoryview names that was released may be gone. */
static PyObject *behind(const struct module_state *state, PyObject *base, struct deed_array *claim) {
  if (PyArray_Check(base)) return PyArray_BASE((PyArrayObject *)base);
  if (deedpy_is_held_claim(base)) *claim = deedpy_held_claim(base)->claim;
  if (!PyMemoryView_Check(base)) return NULL;
  PyObject *exporter = deedpy_exporter(base);
  if (!exporter) return NULL;
  Py_DECREF(exporter); /* the view has a reference, too */
  if (!deedpy_is_array(state, exporter)) return exporter;
  *claim = deedpy_buffer_claim(PyMemoryView_GET_BUFFER(base));
  return NULL;
}

/* The claim at the end of the base chain. Bits 0 if the memory is not deed's. 0, or -1 with an exception. */
static int find_claim(const struct module_state *state, PyArrayObject *ndarray, struct deed_array *claim) {
  claim->bits = 0;
  PyObject *base = PyArray_BASE(ndarray);
  while (base && claim->bits == 0) base = behind(state, base, claim);
  return PyErr_Occurred() ? -1 : 0;
}

/* The same elements in the same order keep the lower bounds that they have in deed. */
static void inherit_bounds(struct deed_layout *layout, const struct deed_layout *whole) {
  if (!deed_layout_same_shape(layout, whole)) return;
  for (int32_t k = 0; k < layout->rank; ++k) {
    if (layout->dim[k].stride_bytes != whole->dim[k].stride_bytes) return;
  }
  for (int32_t k = 0; k < layout->rank; ++k) layout->dim[k].lower = whole->dim[k].lower;
}

/* From the first element of the whole to that of its part. NumPy moves the pointer of empty arrays anywhere. */
static int64_t offset_of(PyArrayObject *ndarray, const struct deed_descriptor *whole) {
  return PyArray_SIZE(ndarray) > 0 ? (int64_t)((char *)PyArray_BYTES(ndarray) - (char *)whole->data) : 0;
}

PyObject *deedpy_recognise(struct module_state *state, PyArrayObject *ndarray, PyObject *lower, uint32_t rights) {
  struct deed_descriptor whole;
  struct deed_layout layout;
  struct deed_error error;
  struct deed_array claim;
  if (find_claim(state, ndarray, &claim) != 0) return NULL;
  if (claim.bits == 0) Py_RETURN_NOTIMPLEMENTED;
  if (deedpy_check_unmasked(state, (PyObject *)ndarray, deedpy_is_masked((PyObject *)ndarray)) != 0) return NULL;
  if (deedpy_describe(state, claim, &whole) != 0 || layout_of(state, ndarray, NULL, &layout) != 0) return NULL;
  int64_t offset_bytes = offset_of(ndarray, &whole);
  if (offset_bytes == 0) inherit_bounds(&layout, &whole.layout);
  if (deedpy_rebound(state, lower, &layout) != 0) return NULL;
  if (rights & ~rights_of(ndarray)) {
    return deedpy_raise_status(state, DEED_ERIGHTS, "the ndarray is read-only, write right asked for");
  }
  struct array_object *view = deedpy_array_new(state);
  if (!view) return NULL;
  if (deedpy_record_of(PyArray_DESCR(ndarray), &view->record) != 0) {
    Py_DECREF(view);
    return NULL;
  }
  struct deed_site site = deedpy_begin_verb(state);
  if (!rights) rights = rights_of(ndarray);
  enum deed_status status = deed_view(claim, offset_bytes, &layout, rights, &site, &view->array, &error);
  return deedpy_array_finish(state, view, status, &error);
}

int deedpy_import_ndarray(struct module_state *state, PyObject *object, struct deedpy_import *import) {
  if (!PyArray_Check(object)) return 0;
  PyArrayObject *ndarray = (PyArrayObject *)object;
  if (deedpy_check_unmasked(state, object, deedpy_is_masked(object)) != 0) return -1;
  import->keep = deedpy_keep_ndarray(object); /* first of all: it cannot be resized from then on */
  if (!import->keep) return -1;
  import->data = PyArray_DATA(ndarray);
  import->origin = DEED_ORIGIN_PYTHON;
  import->rights = rights_of(ndarray);
  if (layout_of(state, ndarray, NULL, &import->layout) == 0 &&
      deedpy_record_of(PyArray_DESCR(ndarray), &import->record) == 0) {
    return 1;
  }
  deedpy_keep_drop(import->keep);
  return -1;
}
