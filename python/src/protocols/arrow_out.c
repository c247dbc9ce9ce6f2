/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_out.c - an array of deed as an Arrow array: one dimension without gaps, no nulls. The structs lie in their
 * capsules' memory until a consumer moves them; what an Arrow array keeps is a claim. */
#include "protocols/arrow_out.h"

#include <stdlib.h>

#include "base/arguments.h"
#include "base/errors.h"
#include "claims/release.h"
#include "claims/share.h"
#include "protocols/arrow_abi.h"
#include "protocols/arrow_format.h"

/* What release of an exported array ends, in any thread, with or without the interpreter. */
struct exported {
  struct deed_array claim;
  const void *buffers[2];
};

/* The format is a string that lives for ever. */
static void release_schema(struct arrow_schema *self) { self->release = NULL; }

static void end_exported(struct exported *exported) {
  deedpy_end_claim(exported->claim);
  free(exported);
}

static void release_array(struct arrow_array *self) {
  end_exported(self->context);
  self->release = NULL;
}

static void end_schema_capsule(PyObject *capsule) {
  struct arrow_schema *schema = PyCapsule_GetPointer(capsule, ARROW_SCHEMA_CAPSULE);
  if (schema->release) schema->release(schema);
  free(schema);
}

static void end_array_capsule(PyObject *capsule) {
  struct arrow_array *array = PyCapsule_GetPointer(capsule, ARROW_ARRAY_CAPSULE);
  if (array->release) array->release(array);
  free(array);
}

/* A struct of size_bytes zeros in a capsule. */
static PyObject *empty_capsule(size_t size_bytes, const char *name, PyCapsule_Destructor end) {
  void *structure = calloc(1, size_bytes);
  if (!structure) return PyErr_NoMemory();
  PyObject *capsule = PyCapsule_New(structure, name, end);
  if (!capsule) free(structure);
  return capsule;
}

static PyObject *schema_capsule(const char *format) {
  PyObject *capsule = empty_capsule(sizeof(struct arrow_schema), ARROW_SCHEMA_CAPSULE, end_schema_capsule);
  if (!capsule) return NULL;
  struct arrow_schema *schema = PyCapsule_GetPointer(capsule, ARROW_SCHEMA_CAPSULE);
  *schema = (struct arrow_schema){.format = format, .name = "", .release = release_schema};
  return capsule;
}

/* A claim of its own for an Arrow array, to be given to array_capsule or ended; NULL with an exception. */
static struct exported *claim_for(PyObject *self) {
  struct exported *exported = calloc(1, sizeof *exported);
  if (!exported) return (struct exported *)(void *)PyErr_NoMemory();
  if (deedpy_share_here(deedpy_state_of(self), deedpy_array(self)->array, &exported->claim) == 0) return exported;
  free(exported);
  return NULL;
}

/* Takes exported, also on failure. */
static PyObject *array_capsule(struct exported *exported, const struct deed_descriptor *descriptor) {
  PyObject *capsule = empty_capsule(sizeof(struct arrow_array), ARROW_ARRAY_CAPSULE, end_array_capsule);
  if (!capsule) {
    end_exported(exported);
    return NULL;
  }
  exported->buffers[1] = descriptor->data;
  struct arrow_array *array = PyCapsule_GetPointer(capsule, ARROW_ARRAY_CAPSULE);
  *array = (struct arrow_array){.length = descriptor->layout.dim[0].extent,
                                .buffer_count = 2,
                                .buffers = exported->buffers,
                                .release = release_array,
                                .context = exported};
  return capsule;
}

/* The format of a claim that Arrow can take; NULL with BufferError or StaleError. */
static const char *format_of(struct module_state *state, struct deed_array claim, struct deed_descriptor *descriptor) {
  if (deedpy_describe(state, claim, descriptor) != 0) return NULL;
  const struct deed_layout *layout = &descriptor->layout;
  const char *format = deedpy_arrow_format((enum deed_dtype)layout->dtype);
  if (!format) {
    PyErr_Format(PyExc_BufferError, "Arrow has no type for %s", deed_dtype_name((enum deed_dtype)layout->dtype));
  } else if (layout->rank != 1) {
    PyErr_Format(PyExc_BufferError, "an Arrow array has one dimension, this array has %d", (int)layout->rank);
  } else if (!deed_layout_is_contiguous(layout, DEED_ORDER_C)) {
    PyErr_SetString(PyExc_BufferError, "the elements of an Arrow array have no gaps, those of this array have");
  } else {
    return format;
  }
  return NULL;
}

/* requested: None or the schema that a consumer would like best. Nothing is cast for it: Arrow lets a producer answer
 * with its own schema, which the consumer reads. */
static int check_requested(PyObject *requested) {
  if (!requested || requested == Py_None || PyCapsule_IsValid(requested, ARROW_SCHEMA_CAPSULE)) return 0;
  PyErr_Format(PyExc_TypeError, "requested_schema must be None or a capsule of an Arrow schema, not %.100s",
               Py_TYPE(requested)->tp_name);
  return -1;
}

PyObject *deedpy_array_arrow(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords) {
  struct deed_descriptor descriptor;
  PyObject *requested = NULL;
  if (deedpy_only_argument(arguments, count, keywords, "requested_schema", &requested) != 0) return NULL;
  if (check_requested(requested) != 0) return NULL;
  struct exported *exported = claim_for(self);
  if (!exported) return NULL;
  const char *format = format_of(deedpy_state_of(self), exported->claim, &descriptor);
  if (!format) {
    end_exported(exported);
    return NULL;
  }
  PyObject *array = array_capsule(exported, &descriptor);
  PyObject *schema = array ? schema_capsule(format) : NULL;
  PyObject *pair = schema ? PyTuple_Pack(2, schema, array) : NULL;
  Py_XDECREF(schema);
  Py_XDECREF(array);
  return pair;
}

PyObject *deedpy_array_arrow_schema(PyObject *self, PyObject *unused) {
  struct deed_descriptor descriptor;
  (void)unused;
  const char *format = format_of(deedpy_state_of(self), deedpy_array(self)->array, &descriptor);
  return format ? schema_capsule(format) : NULL;
}
