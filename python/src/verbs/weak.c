/* SPDX-License-Identifier: BSD-3-Clause */
/* weak.c - deed.weak and the Python type deed.Weak. */
#include "verbs/weak.h"

#include "base/arguments.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/site.h"

struct weak_object {
  PyObject ob_base;
  struct deed_weak weak;
  struct deedpy_record *record; /* the fields of its elements; NULL: none are known */
};

static const struct deed_weak *weak_of(PyObject *self) { return &((struct weak_object *)self)->weak; }

PyObject *deedpy_weak_function(PyObject *module, PyObject *array) {
  struct module_state *state = deedpy_state(module);
  if (!deedpy_is_array(state, array)) {
    return PyErr_Format(PyExc_TypeError, "array must be a deed.Array, not %.100s", Py_TYPE(array)->tp_name);
  }
  struct weak_object *self = (struct weak_object *)state->weak_type->tp_alloc(state->weak_type, 0);
  if (!self) return NULL;
  enum deed_status status = deed_weak_of(deedpy_array(array)->array, &self->weak);
  self->record = deedpy_record_hold(deedpy_array(array)->record);
  if (status == DEED_OK) return (PyObject *)self;
  Py_DECREF(self);
  return deedpy_raise_status(state, status, "weak: %s", deed_status_text(status));
}

static PyObject *upgrade(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  PyObject *writable = NULL;
  uint32_t rights;
  if (deedpy_only_argument(arguments, count, keywords, "writable", &writable) != 0) return NULL;
  if (deedpy_rights(writable, &rights) != 0) return NULL;
  struct array_object *array = deedpy_array_new(state);
  if (!array) return NULL;
  struct deed_site site = deedpy_begin_verb(state);
  enum deed_status status = deed_upgrade(weak_of(self), rights, &site, &array->array, &error);
  struct deedpy_record *record = deedpy_record_hold(((struct weak_object *)self)->record);
  return deedpy_array_with_record(deedpy_array_finish(state, array, status, &error), record);
}

static PyObject *is_live(PyObject *self, void *unused) {
  (void)unused;
  return PyBool_FromLong(deed_weak_is_live(weak_of(self)));
}

static PyObject *weak_repr(PyObject *self) {
  const struct deed_layout *layout = &weak_of(self)->layout;
  return PyUnicode_FromFormat("<deed.Weak of %s of rank %d, %s>", deed_dtype_name((enum deed_dtype)layout->dtype),
                              (int)layout->rank, deed_weak_is_live(weak_of(self)) ? "live" : "ended");
}

static void weak_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  deedpy_record_drop(((struct weak_object *)self)->record);
  type->tp_free(self);
  Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"upgrade", (PyCFunction)(void (*)(void))upgrade, METH_FASTCALL | METH_KEYWORDS,
     "upgrade($self, /, writable=None)\n--\n\n"
     "A share of what was remembered, if the memory still lives, whoever holds it. writable: as in share().\n"
     "StaleError when it has ended, RightsError."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef enquiries[] = {
    {"is_live", is_live, NULL, "Whether the memory lives. Another thread may end it at once: to use it, upgrade().",
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyDoc_STRVAR(weak_doc,
             "An array that is remembered, not kept: it is no claim, and needs no release.\n\n"
             "Made by weak(). weakref.ref(array) dies with one Array object; this lives as long as anybody in any\n"
             "language holds the memory.");

static PyType_Slot weak_slots[] = {
    {Py_tp_doc, (void *)weak_doc}, {Py_tp_dealloc, weak_dealloc}, {Py_tp_repr, weak_repr},
    {Py_tp_methods, methods},      {Py_tp_getset, enquiries},     {0, NULL},
};

static PyType_Spec weak_spec = {
    .name = "deed.Weak",
    .basicsize = sizeof(struct weak_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = weak_slots,
};

PyObject *deedpy_weak_type_make(PyObject *module) { return PyType_FromModuleAndSpec(module, &weak_spec, NULL); }
