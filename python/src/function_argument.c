/* SPDX-License-Identifier: BSD-3-Clause */
/* function_argument.c - how a Python object becomes an argument of a native function. */
#include "function_argument.h"

#include <stdarg.h>

#include "arguments.h"
#include "errors.h"
#include "function_allocatable.h"
#include "function_array.h"

int deedpy_refuse(const struct module_state *state, const struct deedpy_parameter *parameter, enum deed_status status,
                  const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  PyObject *detail = PyUnicode_FromFormatV(format, arguments);
  va_end(arguments);
  if (!detail) return -1;
  deedpy_raise_status(state, status, "%s: argument '%U': %U", parameter->function, parameter->name, detail);
  Py_DECREF(detail);
  return -1;
}

int deedpy_refuse_error(const struct module_state *state, const struct deedpy_parameter *parameter,
                        const struct deed_error *error) {
  struct deed_error named = *error;
  const char *name = PyUnicode_AsUTF8(parameter->name);
  if (!name) return -1;
  PyOS_snprintf(named.message, sizeof named.message, "%s: argument '%s': %s", parameter->function, name,
                error->message);
  deedpy_raise(state, &named);
  return -1;
}

static int refuse_text(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                       const char *wanted) {
  if (PyErr_ExceptionMatches(PyExc_MemoryError)) return -1;
  PyErr_Clear();
  return deedpy_refuse(state, parameter, DEED_EINVAL, "%R came, %s is wanted", object, wanted);
}

static int pass_text(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                     struct deedpy_passed *passed) {
  const char *text = NULL;
  if (PyUnicode_Check(object)) {
    text = deedpy_text(object);
  } else if (PyBytes_Check(object)) {
    char *bytes = NULL;
    if (PyBytes_AsStringAndSize(object, &bytes, NULL) == 0) text = bytes;
  } else {
    return deedpy_refuse(state, parameter, DEED_EDTYPE, "%.100s came, str or bytes is wanted",
                         Py_TYPE(object)->tp_name);
  }
  if (!text) return refuse_text(state, parameter, object, "text that UTF-8 holds and without a NUL");
  memcpy(&passed->value.pointer, &text, sizeof text);
  return 0;
}

/* The characters are those of the object: the procedure has them for reading only. */
static int pass_character(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                          struct deedpy_passed *passed) {
  Py_ssize_t length = 0;
  const char *text = NULL;
  if (PyBytes_Check(object)) {
    text = PyBytes_AS_STRING(object);
    length = PyBytes_GET_SIZE(object);
  } else if (PyUnicode_Check(object)) {
    text = PyUnicode_AsUTF8AndSize(object, &length);
  } else {
    return deedpy_refuse(state, parameter, DEED_EDTYPE, "%.100s came, str or bytes is wanted",
                         Py_TYPE(object)->tp_name);
  }
  if (!text) return refuse_text(state, parameter, object, "text that UTF-8 holds");
  memcpy(&passed->descriptor.data, &text, sizeof text);
  passed->descriptor.head = deedpy_cfi_head(parameter->compiler, DEED_CHARACTER1, length, 0, DEEDPY_ATTRIBUTE_OTHER);
  passed->value.pointer = &passed->descriptor;
  return 0;
}

static int pass_value(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      struct deedpy_passed *passed) {
  return parameter->scalar_in(state, parameter, object, &passed->value);
}

static int pass_reference(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                          struct deedpy_passed *passed) {
  passed->value.pointer = &passed->scalar;
  return parameter->scalar_in(state, parameter, object, &passed->scalar);
}

deedpy_pass_fn deedpy_pass_function(enum deedpy_passing passing) {
  switch (passing) {
    case DEEDPY_BY_VALUE: return pass_value;
    case DEEDPY_BY_REFERENCE: return pass_reference;
    case DEEDPY_ALLOCATABLE: return deedpy_pass_allocatable;
    case DEEDPY_TEXT: return pass_text;
    case DEEDPY_CHARACTER: return pass_character;
    default: return deedpy_pass_array;
  }
}
