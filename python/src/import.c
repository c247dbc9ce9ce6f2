/* SPDX-License-Identifier: BSD-3-Clause */
/* import.c - memory of Python objects on its way into deed: adopt and lend of whatever a protocol describes. */
#include "import.h"

#include "arguments.h"
#include "array_type.h"
#include "arrow_in.h"
#include "buffer_in.h"
#include "dlpack_in.h"
#include "errors.h"
#include "idle_claim.h"
#include "interface_in.h"
#include "ndarray_in.h"
#include "site.h"

/* In the order in which they are tried: what says most about the elements comes first. */
static const deedpy_protocol protocols[] = {deedpy_import_ndarray, deedpy_import_dlpack,    deedpy_import_arrow,
                                            deedpy_import_buffer,  deedpy_import_interface, deedpy_import_array_method};

#define PROTOCOL_COUNT (sizeof protocols / sizeof *protocols)

/* The Array to be filled; NULL with an exception, and then the memory is let go. Nothing that can fail is left between
 * the verb of the core and its result. */
static struct array_object *begin(struct module_state *state, struct deedpy_import *import, PyObject *lower) {
  struct array_object *result = NULL;
  if (deedpy_rebound(state, lower, &import->layout) == 0) result = deedpy_array_new(state);
  (void)deedpy_array_with_record((PyObject *)result, import->record);
  if (!result) deedpy_keep_drop(import->keep);
  return result;
}

PyObject *deedpy_import_adopt(struct module_state *state, struct deedpy_import *import, PyObject *lower) {
  struct deed_error error;
  struct array_object *result = begin(state, import, lower);
  if (!result) return NULL;
  struct deed_memory memory = {.data = import->data,
                               .origin = import->origin,
                               .rights = import->rights,
                               .release = deedpy_owner_release,
                               .context = import->keep};
  struct deed_site site = deedpy_site(state);
  enum deed_status status = deed_adopt(&memory, &import->layout, &site, &result->array, &error);
  if (status != DEED_OK) deedpy_keep_drop(import->keep);
  return deedpy_array_finish(state, result, status, &error);
}

PyObject *deedpy_import_lend(struct module_state *state, struct deedpy_import *import, PyObject *lower,
                             uint32_t rights) {
  struct deed_error error;
  if (rights & ~import->rights) {
    deedpy_record_drop(import->record);
    deedpy_keep_drop(import->keep);
    return deedpy_raise_status(state, DEED_ERIGHTS, "lend refused: the memory is read-only, write right asked for");
  }
  struct array_object *result = begin(state, import, lower);
  if (!result) return NULL;
  struct deed_site site = deedpy_site(state);
  if (!rights) rights = import->rights;
  enum deed_status status = deed_lend(import->data, rights, &import->layout, &site, &result->array, &error);
  if (status == DEED_OK) {
    result->loan = import->keep;
  } else {
    deedpy_keep_drop(import->keep);
  }
  return deedpy_array_finish(state, result, status, &error);
}

/* A share of what is deed's already. NotImplemented, a new reference, for anything else. */
static PyObject *share_if_known(struct module_state *state, PyObject *object, PyObject *lower, uint32_t rights) {
  if (PyArray_Check(object)) return deedpy_recognise(state, (PyArrayObject *)object, lower, rights);
  if (!PyMemoryView_Check(object) || !PyMemoryView_GET_BASE(object)) Py_RETURN_NOTIMPLEMENTED;
  if (!deedpy_is_array(state, PyMemoryView_GET_BASE(object))) Py_RETURN_NOTIMPLEMENTED;
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

PyObject *deedpy_adopt(struct module_state *state, PyObject *object, PyObject *lower) {
  struct deedpy_import import = {0};
  PyObject *known = share_if_known(state, object, lower, 0);
  if (known != Py_NotImplemented) return known;
  Py_DECREF(known);
  return describe(state, object, &import) == 0 ? deedpy_import_adopt(state, &import, lower) : NULL;
}

static PyObject *lend(struct module_state *state, PyObject *object, PyObject *lower, PyObject *writable) {
  struct deedpy_import import = {0};
  uint32_t rights;
  if (deedpy_rights(writable, &rights) != 0) return NULL;
  PyObject *known = share_if_known(state, object, lower, rights);
  if (known != Py_NotImplemented) return known;
  Py_DECREF(known);
  return describe(state, object, &import) == 0 ? deedpy_import_lend(state, &import, lower, rights) : NULL;
}

PyObject *deedpy_adopt_function(PyObject *module, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"object", "lower", NULL};
  PyObject *object;
  PyObject *lower = NULL;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|O:adopt", names, &object, &lower)) return NULL;
  return deedpy_adopt(deedpy_state(module), object, lower);
}

PyObject *deedpy_lend_function(PyObject *module, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"object", "lower", "writable", NULL};
  PyObject *object;
  PyObject *lower = NULL;
  PyObject *writable = NULL;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|OO:lend", names, &object, &lower, &writable)) return NULL;
  return lend(deedpy_state(module), object, lower, writable);
}

PyObject *deedpy_claim_for_call(struct module_state *state, PyObject *object) {
  if (deedpy_is_array(state, object)) {
    deedpy_idle_forbid(deedpy_array(object));
    return Py_NewRef(object);
  }
  if (PyArray_Check(object)) return deedpy_adopt(state, object, NULL);
  return PyErr_Format(PyExc_TypeError, "expected a deed.Array or a numpy.ndarray, not %.100s",
                      Py_TYPE(object)->tp_name);
}
