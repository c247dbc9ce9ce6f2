/* SPDX-License-Identifier: BSD-3-Clause */
/* array_object.h - deed.Array as its code in C sees it: an object with one claim. What it can do is in array/. */
#ifndef DEEDPY_ARRAY_OBJECT_H
#define DEEDPY_ARRAY_OBJECT_H

#include "base/record_dtype.h"
#include "claims/python_owner.h"

struct array_object {
  PyObject ob_base;
  struct deed_array array;              /* bits 0: no claim yet, or handed out */
  struct deed_array in_place_of_buffer; /* a claim for those who keep the object in place of a buffer; bits 0: none */
  PyObject *buffer_place;               /* where they asked for it, for messages; NULL: nowhere yet */
  struct deedpy_keep *loan;             /* what was lent, if this is the title of a loan; else NULL */
  struct deedpy_record *record;         /* the fields of its elements, as they came in; NULL: none are known */
  struct deedpy_shown *shown;           /* how ndarrays show it; NULL before the first */
  struct told_number told;              /* native code has the number of its claim */
  PyObject *weak_references;
};

/* An Array without a claim, to be filled by a verb: so nothing that can fail comes after the verb. New reference. */
struct array_object *deedpy_array_new(const struct module_state *state);

/* What a verb that fills result->array returns: result, or NULL with the exception. Steals result. */
PyObject *deedpy_array_finish(const struct module_state *state, struct array_object *result, enum deed_status status,
                              const struct deed_error *error);

/* Native code gets the number of the Array's claim, which leads back here from then on. */
uint64_t deedpy_array_tell(struct module_state *state, struct array_object *array);

/* The Array of a claim whose number has come back: result, which takes it over, or the one that has it already. Steals
 * result. New reference; NULL with HandleError or StaleError. */
PyObject *deedpy_array_take(struct module_state *state, struct array_object *result, struct deed_array claim);

int deedpy_is_array(const struct module_state *state, PyObject *object);

static inline struct array_object *deedpy_array(PyObject *self) { return (struct array_object *)self; }

/* Describe a claim to whoever reads its elements, or shows them to others who do. 0, or -1 with DeviceError (the memory
 * is on a device), StaleError or another exception. */
int deedpy_describe(const struct module_state *state, struct deed_array array, struct deed_descriptor *descriptor);

/* The same for who raises an exception of its own. */
enum deed_status deedpy_try_describe(struct deed_array array, struct deed_descriptor *descriptor);

/* Describe a claim on memory of the host or of a device to whoever only tells of it. 0, or -1 with StaleError or
 * another exception. */
int deedpy_describe_anywhere(const struct module_state *state, struct deed_array array,
                             struct deed_descriptor *descriptor);

/* One more claim like this, with another layout of the same elements that starts offset_bytes later. lower may be NULL
 * or None; else it gives the lower bounds. */
PyObject *deedpy_array_view(PyObject *self, int64_t offset_bytes, struct deed_layout *layout, PyObject *lower);

/* One more claim like this. writable: as deedpy_rights takes it. */
PyObject *deedpy_array_share(PyObject *self, PyObject *writable);

/* A new array with a copy of the elements. */
PyObject *deedpy_array_copy(PyObject *self, enum deed_order order, enum deed_copy_reason reason);

/* The fields of its elements are these, which are taken; NULL: none are known. Only for an Array that nobody else has
 * seen. array may be NULL after a failure, and is returned. */
PyObject *deedpy_array_with_record(PyObject *array, struct deedpy_record *record);

/* The same with those of another Array, whose elements are the same. */
PyObject *deedpy_array_like(PyObject *array, PyObject *other);

#endif
