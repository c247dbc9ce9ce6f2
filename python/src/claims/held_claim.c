/* SPDX-License-Identifier: BSD-3-Clause */
/* held_claim.c - a claim as an object of Python: the base of every ndarray made here. */
#include "claims/held_claim.h"

#include "claims/release.h"
#include "claims/shown.h"

/* The memory of ended ones, for the next: most ndarrays come right after one that has gone. Guarded by the GIL. */
static struct {
  struct held_claim *claims[8];
  int count;
  int is_open;
} spare;

void deedpy_spare_claims_open(void) { spare.is_open = 1; }

void deedpy_spare_claims_close(void) {
  spare.is_open = 0;
  while (spare.count > 0) PyObject_Free(spare.claims[--spare.count]);
}

struct held_claim *deedpy_held_claim_new(const struct module_state *state) {
  PyTypeObject *type = state->held_claim_type;
  struct held_claim *self = spare.count > 0
                                ? (struct held_claim *)PyObject_Init((PyObject *)spare.claims[--spare.count], type)
                                : PyObject_New(struct held_claim, type);
  if (self) memset(&self->claim, 0, sizeof *self - offsetof(struct held_claim, claim));
  return self;
}

static void free_memory(struct held_claim *self) {
  if (spare.is_open && spare.count < (int)(sizeof spare.claims / sizeof *spare.claims)) {
    spare.claims[spare.count++] = self;
  } else {
    PyObject_Free(self);
  }
}

void deedpy_number_handed_on(PyObject *lender) {
  struct held_claim *self = deedpy_held_claim(lender);
  deedpy_told_forget(&deedpy_state_of(lender)->told, &self->told);
  self->lent.bits = 0;
}

void deedpy_number_gone(PyObject *object, struct told_number *told) {
  struct module_state *state = told->bits != 0 ? deedpy_state_of(object) : NULL;
  if (state) deedpy_told_forget(&state->told, told);
}

/* Native code may have ended the claims whose number it was told; then there is nothing left to do. */
void deedpy_held_claim_dealloc(PyObject *object) {
  struct held_claim *self = deedpy_held_claim(object);
  PyTypeObject *type = Py_TYPE(object);
  deedpy_number_gone(object, &self->told);
  deedpy_end_claim(self->lent);
  deedpy_end_sized_claim(self->claim, self->is_large);
  deedpy_shown_drop(self->shown);
  free_memory(self);
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
