/* SPDX-License-Identifier: BSD-3-Clause */
/* array_numpy.c - a deed.Array as NumPy asks for it: numpy() and __array__. */
#include "array/array_numpy.h"

#include "base/arguments.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "protocols/ndarray_out.h"

PyObject *deedpy_array_numpy(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords) {
  PyObject *dtype = NULL;
  PyArray_Descr *descr = NULL;
  if (deedpy_only_argument(arguments, count, keywords, "dtype", &dtype) != 0) return NULL;
  if (dtype && !PyArray_DescrConverter2(dtype, &descr)) return NULL;
  return deedpy_ndarray(self, descr);
}

/* Whether NumPy's copy argument (True, False or None) asks for a copy, needed or not. -1 with an exception. */
static int must_copy(PyObject *wanted, int is_needed) {
  if (wanted == Py_None) return is_needed;
  int is_wanted = PyObject_IsTrue(wanted);
  if (is_wanted == 0 && is_needed) {
    PyErr_SetString(PyExc_ValueError, "another dtype cannot be given without a copy, and copy=False");
    return -1;
  }
  return is_wanted;
}

PyObject *deedpy_array_protocol(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"dtype", "copy", NULL};
  PyArray_Descr *descr = NULL;
  PyObject *copy_wanted = Py_None;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O&O:__array__", names, PyArray_DescrConverter2, &descr,
                                   &copy_wanted)) {
    return NULL;
  }
  PyArrayObject *ndarray = (PyArrayObject *)deedpy_ndarray(self, NULL);
  if (!ndarray) {
    Py_XDECREF(descr);
    return NULL;
  }
  int copies = must_copy(copy_wanted, descr && !PyArray_EquivTypes(descr, PyArray_DESCR(ndarray)));
  if (copies == 0) {
    Py_XDECREF(descr);
    return (PyObject *)ndarray;
  }
  if (!descr) descr = (PyArray_Descr *)Py_NewRef((PyObject *)PyArray_DESCR(ndarray));
  PyObject *result = copies > 0 ? PyArray_FromArray(ndarray, descr, NPY_ARRAY_ENSURECOPY | NPY_ARRAY_FORCECAST) : NULL;
  if (copies < 0) Py_DECREF(descr);
  Py_DECREF(ndarray);
  return result;
}
