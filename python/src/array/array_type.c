/* SPDX-License-Identifier: BSD-3-Clause */
/* array_type.c - the Python type deed.Array: one claim. The object holds a handle and nothing of Python but what it
 * lent. */
#include "array/array_type.h"

#include <structmember.h>

#include "array/array_enquiry.h"
#include "array/array_methods.h"
#include "array/array_numbers.h"
#include "array/array_repr.h"
#include "array/array_section.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/held_claim.h"
#include "claims/release.h"
#include "claims/shown.h"
#include "protocols/buffer_out.h"

static void say_unraisable(struct array_object *self, const struct deed_error *error) {
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  deedpy_raise(deedpy_state_of((PyObject *)self), error);
  PyErr_WriteUnraisable(NULL);
  PyErr_Restore(type, value, traceback);
}

/* What was lent stays until the others that hold the memory are done. The title may have ended by its number. */
static void end_loan(struct array_object *self, struct deedpy_keep *loan) {
  if (deed_recall_later(self->array, deedpy_owner_release, loan, NULL) != DEED_OK) deedpy_keep_drop(loan);
}

static void release_nothing(void *data, void *context) {
  (void)data;
  (void)context;
}

/* The title of a loan of native code is busy: nobody has it any more, so it ends when the others are done. */
static void end_other(struct array_object *self) {
  struct deed_error error;
  enum deed_status status = deedpy_release(self->array, &error);
  if (status == DEED_EBUSY) (void)!deed_recall_later(self->array, release_nothing, NULL, NULL);
  if (status == DEED_EDAMAGED) say_unraisable(self, &error);
}

static int end_claim(PyObject *object) {
  struct array_object *self = deedpy_array(object);
  struct deedpy_keep *loan = self->loan;
  deedpy_end_claim(self->in_place_of_buffer);
  self->in_place_of_buffer.bits = 0;
  self->loan = NULL;
  if (loan) {
    end_loan(self, loan);
  } else if (self->array.bits != 0) {
    end_other(self);
  }
  return 0;
}

/* What was lent may hold the Array. What was adopted is kept by its block, which may have claims that Python cannot
 * see: such a circle is one of the ledger's blocks until somebody breaks it. */
static int traverse(PyObject *self, visitproc visit, void *arg) {
  struct deedpy_keep *loan = deedpy_array(self)->loan;
  Py_VISIT(Py_TYPE(self));
  return loan ? deedpy_keep_traverse(loan, visit, arg) : 0;
}

static void array_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  if (deedpy_array(self)->weak_references) PyObject_ClearWeakRefs(self);
  end_claim(self);
  deedpy_number_gone(self, &deedpy_array(self)->told);
  deedpy_shown_drop(deedpy_array(self)->shown);
  deedpy_record_drop(deedpy_array(self)->record);
  Py_XDECREF(deedpy_array(self)->buffer_place);
  type->tp_free(self);
  Py_DECREF(type);
}

PyDoc_STRVAR(
    array_doc,
    "An array of deed: one claim on a block of memory.\n\n"
    "While it lives, the memory lives. numpy() shows the elements as an ndarray. Indexing with slices gives views,\n"
    "with an integer for each dimension the value of that element. Indices count from 0, as in NumPy; lower tells the "
    "lower bounds that Fortran and C++\n"
    "see. Made by alloc(), adopt(), lend(), share() and lookup(); released when the object goes, by release()\n"
    "or at the end of a with statement. Any method raises StaleError once the claim has ended.");

static PyMemberDef array_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct array_object, weak_references), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

#define NUMBER_SLOT(arity, name, function) {Py_nb_##name, deedpy_array_##name},

/* Elements are compared, so an Array has no hash, like an ndarray. */
static PyType_Slot array_slots[] = {
    {Py_tp_doc, (void *)array_doc},
    {Py_tp_dealloc, array_dealloc},
    {Py_tp_traverse, traverse},
    {Py_tp_clear, end_claim},
    {Py_tp_members, array_members},
    {Py_tp_iter, deedpy_array_iterator},
    {Py_sq_item, deedpy_array_row},
    {Py_sq_length, deedpy_array_length},
    {Py_sq_contains, deedpy_array_contains},
    {Py_tp_richcompare, deedpy_array_compare},
    {Py_tp_hash, PyObject_HashNotImplemented},
    DEEDPY_NUMBER_SLOTS(NUMBER_SLOT){Py_nb_power, deedpy_array_power},
    {Py_nb_inplace_power, deedpy_array_inplace_power},
    {Py_nb_bool, deedpy_array_bool},
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
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = array_slots,
};

PyObject *deedpy_array_type_make(PyObject *module) { return PyType_FromModuleAndSpec(module, &array_spec, NULL); }
