/* SPDX-License-Identifier: BSD-3-Clause */
/* array_handle.c - the claim of a deed.Array as a number: from native code and to it. */
#include "array/array_handle.h"

#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/trace.h"

/* The number of a handle: an int, or a deed.handle that a native function has returned. 0, or -1 with an exception. */
static int bits_of(PyObject *handle, uint64_t *bits) {
  PyObject *number = PyLong_Check(handle) ? Py_NewRef(handle) : PyObject_GetAttrString(handle, "bits");
  *bits = number && PyLong_Check(number) ? PyLong_AsUnsignedLongLong(number) : 0;
  int is_number = number && PyLong_Check(number);
  Py_XDECREF(number);
  if (is_number && !PyErr_Occurred()) return 0;
  if (PyErr_ExceptionMatches(PyExc_OverflowError)) {
    PyErr_Format(PyExc_OverflowError, "handle must have 64 bits and no sign, not %R", handle);
  } else if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_AttributeError)) {
    PyErr_Format(PyExc_TypeError, "handle must be an int or a deed.handle, not %R", handle);
  }
  return -1;
}

PyObject *deedpy_array_from_handle(PyTypeObject *type, PyObject *handle) {
  struct module_state *state = PyType_GetModuleState(type);
  struct deed_array claim;
  if (bits_of(handle, &claim.bits) != 0) return NULL;
  struct array_object *array = deedpy_array_new(state);
  return array ? deedpy_array_take(state, array, claim) : NULL;
}

PyObject *deedpy_array_into_handle(PyObject *self, PyObject *unused) {
  struct array_object *array = deedpy_array(self);
  struct deed_descriptor descriptor;
  (void)unused;
  if (deedpy_describe_anywhere(deedpy_state_of(self), array->array, &descriptor) != 0) return NULL;
  if (array->loan) {
    return deedpy_raise_status(
        deedpy_state_of(self), DEED_EORIGIN,
        "into_handle refused: the title of a loan stays with the Array that keeps what was lent");
  }
  PyObject *bits = PyLong_FromUnsignedLongLong(array->array.bits);
  if (!bits) return NULL;
  deedpy_trace_given_away(array->array);
  deedpy_told_forget(&deedpy_state_of(self)->told, &array->told);
  array->array.bits = 0;
  return bits;
}
