/* SPDX-License-Identifier: BSD-3-Clause */
/* raw_bytes.c - the elements of a deed.Array as they lie in memory. */
#include "verbs/raw_bytes.h"

#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/long_copy.h"
#include "claims/release.h"
#include "claims/share.h"

static int is_gapless(const struct deed_layout *layout) {
  return deed_layout_is_contiguous(layout, DEED_ORDER_C) || deed_layout_is_contiguous(layout, DEED_ORDER_FORTRAN);
}

/* Of memory that a claim holds. */
static PyObject *bytes_of(const struct module_state *state, const struct deed_descriptor *descriptor) {
  if (!is_gapless(&descriptor->layout)) {
    return deedpy_raise_status(state, DEED_EORDER, "the elements have gaps: copy() them first");
  }
  int64_t size_bytes = deed_layout_size_bytes(&descriptor->layout);
  PyObject *bytes = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size_bytes);
  if (bytes && size_bytes > 0) deedpy_copy_bytes(PyBytes_AS_STRING(bytes), descriptor->data, (size_t)size_bytes);
  return bytes;
}

PyObject *deedpy_raw_bytes_function(PyObject *module, PyObject *array) {
  struct module_state *state = deedpy_state(module);
  struct deed_descriptor descriptor;
  struct deed_array held;
  if (!deedpy_is_array(state, array)) {
    return PyErr_Format(PyExc_TypeError, "array must be a deed.Array, not %.100s", Py_TYPE(array)->tp_name);
  }
  if (deedpy_share_here(state, deedpy_array(array)->array, &held) != 0) return NULL;
  PyObject *bytes = deedpy_describe(state, held, &descriptor) == 0 ? bytes_of(state, &descriptor) : NULL;
  deedpy_end_sized_claim(held, 1);
  return bytes;
}
