/* SPDX-License-Identifier: BSD-3-Clause */
/* ndarray_out.c - an array of deed as a numpy.ndarray. The ndarray never owns its data: its base is an object with a
 * claim, so any chain of NumPy views keeps the block alive, in whatever order its members go. */
#include "protocols/ndarray_out.h"

#include "base/dtype_map.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/held_claim.h"
#include "claims/release.h"
#include "claims/share.h"
#include "claims/shown.h"
#include "claims/site.h"

/* What the claim that self has now shows, borrowed from self; NULL with an exception. */
static struct deedpy_shown *shown_of(struct module_state *state, struct array_object *self) {
  struct deed_descriptor descriptor;
  if (self->shown && self->shown->array.bits == self->array.bits) return self->shown;
  deedpy_shown_drop(self->shown);
  self->shown = NULL;
  if (deedpy_describe(state, self->array, &descriptor) != 0) return NULL;
  self->shown = deedpy_shown_new(self->array, self->record, &descriptor);
  return self->shown;
}

/* Takes the claim, also on failure. */
static PyObject *held_claim_of(struct module_state *state, struct array_object *self, struct deed_array claim) {
  struct deedpy_shown *shown = shown_of(state, self);
  struct held_claim *held = shown ? deedpy_held_claim_new(state) : NULL;
  if (!held) {
    deedpy_end_claim(claim);
    return NULL;
  }
  held->claim = claim;
  held->shown = shown;
  held->is_writable = shown->flags != 0;
  held->is_large = shown->is_large != 0;
  shown->users += 1;
  return (PyObject *)held;
}

/* A new reference to the type of the elements: what they are shown as, or descr, which is stolen. */
static PyArray_Descr *descr_of(struct module_state *state, struct deedpy_shown *shown, PyArray_Descr *descr) {
  if (!descr) {
    if (!shown->descr) shown->descr = deedpy_descr(state, shown->element);
    return (PyArray_Descr *)Py_XNewRef((PyObject *)shown->descr);
  }
  if (!PyDataType_REFCHK(descr) && PyDataType_ELSIZE(descr) == shown->element.size_bytes) return descr;
  deedpy_raise_status(state, DEED_EDTYPE, "%s of %lld bytes cannot be shown as %R",
                      deed_dtype_name(shown->element.dtype), (long long)shown->element.size_bytes, (PyObject *)descr);
  Py_DECREF(descr);
  return NULL;
}

/* Steals descr and held. Strides that NumPy finds itself are cheaper than given ones, which it checks; and a base that
 * is no ndarray needs nothing that PyArray_SetBaseObject() does more than this. */
static PyObject *ndarray_on(const struct deedpy_shown *shown, PyArray_Descr *descr, PyObject *held) {
  const npy_intp *strides = shown->extents + shown->rank;
  int flags = shown->flags;
  if (shown->order >= 0 && descr == shown->descr) {
    strides = NULL;
    flags |= shown->order;
  }
  PyObject *ndarray =
      PyArray_NewFromDescr(&PyArray_Type, descr, shown->rank, shown->extents, strides, shown->data, flags, NULL);
  if (!ndarray) {
    Py_DECREF(held);
    return NULL;
  }
  ((PyArrayObject_fields *)ndarray)->base = held;
  return ndarray;
}

/* A claim that no other ndarray has. A new reference. */
static PyObject *held_for_ndarray(struct module_state *state, struct array_object *self) {
  struct deed_array claim;
  return deedpy_share_here(state, self->array, &claim) == 0 ? held_claim_of(state, self, claim) : NULL;
}

PyObject *deedpy_ndarray(PyObject *object, PyArray_Descr *descr) {
  struct module_state *state = deedpy_state_of(object);
  PyObject *held = held_for_ndarray(state, deedpy_array(object));
  if (!held) {
    Py_XDECREF(descr);
    return NULL;
  }
  struct deedpy_shown *shown = deedpy_held_claim(held)->shown;
  descr = descr_of(state, shown, descr);
  if (!descr) {
    Py_DECREF(held);
    return NULL;
  }
  return ndarray_on(shown, descr, held);
}

/* A record whose fields are known is a view of the array, as NumPy has it; all others are copies. Steals descr and
 * held. */
static PyObject *scalar_on(const struct deedpy_shown *shown, PyArray_Descr *descr, PyObject *held,
                           int64_t offset_bytes) {
  char *element = (char *)shown->data + offset_bytes;
  PyObject *scalar = NULL;
  if (PyDataType_HASFIELDS(descr)) {
    PyObject *ndarray = ndarray_on(shown, descr, held);
    if (ndarray) scalar = PyArray_Scalar(element, PyArray_DESCR((PyArrayObject *)ndarray), ndarray);
    Py_XDECREF(ndarray);
    return scalar;
  }
  scalar = PyArray_Scalar(element, descr, NULL);
  Py_DECREF(descr);
  Py_DECREF(held);
  return scalar;
}

PyObject *deedpy_element_value(PyObject *object, struct deed_array claim, int64_t offset_bytes) {
  struct module_state *state = deedpy_state_of(object);
  PyObject *held = held_for_ndarray(state, deedpy_array(object));
  if (!held) return NULL;
  struct deedpy_shown *shown = deedpy_held_claim(held)->shown;
  PyArray_Descr *descr = NULL;
  if (shown->array.bits != claim.bits) {
    deedpy_raise_status(state, DEED_ESTALE, "the array was given away while its index was read");
  } else {
    descr = descr_of(state, shown, NULL);
  }
  if (descr) return scalar_on(shown, descr, held, offset_bytes);
  Py_DECREF(held);
  return NULL;
}

static int is_unchanged(PyArrayObject *ndarray, const struct deedpy_shown *shown) {
  const npy_intp *strides = shown->extents + shown->rank;
  if (PyArray_NDIM(ndarray) != shown->rank || PyArray_DATA(ndarray) != shown->data) return 0;
  if (PyArray_DESCR(ndarray) != shown->descr || PyArray_ISWRITEABLE(ndarray) != (shown->flags != 0)) return 0;
  for (int k = 0; k < shown->rank; ++k) {
    if (PyArray_DIM(ndarray, k) != shown->extents[k] || PyArray_STRIDE(ndarray, k) != strides[k]) return 0;
  }
  return 1;
}

PyObject *deedpy_lender_of(PyArrayObject *ndarray, enum deed_dtype dtype) {
  PyObject *base = PyArray_BASE(ndarray);
  if (!base || !deedpy_is_held_claim(base)) return NULL;
  const struct deedpy_shown *shown = deedpy_held_claim(base)->shown;
  return shown->element.dtype == dtype && is_unchanged(ndarray, shown) ? base : NULL;
}

/* The first time, or native code has ended what it was lent. To ask for the place may run any code, which may come here
 * as well. */
static enum deed_status lend_anew(struct module_state *state, PyObject *lender, struct deed_error *error) {
  struct held_claim *held = deedpy_held_claim(lender);
  struct deed_site site = deedpy_begin_verb(state);
  if (deed_is_live(held->lent)) return DEED_OK;
  enum deed_status status = deed_share(held->claim, 0, &site, &held->lent, error);
  if (status == DEED_OK) deedpy_told_add(&state->told, &held->told, lender, held->lent);
  return status;
}

enum deed_status deedpy_lend_number(struct module_state *state, PyObject *lender, struct deed_array *claim,
                                    struct deed_error *error) {
  const struct held_claim *held = deedpy_held_claim(lender);
  enum deed_status status = deed_is_live(held->lent) ? DEED_OK : lend_anew(state, lender, error);
  *claim = held->lent;
  return status;
}
