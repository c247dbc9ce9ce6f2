/* SPDX-License-Identifier: BSD-3-Clause */
/* share.c - deed.share: one more claim on what is deed's already. */
#include "verbs/share.h"

#include "base/arguments.h"
#include "claims/array_object.h"
#include "protocols/ndarray_in.h"

PyObject *deedpy_share_function(PyObject *module, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"array", "writable", NULL};
  struct module_state *state = deedpy_state(module);
  PyObject *object;
  PyObject *writable = NULL;
  uint32_t rights;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|O:share", names, &object, &writable)) return NULL;
  if (deedpy_is_array(state, object)) return deedpy_array_share(object, writable);
  if (deedpy_rights(writable, &rights) != 0) return NULL;
  if (PyArray_Check(object)) {
    PyObject *share = deedpy_recognise(state, (PyArrayObject *)object, NULL, rights);
    if (share != Py_NotImplemented) return share;
    Py_DECREF(share);
  }
  return PyErr_Format(PyExc_TypeError, "%.100s is not an array of deed; adopt() or lend() it",
                      Py_TYPE(object)->tp_name);
}
