/* SPDX-License-Identifier: BSD-3-Clause */
/* function_argument.c - how a Python object becomes an argument of a native function. */
#include "function_argument.h"

#include <stdarg.h>

#include "arguments.h"
#include "errors.h"
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

int deedpy_is_extent(const struct deedpy_parameter *parameter) {
  return parameter->passing == DEEDPY_EXTENT_VALUE || parameter->passing == DEEDPY_EXTENT_REFERENCE;
}

static int pass_text(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
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
  if (!text) {
    PyErr_Clear();
    return deedpy_refuse(state, parameter, DEED_EINVAL, "%R came, text that UTF-8 holds and without a NUL is wanted",
                         object);
  }
  memcpy(&passed->pointer, &text, sizeof text);
  return 0;
}

int deedpy_pass(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                struct deedpy_passed *passed) {
  if (object == Py_None && parameter->optional) return 0;
  passed->present = 1;
  switch (parameter->passing) {
    case DEEDPY_BY_VALUE: return deedpy_scalar_in(state, parameter, object, &passed->scalar);
    case DEEDPY_BY_REFERENCE:
      passed->pointer = &passed->scalar;
      return deedpy_scalar_in(state, parameter, object, &passed->scalar);
    case DEEDPY_TEXT: return pass_text(state, parameter, object, passed);
    default: return deedpy_pass_array(state, parameter, object, passed);
  }
}

/* The claim ends; what it cannot say here, the report of the ledger says. */
void deedpy_passed_end(struct deedpy_passed *passed) {
  if (passed->claim.bits != 0) (void)!deed_release(passed->claim, NULL);
  Py_XDECREF(passed->object);
}
