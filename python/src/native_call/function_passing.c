/* SPDX-License-Identifier: BSD-3-Clause */
/* function_passing.c - how each argument of a native function is passed: the table, and the ways of scalars, extents
 * and texts. */
#include "native_call/function_passing.h"

#include "base/arguments.h"
#include "native_call/function_allocatable.h"
#include "native_call/function_array.h"
#include "native_call/function_pointer.h"
#include "native_call/function_refuse.h"

static int refuse_text(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                       const char *wanted) {
  if (PyErr_ExceptionMatches(PyExc_MemoryError)) return -1;
  PyErr_Clear();
  return deedpy_refuse(state, parameter, DEED_EINVAL, "%R came, %s is wanted", object, wanted);
}

static int pass_text(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                     struct deedpy_passed *passed) {
  const char *text = NULL;
  if (PyUnicode_Check(object)) {
    text = deedpy_text(object);
  } else if (PyBytes_Check(object)) {
    char *bytes = NULL;
    if (PyBytes_AsStringAndSize(object, &bytes, NULL) == 0) text = bytes;
  } else {
    return deedpy_refuse(call->state, parameter, DEED_EDTYPE, "%.100s came, str or bytes is wanted",
                         Py_TYPE(object)->tp_name);
  }
  if (!text) return refuse_text(call->state, parameter, object, "text that UTF-8 holds and without a NUL");
  memcpy(&passed->value.pointer, &text, sizeof text);
  return 0;
}

/* The characters are those of the object: the procedure has them for reading only. */
static int pass_character(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                          struct deedpy_passed *passed) {
  Py_ssize_t length = 0;
  const char *text = NULL;
  if (PyBytes_Check(object)) {
    text = PyBytes_AS_STRING(object);
    length = PyBytes_GET_SIZE(object);
  } else if (PyUnicode_Check(object)) {
    text = PyUnicode_AsUTF8AndSize(object, &length);
  } else {
    return deedpy_refuse(call->state, parameter, DEED_EDTYPE, "%.100s came, str or bytes is wanted",
                         Py_TYPE(object)->tp_name);
  }
  if (!text) return refuse_text(call->state, parameter, object, "text that UTF-8 holds");
  memcpy(&passed->descriptor.data, &text, sizeof text);
  passed->descriptor.head = deedpy_cfi_head(parameter->compiler, DEED_CHARACTER1, length, 0, DEEDPY_ATTRIBUTE_OTHER);
  passed->value.pointer = &passed->descriptor;
  return 0;
}

static int pass_value(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                      struct deedpy_passed *passed) {
  return parameter->scalar_in(call->state, parameter, object, &passed->value);
}

static int pass_reference(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                          struct deedpy_passed *passed) {
  passed->value.pointer = &passed->scalar;
  return parameter->scalar_in(call->state, parameter, object, &passed->scalar);
}

static int is_plain(PyObject *object) {
  return PyFloat_CheckExact(object) || PyLong_CheckExact(object) || PyComplex_CheckExact(object) ||
         Py_TYPE(object) == &PyDoubleArrType_Type;
}

static int pass_late_value(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                           struct deedpy_passed *passed) {
  return is_plain(object) ? pass_value(call, parameter, object, passed) : DEEDPY_READ_FIRST;
}

static int pass_late_reference(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                               struct deedpy_passed *passed) {
  return is_plain(object) ? pass_reference(call, parameter, object, passed) : DEEDPY_READ_FIRST;
}

/* A scalar that comes back begins as 0. */
static int pass_result(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                       struct deedpy_passed *passed) {
  (void)call;
  (void)parameter;
  (void)object;
  memset(&passed->scalar, 0, sizeof passed->scalar);
  passed->value.pointer = &passed->scalar;
  return 0;
}

static int extent_in(struct deedpy_call *call, const struct deedpy_parameter *parameter, union deedpy_scalar *scalar) {
  const struct deedpy_passed *source = &call->passed[parameter->source];
  if (source->present && parameter->dimension >= source->rank) {
    return deedpy_refuse(call->state, parameter, DEED_ERANK, "it is the extent of dimension %d, %d dimensions came",
                         parameter->dimension, (int)source->rank);
  }
  int64_t extent = source->present ? source->shape[parameter->dimension] : 0;
  if (parameter->element.size_bytes == 4 && extent > INT32_MAX) {
    return deedpy_refuse(call->state, parameter, DEED_EOVERFLOW, "the extent %lld came, which int32 cannot hold",
                         (long long)extent);
  }
  deedpy_store_integer(scalar, parameter->element.size_bytes, extent);
  return 0;
}

static int pass_extent_value(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                             struct deedpy_passed *passed) {
  (void)object;
  return extent_in(call, parameter, &passed->value);
}

static int pass_extent_reference(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                                 struct deedpy_passed *passed) {
  (void)object;
  passed->value.pointer = &passed->scalar;
  return extent_in(call, parameter, &passed->scalar);
}

int deedpy_pass_absent(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                       struct deedpy_passed *passed) {
  (void)call;
  (void)parameter;
  (void)object;
  passed->value.pointer = NULL;
  passed->present = 0;
  memset(passed->shape, 0, sizeof passed->shape);
  return 0;
}

deedpy_pass_fn deedpy_pass_function(enum deedpy_passing passing, int is_given) {
  switch (passing) {
    case DEEDPY_BY_VALUE: return pass_value;
    case DEEDPY_BY_REFERENCE: return is_given ? pass_reference : pass_result;
    case DEEDPY_ARRAY_POINTER: return deedpy_pass_pointer;
    case DEEDPY_ARRAY_DESCRIPTOR: return deedpy_pass_described;
    case DEEDPY_POINTER_DUMMY: return is_given ? deedpy_pass_described : deedpy_pass_disassociated;
    case DEEDPY_HANDLE: return deedpy_pass_handle;
    case DEEDPY_ALLOCATABLE: return is_given ? deedpy_pass_allocatable : deedpy_pass_unallocated;
    case DEEDPY_EXTENT_VALUE: return pass_extent_value;
    case DEEDPY_EXTENT_REFERENCE: return pass_extent_reference;
    case DEEDPY_TEXT: return pass_text;
    case DEEDPY_CHARACTER: return pass_character;
  }
  return NULL;
}

deedpy_pass_fn deedpy_pass_late_function(enum deedpy_passing passing) {
  return passing == DEEDPY_BY_VALUE ? pass_late_value : pass_late_reference;
}
