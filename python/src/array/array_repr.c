/* SPDX-License-Identifier: BSD-3-Clause */
/* array_repr.c - the text of a deed.Array: its layout, and who holds its memory. */
#include "array/array_repr.h"

#include "array/layout_tuple.h"
#include "claims/array_object.h"
#include "claims/holder_tally.h"

static PyObject *bounds_text(const struct deed_layout *layout) {
  PyObject *parts = PyList_New(0);
  for (int32_t k = 0; parts && k < layout->rank; ++k) {
    PyObject *part =
        PyUnicode_FromFormat("%lld:%lld", (long long)layout->dim[k].lower, (long long)deedpy_upper_bound(layout, k));
    if (!part || PyList_Append(parts, part) != 0) Py_CLEAR(parts);
    Py_XDECREF(part);
  }
  PyObject *comma = parts ? PyUnicode_FromString(", ") : NULL;
  PyObject *text = comma ? PyUnicode_Join(comma, parts) : NULL;
  Py_XDECREF(comma);
  Py_XDECREF(parts);
  return text;
}

/* Such as "Fortran 2, Python 1". */
static PyObject *holders_text(const struct deedpy_tally *tally) {
  PyObject *text = PyUnicode_FromString("");
  for (int language = 0; text && language <= DEED_LANGUAGE_OTHER; ++language) {
    if (tally->claims[language] == 0) continue;
    PyObject *longer =
        PyUnicode_FromFormat("%U%s%s %d", text, PyUnicode_GET_LENGTH(text) ? ", " : "",
                             deed_language_name((enum deed_language)language), (int)tally->claims[language]);
    Py_DECREF(text);
    text = longer;
  }
  return text;
}

static PyObject *ended_text(void) { return PyUnicode_FromString("<deed.Array, claim ended>"); }

PyObject *deedpy_array_repr(PyObject *self) {
  struct deed_descriptor descriptor;
  struct deedpy_tally tally;
  if (deed_describe(deedpy_array(self)->array, &descriptor, sizeof descriptor) != DEED_OK) {
    return ended_text();
  }
  enum deed_status status = deedpy_tally(deedpy_array(self)->array, &descriptor, &tally);
  if (status == DEED_ENOMEM) return PyErr_NoMemory();
  if (status != DEED_OK) return ended_text();
  const struct deed_layout *layout = &descriptor.layout;
  PyObject *shape = DEEDPY_TUPLE_OF(layout, extent);
  PyObject *bounds = shape ? bounds_text(layout) : NULL;
  PyObject *holders = bounds ? holders_text(&tally) : NULL;
  PyObject *text = NULL;
  if (holders) {
    text = PyUnicode_FromFormat("<deed.Array %s shape=%R bounds=(%U) %s%s of %s memory, owner %s, holders %U>",
                                deed_dtype_name((enum deed_dtype)layout->dtype), shape, bounds,
                                descriptor.rights & DEED_WRITE ? "" : "read-only ",
                                deed_role_name((enum deed_role)descriptor.role),
                                deed_origin_name((enum deed_origin)descriptor.origin),
                                deed_language_name((enum deed_language)descriptor.owner), holders);
  }
  Py_XDECREF(holders);
  Py_XDECREF(bounds);
  Py_XDECREF(shape);
  return text;
}
