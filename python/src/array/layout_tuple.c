/* SPDX-License-Identifier: BSD-3-Clause */
/* layout_tuple.c - the dimensions of a layout as tuples of Python. */
#include "array/layout_tuple.h"

PyObject *deedpy_tuple_of(const int64_t *values, int32_t count) {
  PyObject *tuple = PyTuple_New(count);
  for (int32_t k = 0; tuple && k < count; ++k) {
    PyObject *value = PyLong_FromLongLong(values[k]);
    if (!value) Py_CLEAR(tuple);
    if (tuple) PyTuple_SET_ITEM(tuple, k, value);
  }
  return tuple;
}

PyObject *deedpy_tuple_of_dimensions(const struct deed_layout *layout, size_t field_offset_bytes) {
  int64_t values[DEED_MAX_RANK];
  for (int32_t k = 0; k < layout->rank; ++k) {
    memcpy(&values[k], (const char *)&layout->dim[k] + field_offset_bytes, sizeof values[k]);
  }
  return deedpy_tuple_of(values, layout->rank);
}
