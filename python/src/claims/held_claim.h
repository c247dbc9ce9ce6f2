/* SPDX-License-Identifier: BSD-3-Clause */
/* held_claim.h - a claim as an object of Python: the base of every ndarray made here, and what a buffer of bytes names.
 * It ends with the object.
 *
 * NumPy gives an ndarray its right to write back only if the end of its base chain exports a writable buffer. So this
 * does, where the claim may write: an empty one, because the ndarray is the one to look at the elements. */
#ifndef DEEDPY_HELD_CLAIM_H
#define DEEDPY_HELD_CLAIM_H

#include "base/module_state.h"

struct deedpy_shown;

struct held_claim {
  PyObject ob_base;
  struct deed_array claim;    /* the ndarrays rely on it, so nobody else is told its number */
  struct deed_array lent;     /* another, whose number native code was told and may end; bits 0: none was lent yet */
  struct told_number told;    /* of that other */
  struct deedpy_shown *shown; /* what it shows, of which the object is a user; NULL if that is not asked */
  unsigned char is_writable;
  unsigned char is_large; /* of a large block, whose end takes long */
};

/* Make the type. New reference. */
PyObject *deedpy_held_claim_type_make(PyObject *module);

/* An object without a claim and without what it shows, to be filled. New reference. */
struct held_claim *deedpy_held_claim_new(const struct module_state *state);

/* Between these two, from the import until the interpreter's atexit functions run, the memory of ended ones is kept in
 * a short list for the next. */
void deedpy_spare_claims_open(void);
void deedpy_spare_claims_close(void);

/* What it lent has another owner from now on. */
void deedpy_number_handed_on(PyObject *lender);

/* The object that has a claim goes, and its number leads nowhere. The module, and the table with it, may have gone
 * before the last of its objects. */
void deedpy_number_gone(PyObject *object, struct told_number *told);

void deedpy_held_claim_dealloc(PyObject *self);

static inline struct held_claim *deedpy_held_claim(PyObject *object) { return (struct held_claim *)object; }

/* The type has no subclasses, so its destructor tells it from all others. */
static inline int deedpy_is_held_claim(PyObject *object) {
  return Py_TYPE(object)->tp_dealloc == deedpy_held_claim_dealloc;
}

#endif
