/* SPDX-License-Identifier: BSD-3-Clause */
/* mask.c - arrays that hide some of their elements behind a mask, which memory cannot show. */
#include "protocols/mask.h"

#include "base/errors.h"

/* Is anything in a mask true? It is of logicals, or of records of them. What has no elements (numpy.ma.nomask) hides
 * nothing. Steals mask. */
static int hides(PyObject *mask) {
  int result = 0;
  int is_mask = PyArray_Check(mask) && strchr("bV", PyArray_DESCR((PyArrayObject *)mask)->kind) != NULL;
  PyObject *bytes = is_mask ? PyArray_ToString((PyArrayObject *)mask, NPY_CORDER) : NULL;
  Py_DECREF(mask);
  if (!is_mask) return 0;
  if (!bytes) return -1;
  const char *text = PyBytes_AS_STRING(bytes);
  for (Py_ssize_t k = 0; !result && k < PyBytes_GET_SIZE(bytes); ++k) result = text[k] != 0;
  Py_DECREF(bytes);
  return result;
}

static int pass_error(void) { return PyErr_Occurred() ? -1 : 0; }

/* Absent is no error. */
static PyObject *attribute(PyObject *object, const char *name) {
  PyObject *found = PyObject_GetAttrString(object, name);
  if (!found && PyErr_ExceptionMatches(PyExc_AttributeError)) PyErr_Clear();
  return found;
}

/* The type is asked first: a record array has its fields as attributes, and one may be called mask. */
int deedpy_is_masked(PyObject *object) {
  if (!PyArray_Check(object) || PyArray_CheckExact(object)) return 0;
  PyObject *of_type = attribute((PyObject *)Py_TYPE(object), "mask");
  if (!of_type) return pass_error();
  Py_DECREF(of_type);
  PyObject *mask = PyObject_GetAttrString(object, "mask");
  return mask ? hides(mask) : -1;
}

int deedpy_is_masked_interface(PyObject *object) {
  PyObject *interface = attribute(object, "__array_interface__");
  if (!interface) return pass_error();
  PyObject *mask = PyDict_Check(interface) ? PyDict_GetItemString(interface, "mask") : NULL;
  PyObject *ndarray = mask && mask != Py_None ? PyArray_FROM_O(mask) : NULL;
  Py_DECREF(interface);
  return ndarray ? hides(ndarray) : pass_error();
}

int deedpy_check_unmasked(const struct module_state *state, PyObject *object, int is_masked) {
  if (is_masked > 0) deedpy_raise_status(state, DEED_EUNSUPPORTED, DEEDPY_MASK_LOST, Py_TYPE(object)->tp_name);
  return is_masked == 0 ? 0 : -1;
}
