/* SPDX-License-Identifier: BSD-3-Clause */
/* registry.c - deed.lookup and deed.names. */
#include "verbs/registry.h"

#include "base/arguments.h"
#include "base/errors.h"
#include "base/list_all.h"
#include "claims/array_object.h"
#include "claims/site.h"

PyObject *deedpy_published(const struct module_state *state, PyObject *array, const char *name) {
  struct deed_error error;
  if (!array || !name || deed_publish(deedpy_array(array)->array, name, &error) == DEED_OK) return array;
  Py_DECREF(array);
  return deedpy_raise(state, &error);
}

PyObject *deedpy_lookup_function(PyObject *module, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"name", "writable", NULL};
  struct module_state *state = deedpy_state(module);
  const char *name;
  PyObject *writable = NULL;
  uint32_t rights;
  struct deed_error error;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "s|O:lookup", names, &name, &writable)) return NULL;
  if (deedpy_rights(writable, &rights) != 0) return NULL;
  struct array_object *array = deedpy_array_new(state);
  if (!array) return NULL;
  struct deed_site site = deedpy_begin_verb(state);
  enum deed_status status = deed_lookup(name, rights, &site, &array->array, &error);
  return deedpy_array_finish(state, array, status, &error);
}

static enum deed_status list(const void *unused, void *names, int64_t capacity, int64_t *count) {
  (void)unused;
  return deed_names(names, capacity, count);
}

/* A snapshot of the names, to be freed with PyMem_RawFree; NULL with an exception. */
static struct deed_name *snapshot(const struct module_state *state, int64_t *count) {
  void *names;
  enum deed_status status = deedpy_list_all(list, NULL, sizeof(struct deed_name), &names, count);
  if (status != DEED_OK) deedpy_raise_status(state, status, "names: %s", deed_status_text(status));
  return names;
}

PyObject *deedpy_names_function(PyObject *module, PyObject *unused) {
  int64_t count;
  (void)unused;
  struct deed_name *names = snapshot(deedpy_state(module), &count);
  PyObject *list = names ? PyList_New(count) : NULL;
  for (int64_t k = 0; list && k < count; ++k) {
    PyObject *name = PyUnicode_FromString(names[k].name);
    if (!name) Py_CLEAR(list);
    if (list) PyList_SET_ITEM(list, k, name);
  }
  PyMem_RawFree(names);
  return list;
}
