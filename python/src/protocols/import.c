/* SPDX-License-Identifier: BSD-3-Clause */
/* import.c - memory of Python objects on its way into deed: adopt and lend of whatever a protocol describes. */
#include "protocols/import.h"

#include "array/array_type.h"
#include "base/arguments.h"
#include "base/errors.h"
#include "claims/memory_root.h"
#include "claims/release.h"
#include "claims/site.h"
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

/* A capsule of another library may run any code as it goes, and need no exception for it. */
void deedpy_import_drop(struct deedpy_import *import) {
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  deedpy_keep_drop(import->keep);
  deedpy_record_drop(import->record);
  import->record = NULL;
  Py_CLEAR(import->source);
  PyErr_Restore(type, value, traceback);
}

/* The Array to be filled, and the site; NULL with an exception, and then the import is over. All that can fail or run
 * Python code is done before the memory is taken, so nothing is left between that and the verb of the core. */
static struct array_object *begin(struct module_state *state, struct deedpy_import *import, PyObject *lower,
                                  struct deed_site *site) {
  struct array_object *result = NULL;
  if (deedpy_rebound(state, lower, &import->layout) == 0) result = deedpy_array_new(state);
  (void)deedpy_array_with_record((PyObject *)result, import->record);
  import->record = NULL;
  if (result) *site = deedpy_begin_verb(state);
  if (result && (!import->take || import->take(import) == 0)) return result;
  Py_XDECREF(result);
  deedpy_import_drop(import);
  return NULL;
}

/* After the verb: what it refused goes back. */
static void settle(struct deedpy_import *import, enum deed_status status) {
  if (status == DEED_OK) {
    Py_CLEAR(import->source);
    return;
  }
  if (import->give_back) import->give_back(import);
  deedpy_import_drop(import);
}

/* If the name is refused, the memory is taken out of deed again: nobody else can have a claim yet. */
static enum deed_status publish(const struct deedpy_import *import, struct array_object *result, int is_loan,
                                struct deed_error *error) {
  struct deed_reclaimed reclaimed;
  enum deed_status status = import->name ? deed_publish(result->array, import->name, error) : DEED_OK;
  if (status == DEED_OK) return DEED_OK;
  if (is_loan) {
    deedpy_end_claim(result->array);
  } else {
    (void)!deed_reclaim(result->array, import->origin, deedpy_owner_release, &reclaimed, NULL);
  }
  result->array.bits = 0;
  return status;
}

PyObject *deedpy_import_adopt(struct module_state *state, struct deedpy_import *import, PyObject *lower) {
  struct deed_error error;
  struct deed_site site;
  struct array_object *result = begin(state, import, lower, &site);
  if (!result) return NULL;
  struct deed_memory memory = {.data = import->data,
                               .origin = import->origin,
                               .rights = import->rights,
                               .release = deedpy_owner_release,
                               .context = import->keep};
  enum deed_status status = deed_adopt(&memory, &import->layout, &site, &result->array, &error);
  if (status == DEED_OK) status = publish(import, result, 0, &error);
  settle(import, status);
  return deedpy_array_finish(state, result, status, &error);
}

PyObject *deedpy_import_lend(struct module_state *state, struct deedpy_import *import, PyObject *lower,
                             uint32_t rights) {
  struct deed_error error;
  struct deed_site site;
  if (rights & ~import->rights) {
    deedpy_import_drop(import);
    return deedpy_raise_status(state, DEED_ERIGHTS, "lend refused: the memory is read-only, write right asked for");
  }
  struct array_object *result = begin(state, import, lower, &site);
  if (!result) return NULL;
  if (!rights) rights = import->rights;
  enum deed_status status = deed_lend(import->data, rights, &import->layout, &site, &result->array, &error);
  if (status == DEED_OK) status = publish(import, result, 1, &error);
  if (status == DEED_OK) result->loan = import->keep;
  settle(import, status);
  return deedpy_array_finish(state, result, status, &error);
}

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
