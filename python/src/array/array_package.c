/* SPDX-License-Identifier: BSD-3-Clause */
/* array_package.c - what Python code of the package does for deed.Array. */
#include "array/array_package.h"

/* function(first, second) of a module of the package; second may be NULL. */
PyObject *deedpy_call_package(const char *module_name, const char *function, PyObject *first, PyObject *second) {
  PyObject *module = PyImport_ImportModule(module_name);
  PyObject *name = module ? PyUnicode_FromString(function) : NULL;
  PyObject *result = name ? PyObject_CallMethodObjArgs(module, name, first, second, NULL) : NULL;
  Py_XDECREF(name);
  Py_XDECREF(module);
  return result;
}

PyObject *deedpy_array_refuse_pickle(PyObject *self, PyObject *unused) {
  (void)self;
  (void)unused;
  PyErr_SetString(PyExc_TypeError,
                  "__reduce__() knows no protocol; a deed.Array is pickled by __reduce_ex__(protocol)");
  return NULL;
}

PyObject *deedpy_array_reduce_ex(PyObject *self, PyObject *protocol) {
  return deedpy_call_package("deed.pickling", "reduce", self, protocol);
}

PyObject *deedpy_array_dask_token(PyObject *self, PyObject *unused) {
  (void)unused;
  return deedpy_call_package("deed.tokens", "token", self, NULL);
}

PyObject *deedpy_array_as_ctypes(PyObject *self, PyObject *unused) {
  (void)unused;
  return deedpy_call_package("deed.pointers", "as_ctypes", self, NULL);
}

PyObject *deedpy_array_as_cffi(PyObject *self, PyObject *ffi) {
  return deedpy_call_package("deed.pointers", "as_cffi", self, ffi);
}
