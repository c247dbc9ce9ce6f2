/* SPDX-License-Identifier: BSD-3-Clause */
/* array_verbs.c - the verbs that are methods of deed.Array, and its with statement. */
#include "array/array_verbs.h"

#include "array/array_package.h"
#include "base/arguments.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/ledger.h"
#include "claims/recall.h"
#include "claims/release.h"
#include "claims/site.h"
#include "claims/trace.h"

PyObject *deedpy_array_share_method(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords) {
  PyObject *writable = NULL;
  if (deedpy_only_argument(arguments, count, keywords, "writable", &writable) != 0) return NULL;
  return deedpy_array_share(self, writable);
}

PyObject *deedpy_array_transfer(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"language", NULL};
  const char *text = "Python";
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  enum deed_language language;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|s:transfer", names, &text)) return NULL;
  if (deedpy_language(text, &language) != 0) return NULL;
  struct array_object *moved = deedpy_array_new(state);
  if (!moved) return NULL;
  struct deed_site site = deedpy_begin_verb(state);
  site.language = language;
  enum deed_status status = deed_transfer(deedpy_array(self)->array, &site, &moved->array, &error);
  if (status == DEED_OK) deedpy_trace_transferred(moved->array);
  return deedpy_array_like(deedpy_array_finish(state, moved, status, &error), self);
}

PyObject *deedpy_array_reclaim(PyObject *self, PyObject *unused) {
  struct deed_reclaimed reclaimed;
  struct deed_error error;
  (void)unused;
  enum deed_status status =
      deed_reclaim(deedpy_array(self)->array, DEED_ORIGIN_PYTHON, deedpy_owner_release, &reclaimed, &error);
  if (status != DEED_OK) return deedpy_raise_busy(deedpy_array(self), &error);
  return deedpy_keep_give_back(reclaimed.context);
}

/* What was lent goes back to the caller's care. */
static void end_loan(struct array_object *self) {
  struct deedpy_keep *loan = self->loan;
  self->loan = NULL;
  if (loan) deedpy_keep_drop(loan);
}

PyObject *deedpy_array_recall(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"timeout", NULL};
  PyObject *timeout = NULL;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O:recall", names, &timeout)) return NULL;
  if (deedpy_recall(deedpy_array(self), timeout) != 0) return NULL;
  end_loan(deedpy_array(self));
  Py_RETURN_NONE;
}

PyObject *deedpy_array_release(PyObject *self, PyObject *unused) {
  struct deed_error error;
  (void)unused;
  deedpy_drain();
  enum deed_status status = deedpy_release(deedpy_array(self)->array, &error);
  if (status != DEED_OK) return deedpy_raise_busy(deedpy_array(self), &error);
  end_loan(deedpy_array(self));
  Py_RETURN_NONE;
}

PyObject *deedpy_array_publish(PyObject *self, PyObject *name) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  if (!PyUnicode_Check(name)) return PyErr_Format(PyExc_TypeError, "name must be a str, not %R", name);
  const char *text = deedpy_text(name);
  if (!text) return NULL;
  if (deed_publish(deedpy_array(self)->array, text, &error) != DEED_OK) return deedpy_raise(state, &error);
  Py_RETURN_NONE;
}

PyObject *deedpy_array_withdraw(PyObject *self, PyObject *unused) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  (void)unused;
  if (deed_withdraw(deedpy_array(self)->array, &error) != DEED_OK) return deedpy_raise(state, &error);
  Py_RETURN_NONE;
}

PyObject *deedpy_array_copy_method(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"order", "reason", NULL};
  const char *order_text = "K";
  const char *reason_text = "requested";
  enum deed_order order;
  enum deed_copy_reason reason;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|ss:copy", names, &order_text, &reason_text)) return NULL;
  if (deedpy_order(order_text, &order) != 0 || deedpy_copy_reason(reason_text, &reason) != 0) return NULL;
  return deedpy_array_copy(self, order, reason);
}

/* Of copy.copy and copy.deepcopy, whose memo is not needed: the elements are no objects. */
PyObject *deedpy_array_copy_protocol(PyObject *self, PyObject *unused) {
  (void)unused;
  return deedpy_array_copy(self, DEED_ORDER_ANY, DEED_COPY_REQUESTED);
}

PyObject *deedpy_array_holders(PyObject *self, PyObject *unused) {
  (void)unused;
  deedpy_drain();
  return deedpy_holders(deedpy_state_of(self), deedpy_array(self)->array);
}

PyObject *deedpy_array_enter(PyObject *self, PyObject *unused) {
  (void)unused;
  return Py_NewRef(self);
}

/* The error that leaves a with statement goes on to the caller, and what was just raised goes with it. */
static PyObject *note_refusal(PyObject *error) {
  PyObject *type, *refusal, *traceback;
  PyErr_Fetch(&type, &refusal, &traceback);
  PyErr_NormalizeException(&type, &refusal, &traceback);
  PyObject *noted = deedpy_call_package("deed.errors", "note_refusal", error, refusal);
  if (!noted) PyErr_WriteUnraisable(error);
  Py_XDECREF(noted);
  Py_XDECREF(type);
  Py_XDECREF(refusal);
  Py_XDECREF(traceback);
  Py_RETURN_NONE;
}

/* The claim may have been released, transferred, reclaimed or recalled inside the with statement. */
PyObject *deedpy_array_leave(PyObject *self, PyObject *exception) {
  PyObject *error = PyTuple_GET_SIZE(exception) > 1 ? PyTuple_GET_ITEM(exception, 1) : Py_None;
  if (!deed_is_live(deedpy_array(self)->array)) {
    end_loan(deedpy_array(self));
    Py_RETURN_NONE;
  }
  PyObject *released = deedpy_array_release(self, NULL);
  return released || !PyExceptionInstance_Check(error) ? released : note_refusal(error);
}
