/* SPDX-License-Identifier: BSD-3-Clause */
/* recall.c - the wait of a lender, with the interpreter free for others. */
#include "claims/recall.h"

#include <math.h>

#include "base/errors.h"
#include "claims/python_owner.h"

/* Between two slices of waiting, signals are handled: Ctrl-C ends an endless wait. */
#define SLICE_MS 50

/* -1 for no limit; -2 with an exception. */
static int64_t milliseconds_of(PyObject *timeout) {
  if (!timeout) return 0;
  if (timeout == Py_None) return -1;
  double seconds = PyFloat_AsDouble(timeout);
  if (seconds == -1.0 && PyErr_Occurred()) {
    if (PyErr_ExceptionMatches(PyExc_TypeError)) {
      PyErr_Format(PyExc_TypeError, "timeout must be a number of seconds or None, not %R", timeout);
    }
    return -2;
  }
  if (isnan(seconds) || seconds < 0) {
    PyErr_Format(PyExc_ValueError, "timeout must be a number of seconds >= 0, or None for no limit, not %R", timeout);
    return -2;
  }
  return seconds > 1e12 ? -1 : (int64_t)ceil(seconds * 1e3);
}

static enum deed_status wait_slice(struct deed_array array, int64_t slice_ms, struct deed_error *error) {
  enum deed_status status;
  Py_BEGIN_ALLOW_THREADS;
  status = deed_recall(array, slice_ms, error);
  Py_END_ALLOW_THREADS;
  return status;
}

PyObject *deedpy_raise_busy(struct array_object *self, const struct deed_error *error) {
  struct module_state *state = deedpy_state_of(&self->ob_base);
  if (error->status != DEED_EBUSY || self->in_place_of_buffer.bits == 0) return deedpy_raise(state, error);
  PyObject *note = PyUnicode_FromFormat(
      "until this Array object goes it holds the memory itself: at %U a buffer was asked for as numpy.ndarray(buffer=) "
      "does, which keeps the Array in place of the buffer",
      self->buffer_place);
  deedpy_raise_noted(state, error, note);
  Py_XDECREF(note);
  return NULL;
}

int deedpy_recall(struct array_object *self, PyObject *timeout) {
  struct deed_array array = self->array;
  struct deed_error error;
  int64_t left_ms = milliseconds_of(timeout);
  if (left_ms == -2) return -1;
  deedpy_drain();
  for (;;) {
    int64_t slice_ms = left_ms < 0 || left_ms > SLICE_MS ? SLICE_MS : left_ms;
    enum deed_status status = wait_slice(array, slice_ms, &error);
    if (status == DEED_OK) return 0;
    if (left_ms > 0) left_ms -= slice_ms;
    if (status != DEED_EBUSY || left_ms == 0) break;
    if (PyErr_CheckSignals() != 0) return -1;
  }
  deedpy_raise_busy(self, &error);
  return -1;
}
