/* SPDX-License-Identifier: BSD-3-Clause */
/* errors.c - a status of the core as a Python exception. The classes are in deed/errors.py. */
#include "base/errors.h"

#include <stdarg.h>

const char *deedpy_rights_text(uint32_t rights) {
  static const char *const texts[] = {"", "r", "w", "rw"};
  return texts[rights & (DEED_READ | DEED_WRITE)];
}

PyObject *deedpy_holder(const struct module_state *state, const struct deed_holder *holder) {
  PyObject *file = Py_None;
  if (holder->file) {
    file = PyUnicode_DecodeUTF8(holder->file, (Py_ssize_t)strlen(holder->file), "replace");
    if (!file) return NULL;
  } else {
    Py_INCREF(file);
  }
  return PyObject_CallFunction(state->holder_type, "sssNi", deed_language_name(holder->language),
                               deed_role_name((enum deed_role)holder->role), deedpy_rights_text(holder->rights), file,
                               (int)holder->line);
}

static PyObject *holders_of(const struct module_state *state, const struct deed_error *error) {
  int32_t count = error->holder_count < DEED_ERROR_HOLDERS ? error->holder_count : DEED_ERROR_HOLDERS;
  PyObject *holders = PyTuple_New(count);
  if (!holders) return NULL;
  for (int32_t k = 0; k < count; ++k) {
    PyObject *holder = deedpy_holder(state, &error->holders[k]);
    if (!holder) {
      Py_DECREF(holders);
      return NULL;
    }
    PyTuple_SET_ITEM(holders, k, holder);
  }
  return holders;
}

/* Steals message and holders, either of which may be NULL after a failure. */
static PyObject *raise_made(const struct module_state *state, enum deed_status status, PyObject *message,
                            PyObject *holders, int32_t holder_count) {
  PyObject *error = NULL;
  if (message && holders) {
    error = PyObject_CallFunction(state->make_error, "iOOi", (int)status, message, holders, (int)holder_count);
  }
  Py_XDECREF(message);
  Py_XDECREF(holders);
  if (!error) return NULL;
  PyErr_SetObject((PyObject *)Py_TYPE(error), error);
  Py_DECREF(error);
  return NULL;
}

static PyObject *message_of(const struct deed_error *error) {
  return PyUnicode_DecodeUTF8(error->message, (Py_ssize_t)strlen(error->message), "replace");
}

/* Steals message, which may be NULL after a failure. */
static PyObject *raise_saying(const struct module_state *state, const struct deed_error *error, PyObject *message) {
  PyObject *holders = message ? holders_of(state, error) : NULL;
  return raise_made(state, error->status, message, holders, error->status == DEED_EBUSY ? error->holder_count : 0);
}

PyObject *deedpy_raise(const struct module_state *state, const struct deed_error *error) {
  return raise_saying(state, error, message_of(error));
}

PyObject *deedpy_raise_noted(const struct module_state *state, const struct deed_error *error, PyObject *note) {
  PyObject *message = note ? message_of(error) : NULL;
  PyObject *noted = message ? PyUnicode_FromFormat("%U; %U", message, note) : NULL;
  Py_XDECREF(message);
  return raise_saying(state, error, noted);
}

PyObject *deedpy_raise_status(const struct module_state *state, enum deed_status status, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  PyObject *message = PyUnicode_FromFormatV(format, arguments);
  va_end(arguments);
  return raise_made(state, status, message, message ? PyTuple_New(0) : NULL, 0);
}
