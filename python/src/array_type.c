/* SPDX-License-Identifier: BSD-3-Clause */
/* array_type.c - the Python type deed.Array: one claim. The object holds a handle and nothing of Python but what it
 * lent. */
#include "array_type.h"

#include "arguments.h"
#include "array_section.h"
#include "buffer_out.h"
#include "errors.h"
#include "site.h"

struct array_object *deedpy_array_new(const struct module_state *state) {
  return (struct array_object *)state->array_type->tp_alloc(state->array_type, 0);
}

PyObject *deedpy_array_finish(const struct module_state *state, struct array_object *result, enum deed_status status,
                              const struct deed_error *error) {
  if (status == DEED_OK) return (PyObject *)result;
  Py_DECREF(result);
  return deedpy_raise(state, error);
}

int deedpy_is_array(const struct module_state *state, PyObject *object) { return Py_TYPE(object) == state->array_type; }

int deedpy_describe(const struct module_state *state, struct deed_array array, struct deed_descriptor *descriptor) {
  enum deed_status status = deed_describe(array, descriptor, sizeof *descriptor);
  if (status == DEED_OK) return 0;
  deedpy_raise_status(state, status, "deed.Array: %s", deed_status_text(status));
  return -1;
}

PyObject *deedpy_array_view(PyObject *self, int64_t offset_bytes, struct deed_layout *layout, PyObject *lower) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  if (deedpy_rebound(state, lower, layout) != 0) return NULL;
  struct array_object *view = deedpy_array_new(state);
  if (!view) return NULL;
  struct deed_site site = deedpy_site(state);
  enum deed_status status = deed_view(deedpy_array(self)->array, offset_bytes, layout, 0, &site, &view->array, &error);
  return deedpy_array_finish(state, view, status, &error);
}

/* The title of a loan that others still hold lives on, with the object that was lent, until they are done. */
static void end_claim(struct array_object *self) {
  struct deed_error error;
  if (self->pin.bits != 0) (void)!deed_release(self->pin, NULL);
  if (self->array.bits == 0) return;
  enum deed_status status = deed_release(self->array, &error);
  if (status == DEED_EDAMAGED) {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    deedpy_raise(deedpy_state_of((PyObject *)self), &error);
    PyErr_WriteUnraisable(NULL);
    PyErr_Restore(type, value, traceback);
  }
  if (!self->loan) return;
  if (status == DEED_EBUSY) {
    deedpy_loan_orphan(self->loan, self->array);
  } else {
    deedpy_keep_drop(self->loan);
  }
}

static void array_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  end_claim(deedpy_array(self));
  type->tp_free(self);
  Py_DECREF(type);
}

PyDoc_STRVAR(
    array_doc,
    "An array of deed: one claim on a block of memory.\n\n"
    "While it lives, the memory lives. numpy() shows the elements as an ndarray, indexing with integers and\n"
    "slices gives views. Indices count from 0, as in NumPy; lower tells the lower bounds that Fortran and C++\n"
    "see. Made by alloc(), adopt(), lend(), share() and lookup(); released when the object goes, by release()\n"
    "or at the end of a with statement. Any method raises StaleError once the claim has ended.");

static PyType_Slot array_slots[] = {
    {Py_tp_doc, (void *)array_doc},
    {Py_tp_dealloc, array_dealloc},
    {Py_tp_repr, deedpy_array_repr},
    {Py_tp_methods, deedpy_array_methods},
    {Py_tp_getset, deedpy_array_enquiries},
    {Py_mp_subscript, deedpy_array_item},
    {Py_mp_ass_subscript, deedpy_array_set_item},
    {Py_mp_length, deedpy_array_length},
    {Py_bf_getbuffer, deedpy_get_buffer},
    {Py_bf_releasebuffer, deedpy_release_buffer},
    {0, NULL},
};

static PyType_Spec array_spec = {
    .name = "deed.Array",
    .basicsize = sizeof(struct array_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = array_slots,
};

PyObject *deedpy_array_type_make(PyObject *module) { return PyType_FromModuleAndSpec(module, &array_spec, NULL); }
