/* SPDX-License-Identifier: BSD-3-Clause */
/* array_type.h - the Python type deed.Array: one claim. */
#ifndef DEEDPY_ARRAY_TYPE_H
#define DEEDPY_ARRAY_TYPE_H

#include "claims/python_owner.h"
#include "claims/record_dtype.h"

struct array_object {
  PyObject ob_base;
  struct deed_array array;      /* bits 0: no claim yet, or handed out */
  struct deed_array pin;        /* a claim for those who keep the object in place of a buffer; bits 0: none */
  PyObject *pin_place;          /* where they asked for it, for messages; NULL: nowhere yet */
  struct deedpy_keep *loan;     /* what was lent, if this is the title of a loan; else NULL */
  struct deedpy_record *record; /* the fields of its elements, as they came in; NULL: none are known */
  struct deedpy_shown *shown;   /* how ndarrays show it; NULL before the first */
  struct told_number told;      /* native code has the number of its claim */
  PyObject *weak_references;
};

/* Make the type. New reference. */
PyObject *deedpy_array_type_make(PyObject *module);

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

static inline struct module_state *deedpy_state_of(PyObject *self) { return PyType_GetModuleState(Py_TYPE(self)); }

/* Describe a claim. 0, or -1 with StaleError or another exception. */
int deedpy_describe(const struct module_state *state, struct deed_array array, struct deed_descriptor *descriptor);

/* One more claim like this, with another layout of the same elements that starts offset_bytes later. lower may be NULL
 * or None; else it gives the lower bounds. */
PyObject *deedpy_array_view(PyObject *self, int64_t offset_bytes, struct deed_layout *layout, PyObject *lower);

/* The fields of its elements are these, which are taken; NULL: none are known. Only for an Array that nobody else has
 * seen. array may be NULL after a failure, and is returned. */
PyObject *deedpy_array_with_record(PyObject *array, struct deedpy_record *record);

/* The same with those of another Array, whose elements are the same. */
PyObject *deedpy_array_like(PyObject *array, PyObject *other);

/* The tables of the type, each with its noun. */
extern PyMethodDef deedpy_array_methods[];   /* array_verbs.c */
extern PyGetSetDef deedpy_array_enquiries[]; /* array_enquiry.c */
PyObject *deedpy_array_repr(PyObject *self); /* array_enquiry.c */

#endif
