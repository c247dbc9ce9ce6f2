/* SPDX-License-Identifier: BSD-3-Clause */
/* held_claim.c - a claim as an object of Python: the base of every ndarray made here. */
#include "claims/held_claim.h"

#include "claims/release.h"
#include "claims/shown.h"

struct held_claim *deedpy_held_claim_new(const struct module_state *state) {
  struct held_claim *self = PyObject_New(struct held_claim, state->held_claim_type);
  if (self) memset(&self->claim, 0, sizeof *self - offsetof(struct held_claim, claim));
  return self;
}

void deedpy_number_kept(PyObject *lender) {
  struct held_claim *self = deedpy_held_claim(lender);
  deedpy_told_forget(&deedpy_state_of(lender)->told, &self->told);
  self->lent.bits = 0;
}

void deedpy_number_gone(PyObject *object, struct told_number *told) {
  PyObject *type, *value, *traceback;
  if (told->bits == 0) return;
  PyErr_Fetch(&type, &value, &traceback);
  struct module_state *state = PyType_GetModuleState(Py_TYPE(object));
  if (state) deedpy_told_forget(&state->told, told);
  PyErr_Restore(type, value, traceback);
}

/* Native code may have ended the claims whose number it was told; then there is nothing left to do. */
void deedpy_held_claim_dealloc(PyObject *object) {
  struct held_claim *self = deedpy_held_claim(object);
  PyTypeObject *type = Py_TYPE(object);
  deedpy_number_gone(object, &self->told);
  deedpy_end_claim(self->lent);
  deedpy_end_sized_claim(self->claim, self->is_large);
  deedpy_shown_drop(self->shown);
  type->tp_free(object);
  Py_DECREF(type);
}

static int get_buffer(PyObject *object, Py_buffer *view, int flags) {
  static char no_bytes[1];
  const struct held_claim *self = deedpy_held_claim(object);
  int may_write = self->is_writable && deed_is_live(self->claim);
  return PyBuffer_FillInfo(view, object, no_bytes, 0, !may_write, flags);
}

PyDoc_STRVAR(held_claim_doc,
             "The claim that holds the memory of an ndarray of deed, which has it for a base.\n\n"
             "Its buffer is empty, and writable if the claim is.");

static PyType_Slot held_claim_slots[] = {
    {Py_tp_doc, (void *)held_claim_doc},
    {Py_tp_dealloc, deedpy_held_claim_dealloc},
    {Py_bf_getbuffer, get_buffer},
    {0, NULL},
};

static PyType_Spec held_claim_spec = {
    .name = "deed._core.HeldClaim",
    .basicsize = sizeof(struct held_claim),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = held_claim_slots,
};

PyObject *deedpy_held_claim_type_make(PyObject *module) {
  return PyType_FromModuleAndSpec(module, &held_claim_spec, NULL);
}
