/* SPDX-License-Identifier: BSD-3-Clause */
/* adopt.c - deed.adopt, deed.lend and deed.share of any object: a share of what is deed's already, else by the first
 * protocol that the object speaks. */
#include "verbs/adopt.h"

#include "base/arguments.h"
#include "claims/array_object.h"
#include "claims/memory_root.h"
#include "protocols/arrow_in.h"
#include "protocols/buffer_in.h"
#include "protocols/dlpack_in.h"
#include "protocols/interface_in.h"
#include "protocols/ndarray_in.h"
#include "verbs/registry.h"

/* In the order in which they are tried: what says most about the elements comes first. */
static const deedpy_protocol protocols[] = {deedpy_import_ndarray, deedpy_import_dlpack,    deedpy_import_arrow,
                                            deedpy_import_buffer,  deedpy_import_interface, deedpy_import_array_method};

#define PROTOCOL_COUNT (sizeof protocols / sizeof *protocols)

/* A share of what is deed's already. NotImplemented, a new reference, for anything else. */
static PyObject *share_if_known(struct module_state *state, PyObject *object, PyObject *lower, uint32_t rights) {
  if (PyArray_Check(object)) return deedpy_recognise(state, (PyArrayObject *)object, lower, rights);
  if (!PyMemoryView_Check(object)) Py_RETURN_NOTIMPLEMENTED;
  PyObject *exporter = deedpy_exporter(object);
  if (!exporter) return NULL;
  int is_array = deedpy_is_array(state, exporter);
  Py_DECREF(exporter);
  if (!is_array) Py_RETURN_NOTIMPLEMENTED;
  PyObject *ndarray = PyArray_FROM_O(object);
  PyObject *share = ndarray ? deedpy_recognise(state, (PyArrayObject *)ndarray, lower, rights) : NULL;
  Py_XDECREF(ndarray);
  return share;
}

/* 0 and import filled, or -1 with an exception. */
static int describe(struct module_state *state, PyObject *object, struct deedpy_import *import) {
  const char *reason = "%.100s shows no memory that deed could hold";
  if (deedpy_is_array(state, object)) {
    reason = "%.100s is an array of deed already; share() it";
  } else {
    for (size_t k = 0; k < PROTOCOL_COUNT; ++k) {
      int filled = protocols[k](state, object, import);
      if (filled != 0) return filled < 0 ? -1 : 0;
    }
  }
  PyErr_Format(PyExc_TypeError, reason, Py_TYPE(object)->tp_name);
  return -1;
}

PyObject *deedpy_adopt(struct module_state *state, PyObject *object, PyObject *lower, const char *name) {
  struct deedpy_import import = {.name = name};
  PyObject *known = share_if_known(state, object, lower, 0);
  if (known != Py_NotImplemented) return deedpy_published(state, known, name);
  Py_DECREF(known);
  return describe(state, object, &import) == 0 ? deedpy_import_adopt(state, &import, lower) : NULL;
}

static PyObject *lend(struct module_state *state, PyObject *object, PyObject *lower, PyObject *writable,
                      const char *name) {
  struct deedpy_import import = {.name = name};
  uint32_t rights;
  if (deedpy_rights(writable, &rights) != 0) return NULL;
  PyObject *known = share_if_known(state, object, lower, rights);
  if (known != Py_NotImplemented) return deedpy_published(state, known, name);
  Py_DECREF(known);
  return describe(state, object, &import) == 0 ? deedpy_import_lend(state, &import, lower, rights) : NULL;
}

PyObject *deedpy_adopt_function(PyObject *module, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"object", "lower", "name", NULL};
  PyObject *object;
  PyObject *lower = NULL;
  const char *name = NULL;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|Oz:adopt", names, &object, &lower, &name)) return NULL;
  return deedpy_adopt(deedpy_state(module), object, lower, name);
}

PyObject *deedpy_lend_function(PyObject *module, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"object", "lower", "writable", "name", NULL};
  PyObject *object;
  PyObject *lower = NULL;
  PyObject *writable = NULL;
  const char *name = NULL;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|OOz:lend", names, &object, &lower, &writable, &name)) {
    return NULL;
  }
  return lend(deedpy_state(module), object, lower, writable, name);
}

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

PyObject *deedpy_claim_for_call(struct module_state *state, PyObject *object) {
  PyObject *array = deedpy_is_array(state, object) ? Py_NewRef(object) : NULL;
  if (PyArray_Check(object)) {
    array = deedpy_adopt(state, object, NULL, NULL);
  } else if (!array) {
    PyErr_Format(PyExc_TypeError, "expected a deed.Array or a numpy.ndarray, not %.100s", Py_TYPE(object)->tp_name);
  }
  if (array) deedpy_array_tell(state, deedpy_array(array));
  return array;
}
