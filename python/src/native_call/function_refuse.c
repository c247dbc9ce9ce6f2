/* SPDX-License-Identifier: BSD-3-Clause */
/* function_refuse.c - why an argument of a native function is refused. */
#include "native_call/function_refuse.h"

#include <stdarg.h>

#include "base/errors.h"

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
