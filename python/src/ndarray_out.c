/* SPDX-License-Identifier: BSD-3-Clause */
/* ndarray_out.c - an array of deed as a numpy.ndarray. The ndarray never owns its data: its base is a capsule with a
 * claim, so any chain of NumPy views keeps the block alive, in whatever order its members go. */
#include "ndarray_out.h"

#include "array_type.h"
#include "claim_end.h"
#include "dtype_map.h"
#include "errors.h"
#include "idle_claim.h"
#include "site.h"
#include "trace.h"

_Static_assert(sizeof(void *) >= sizeof(uint64_t), "a capsule holds a handle in its pointer");
_Static_assert(sizeof(npy_intp) == sizeof(int64_t), "extents and strides of NumPy are those of deed");

static const char capsule_name[] = DEEDPY_CAPSULE_NAME;

/* What a claim shows never changes, so it is asked once for all ndarrays on it. */
struct deedpy_shown {
  Py_ssize_t users;        /* the Array, and each claim made of it for ndarrays */
  struct deed_array array; /* the claim: an Array that goes to Fortran and back has another one afterwards */
  void *data;
  PyArray_Descr *descr; /* the one that came in, else of the dtype map; NULL: not asked for yet */
  struct deedpy_element element;
  int is_part_of_much;
  int flags;
  int rank;
  npy_intp extents[]; /* shape, then strides */
};

void deedpy_shown_drop(struct deedpy_shown *shown) {
  if (!shown || --shown->users > 0) return;
  Py_XDECREF((PyObject *)shown->descr);
  PyMem_Free(shown);
}

struct deed_array deedpy_capsule_handle(PyObject *capsule) {
  return (struct deed_array){(uint64_t)(uintptr_t)PyCapsule_GetPointer(capsule, capsule_name)};
}

/* The claim may have been ended by native code that was given its number; then there is nothing left to do. */
static void end_capsule(PyObject *capsule) {
  struct deedpy_shown *shown = PyCapsule_GetContext(capsule);
  struct deed_array claim = deedpy_capsule_handle(capsule);
  (void)!(shown->is_part_of_much ? deedpy_claim_end(claim, NULL) : deedpy_release(claim, NULL));
  deedpy_shown_drop(shown);
}

/* NumPy would allocate where the data pointer is NULL, so an array without bytes gets an address that is never read. */
static struct deedpy_shown *shown_new(const struct array_object *self, const struct deed_descriptor *descriptor) {
  static _Alignas(64) char no_bytes[64];
  const struct deed_layout *layout = &descriptor->layout;
  size_t half_bytes = (size_t)layout->rank * sizeof(npy_intp);
  struct deedpy_shown *shown = PyMem_Malloc(sizeof *shown + 2 * half_bytes);
  if (!shown) {
    PyErr_NoMemory();
    return NULL;
  }
  shown->users = 1;
  shown->array = self->array;
  shown->data = descriptor->data ? descriptor->data : no_bytes;
  shown->descr = self->record ? (PyArray_Descr *)Py_NewRef((PyObject *)deedpy_record_descr(self->record)) : NULL;
  shown->element = (struct deedpy_element){(enum deed_dtype)layout->dtype, layout->element_size_bytes};
  shown->is_part_of_much = descriptor->block_size_bytes >= DEEDPY_LARGE_BYTES;
  shown->flags = descriptor->rights & DEED_WRITE ? NPY_ARRAY_WRITEABLE : 0;
  shown->rank = layout->rank;
  memcpy(shown->extents, layout->shape, half_bytes);
  memcpy(shown->extents + layout->rank, layout->stride_bytes, half_bytes);
  return shown;
}

/* What the claim that self has now shows, borrowed from self; NULL with an exception. */
static struct deedpy_shown *shown_of(struct module_state *state, struct array_object *self) {
  struct deed_descriptor descriptor;
  if (self->shown && self->shown->array.bits == self->array.bits) return self->shown;
  deedpy_shown_drop(self->shown);
  self->shown = NULL;
  if (deedpy_describe(state, self->array, &descriptor) != 0) return NULL;
  self->shown = shown_new(self, &descriptor);
  return self->shown;
}

/* Takes the claim, also on failure. The context of the capsule is what it shows. */
static PyObject *capsule_of(struct module_state *state, struct array_object *self, struct deed_array claim) {
  struct deedpy_shown *shown = shown_of(state, self);
  PyObject *capsule = NULL;
  if (shown) {
    shown->users += 1;
    capsule = PyCapsule_New((void *)(uintptr_t)claim.bits, capsule_name, end_capsule);
  }
  if (capsule) {
    (void)!PyCapsule_SetContext(capsule, shown);
    return capsule;
  }
  deedpy_shown_drop(shown);
  (void)!deedpy_release(claim, NULL);
  return NULL;
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

/* Steals descr and capsule. */
static PyObject *ndarray_on(const struct deedpy_shown *shown, PyArray_Descr *descr, PyObject *capsule) {
  const npy_intp *strides = shown->extents + shown->rank;
  PyObject *ndarray =
      PyArray_NewFromDescr(&PyArray_Type, descr, shown->rank, shown->extents, strides, shown->data, shown->flags, NULL);
  if (!ndarray) {
    Py_DECREF(capsule);
    return NULL;
  }
  if (PyArray_SetBaseObject((PyArrayObject *)ndarray, capsule) != 0) {
    Py_DECREF(ndarray);
    return NULL;
  }
  return ndarray;
}

static int share_for_ndarray(struct module_state *state, struct deed_array array, const struct known_site *place,
                             struct deed_array *claim) {
  struct deed_error error;
  struct deed_site site = deedpy_site_of(place);
  if (deed_share(array, 0, &site, claim, &error) == DEED_OK) return 0;
  deedpy_raise(state, &error);
  return -1;
}

/* The capsule of a claim that no other ndarray has: one that is idle, or a new one. A new reference. */
static PyObject *capsule_for_ndarray(struct module_state *state, struct array_object *self) {
  const struct known_site *place = deedpy_place(state);
  struct deed_array claim;
  PyObject *capsule = deedpy_idle_take(self, place);
  if (capsule) return capsule;
  if (share_for_ndarray(state, self->array, place, &claim) != 0) return NULL;
  capsule = capsule_of(state, self, claim);
  if (capsule) deedpy_idle_keep(state, self, place, capsule);
  return capsule;
}

PyObject *deedpy_ndarray(PyObject *object, PyArray_Descr *descr) {
  struct module_state *state = deedpy_state_of(object);
  PyObject *capsule = capsule_for_ndarray(state, deedpy_array(object));
  if (!capsule) {
    Py_XDECREF(descr);
    return NULL;
  }
  struct deedpy_shown *shown = PyCapsule_GetContext(capsule);
  descr = descr_of(state, shown, descr);
  if (!descr) {
    Py_DECREF(capsule);
    return NULL;
  }
  return ndarray_on(shown, descr, capsule);
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

struct deed_array deedpy_held_claim(PyArrayObject *ndarray, enum deed_dtype dtype) {
  PyObject *base = PyArray_BASE(ndarray);
  if (!base || !PyCapsule_CheckExact(base) || PyCapsule_GetName(base) != capsule_name) return (struct deed_array){0};
  const struct deedpy_shown *shown = PyCapsule_GetContext(base);
  if (shown->element.dtype != dtype || !is_unchanged(ndarray, shown)) return (struct deed_array){0};
  return deedpy_capsule_handle(base);
}
