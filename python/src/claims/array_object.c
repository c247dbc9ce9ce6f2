/* SPDX-License-Identifier: BSD-3-Clause */
/* array_object.c - objects of deed.Array: how they get their claim, and other objects with a claim like it. */
#include "claims/array_object.h"

#include "base/arguments.h"
#include "base/errors.h"
#include "claims/held_claim.h"
#include "claims/long_copy.h"
#include "claims/site.h"

struct array_object *deedpy_array_new(const struct module_state *state) {
  return (struct array_object *)state->array_type->tp_alloc(state->array_type, 0);
}

PyObject *deedpy_array_finish(const struct module_state *state, struct array_object *result, enum deed_status status,
                              const struct deed_error *error) {
  if (status == DEED_OK) return (PyObject *)result;
  Py_DECREF(result);
  return deedpy_raise(state, error);
}

uint64_t deedpy_array_tell(struct module_state *state, struct array_object *array) {
  if (array->array.bits != 0) deedpy_told_add(&state->told, &array->told, &array->ob_base, array->array);
  return array->array.bits;
}

/* The Array that has the claim, borrowed. What an ndarray lent becomes the Array's that is asked for. */
static PyObject *array_with(struct module_state *state, struct deed_array claim) {
  PyObject *owner = deedpy_told_owner(&state->told, claim);
  if (!owner || deedpy_is_array(state, owner)) return owner;
  deedpy_number_handed_on(owner);
  return NULL;
}

PyObject *deedpy_array_take(struct module_state *state, struct array_object *result, struct deed_array claim) {
  struct deed_descriptor descriptor;
  if (deedpy_describe_anywhere(state, claim, &descriptor) != 0) {
    Py_DECREF((PyObject *)result);
    return NULL;
  }
  PyObject *known = array_with(state, claim);
  if (!known) {
    result->array = claim;
    deedpy_told_add(&state->told, &result->told, &result->ob_base, claim);
    return (PyObject *)result;
  }
  Py_DECREF((PyObject *)result);
  if (Py_REFCNT(known) > 0) return Py_NewRef(known);
  return deedpy_raise_status(state, DEED_ESTALE, "the Array that has this claim is just going");
}

int deedpy_is_array(const struct module_state *state, PyObject *object) { return Py_TYPE(object) == state->array_type; }

enum deed_status deedpy_try_describe(struct deed_array array, struct deed_descriptor *descriptor) {
  enum deed_status status = deed_describe(array, descriptor, sizeof *descriptor);
  return status == DEED_OK && descriptor->device_type != 0 ? DEED_EDEVICE : status;
}

static int described(const struct module_state *state, enum deed_status status) {
  if (status == DEED_OK) return 0;
  deedpy_raise_status(state, status, "deed.Array: %s", deed_status_text(status));
  return -1;
}

int deedpy_describe(const struct module_state *state, struct deed_array array, struct deed_descriptor *descriptor) {
  return described(state, deedpy_try_describe(array, descriptor));
}

int deedpy_describe_anywhere(const struct module_state *state, struct deed_array array,
                             struct deed_descriptor *descriptor) {
  return described(state, deed_describe(array, descriptor, sizeof *descriptor));
}

PyObject *deedpy_array_with_record(PyObject *array, struct deedpy_record *record) {
  struct deedpy_record *before = record;
  if (array) {
    before = deedpy_array(array)->record;
    deedpy_array(array)->record = record;
  }
  deedpy_record_drop(before);
  return array;
}

PyObject *deedpy_array_like(PyObject *array, PyObject *other) {
  return deedpy_array_with_record(array, deedpy_record_hold(deedpy_array(other)->record));
}

PyObject *deedpy_array_view(PyObject *self, int64_t offset_bytes, struct deed_layout *layout, PyObject *lower) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  if (deedpy_rebound(state, lower, layout) != 0) return NULL;
  struct array_object *view = deedpy_array_new(state);
  if (!view) return NULL;
  struct deed_site site = deedpy_begin_verb(state);
  enum deed_status status = deed_view(deedpy_array(self)->array, offset_bytes, layout, 0, &site, &view->array, &error);
  return deedpy_array_like(deedpy_array_finish(state, view, status, &error), self);
}

PyObject *deedpy_array_share(PyObject *self, PyObject *writable) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  uint32_t rights;
  if (deedpy_rights(writable, &rights) != 0) return NULL;
  struct array_object *share = deedpy_array_new(state);
  if (!share) return NULL;
  struct deed_site site = deedpy_begin_verb(state);
  enum deed_status status = deed_share(deedpy_array(self)->array, rights, &site, &share->array, &error);
  return deedpy_array_like(deedpy_array_finish(state, share, status, &error), self);
}

PyObject *deedpy_array_copy(PyObject *self, enum deed_order order, enum deed_copy_reason reason) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  struct array_object *result = deedpy_array_new(state);
  if (!result) return NULL;
  struct deed_site site = deedpy_begin_verb(state);
  enum deed_status status = deedpy_copy(deedpy_array(self)->array, order, reason, &site, &result->array, &error);
  return deedpy_array_like(deedpy_array_finish(state, result, status, &error), self);
}
