/* SPDX-License-Identifier: BSD-3-Clause */
/* function_call.c - one call of a native function: what is given becomes what is passed, what comes back is fetched. */
#include "native_call/function_call.h"

#include "base/compiler.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/release.h"
#include "native_call/function_allocatable.h"
#include "native_call/function_bind.h"
#include "native_call/function_object.h"
#include "native_call/function_passing.h"
#include "native_call/function_pointer.h"
#include "native_call/function_scalar.h"

/* What the end of a claim cannot say here, the report of the ledger says. */
static void end_held(struct deedpy_call *call) {
  for (struct deedpy_passed *passed = call->held; passed; passed = passed->held_before) {
    deedpy_end_claim(passed->claim);
    Py_XDECREF(passed->object);
  }
  call->held = NULL;
}

/* Pass the late scalars before end, or all others. Returns the first that was refused, with its exception; NULL if none
 * was. */
static const struct deedpy_parameter *pass_some(const struct function_object *self, PyObject *const *objects,
                                                struct deedpy_call *call, const struct deedpy_parameter *end,
                                                int late_scalars) {
  struct deedpy_passed *passed = call->passed;
  for (const struct deedpy_parameter *parameter = self->parameters; parameter < end; ++parameter, ++passed) {
    PyObject *object = parameter->is_given ? *objects++ : NULL;
    if (parameter->is_late_scalar != late_scalars) continue;
    deedpy_pass_fn pass = late_scalars ? deedpy_pass_function(parameter->passing, 1) : parameter->pass;
    if (object == Py_None && parameter->optional) pass = deedpy_pass_absent;
    passed->present = 1;
    if (pass(call, parameter, object, passed) != 0) return parameter;
  }
  return NULL;
}

/* To read a scalar runs code, which may resize an ndarray: so all are read before any array is looked at. Raises for
 * the first argument that is refused, in the order of the arguments. */
DEEDPY_COLD static int pass_scalars_first(const struct function_object *self, PyObject *const *objects,
                                          struct deedpy_call *call) {
  PyObject *type, *value, *traceback;
  const struct deedpy_parameter *end = self->parameters + self->count;
  end_held(call);
  const struct deedpy_parameter *refused = pass_some(self, objects, call, end, 1);
  if (!refused) return pass_some(self, objects, call, end, 0) ? -1 : 0;
  PyErr_Fetch(&type, &value, &traceback);
  int is_first = pass_some(self, objects, call, refused, 0) == NULL;
  if (is_first) {
    PyErr_Restore(type, value, traceback);
    return -1;
  }
  Py_XDECREF(type);
  Py_XDECREF(value);
  Py_XDECREF(traceback);
  return -1;
}

/* In their order, but for what deedpy_pass_late_function() says. */
static int pass_all(const struct function_object *self, PyObject *const *objects, struct deedpy_call *call) {
  const struct deedpy_parameter *end = self->parameters + self->count;
  PyObject *const *given = objects;
  struct deedpy_passed *passed = call->passed;
  for (const struct deedpy_parameter *parameter = self->parameters; parameter < end; ++parameter, ++passed) {
    PyObject *object = parameter->is_given ? *given++ : NULL;
    deedpy_pass_fn pass = object == Py_None && parameter->optional ? deedpy_pass_absent : parameter->pass;
    passed->present = 1;
    int status = pass(call, parameter, object, passed);
    if (status != 0) return status == DEEDPY_READ_FIRST ? pass_scalars_first(self, objects, call) : -1;
  }
  return 0;
}

/* With the GIL released others may drop the objects that the caller's frame names: each is held. */
static void enter(struct function_object *self, PyObject *const *objects, struct deedpy_call *call) {
  if (!self->release_gil) {
    deedpy_entry_call(&self->entry, call->passed, &call->result);
    return;
  }
  for (int k = 0; k < self->given_count; ++k) Py_INCREF(objects[k]);
  PyThreadState *thread = PyEval_SaveThread();
  deedpy_entry_call(&self->entry, call->passed, &call->result);
  PyEval_RestoreThread(thread);
  for (int k = 0; k < self->given_count; ++k) Py_DECREF(objects[k]);
}

/* A handle that comes back may be one that was given. That of an Array gives the same Array; one that an ndarray lent
 * belongs to the result from now on. */
static PyObject *handle_out(struct function_object *self, struct deedpy_call *call) {
  struct deed_array array = {(uint64_t)call->result.i64};
  struct deed_descriptor descriptor;
  enum deed_status status = deed_describe(array, &descriptor, sizeof descriptor);
  if (status != DEED_OK) {
    return deedpy_raise_status(self->state, status, "%s returned no array: %s", self->text, deed_status_text(status));
  }
  struct array_object *result = call->result_array;
  call->result_array = NULL;
  return deedpy_array_take(self->state, result, array);
}

static PyObject *result_of(struct function_object *self, struct deedpy_call *call) {
  if (self->returned == DEEDPY_RETURNS_NOTHING) Py_RETURN_NONE;
  if (self->returned == DEEDPY_RETURNS_SCALAR) return deedpy_scalar_out(self->result_dtype, &call->result);
  if (self->returned == DEEDPY_RETURNS_HANDLE) return handle_out(self, call);
  if (call->result.i32 == DEED_OK) Py_RETURN_NONE;
  enum deed_status status = (enum deed_status)call->result.i32;
  return deedpy_raise_status(self->state, status, "%s returned: %s", self->text, deed_status_text(status));
}

static PyObject *argument_out(struct function_object *self, const struct deedpy_parameter *parameter,
                              struct deedpy_call *call, PyObject *const *objects) {
  struct deedpy_passed *passed = &call->passed[parameter - self->parameters];
  if (parameter->passing == DEEDPY_ALLOCATABLE) return deedpy_allocatable_out(self, parameter, passed);
  if (parameter->passing == DEEDPY_POINTER_DUMMY) return deedpy_pointer_out(self, parameter, call, objects);
  if (!passed->present) Py_RETURN_NONE;
  return deedpy_scalar_out(parameter->element.dtype, &passed->scalar);
}

/* What comes back, from items on; how many failed. Pointers come after the rest, because they may point to what the
 * call has allocated. A pending exception stays. */
static int fetch_all(struct function_object *self, struct deedpy_call *call, PyObject *const *objects, int pointers,
                     PyObject **items) {
  int failed = 0;
  for (int k = 0; k < self->count; ++k) {
    PyObject *type, *value, *traceback;
    const struct deedpy_parameter *parameter = &self->parameters[k];
    if (!parameter->is_returned) continue;
    if ((parameter->passing == DEEDPY_POINTER_DUMMY) == pointers) {
      PyErr_Fetch(&type, &value, &traceback);
      *items = argument_out(self, parameter, call, objects);
      failed += *items == NULL;
      if (type) PyErr_Restore(type, value, traceback);
    }
    ++items;
  }
  return failed;
}

/* Steals the items, some of which are NULL after an error. */
static PyObject *tuple_of(PyObject **items, int count, int failed) {
  if (!failed && count == 1) return items[0];
  PyObject *tuple = failed ? NULL : PyTuple_New(count);
  for (int k = 0; k < count; ++k) {
    if (tuple) {
      PyTuple_SET_ITEM(tuple, k, items[k]);
    } else {
      Py_XDECREF(items[k]);
    }
  }
  return tuple;
}

/* The result and the arguments that come back, as a tuple if there is more than one thing. Steals result, which is NULL
 * after an error: the arguments are fetched even then, so that nothing allocated is lost. */
static PyObject *collect(struct function_object *self, struct deedpy_call *call, PyObject *const *objects,
                         PyObject *result) {
  PyObject *items[DEEDPY_MAX_ARGUMENTS + 1];
  int failed = result == NULL;
  int first = 0;
  if (self->returned == DEEDPY_RETURNS_SCALAR || self->returned == DEEDPY_RETURNS_HANDLE) {
    items[first++] = result;
  } else {
    Py_XDECREF(result);
  }
  failed += fetch_all(self, call, objects, 0, &items[first]);
  if (self->returns_pointers) failed += fetch_all(self, call, objects, 1, &items[first]);
  return tuple_of(items, first + self->returned_count, failed);
}

static PyObject *call_prepared(struct function_object *self, PyObject *const *objects, struct deedpy_call *call) {
  if (pass_all(self, objects, call) != 0) return NULL;
  if (self->returned == DEEDPY_RETURNS_HANDLE) {
    call->result_array = deedpy_array_new(self->state);
    if (!call->result_array) return NULL;
  }
  if (self->takes_allocatables && deedpy_reclaim_allocatables(self, call->passed) != 0) return NULL;
  enter(self, objects, call);
  PyObject *result = result_of(self, call);
  return self->returned_count > 0 ? collect(self, call, objects, result) : result;
}

static PyObject *call_with(struct function_object *self, PyObject *const *objects) {
  struct deedpy_call call;
  call.state = self->state;
  call.held = NULL;
  call.passed[0].value.i64 = 0; /* of a function without arguments */
  call.result_array = NULL;
  PyObject *result = call_prepared(self, objects, &call);
  end_held(&call);
  Py_XDECREF((PyObject *)call.result_array);
  return result;
}

PyObject *deedpy_function_call(PyObject *function, PyObject *const *objects, size_t flagged_count, PyObject *keywords) {
  struct function_object *self = (struct function_object *)function;
  PyObject *bound[DEEDPY_MAX_ARGUMENTS];
  Py_ssize_t count = PyVectorcall_NARGS(flagged_count);
  if (!keywords && count == self->given_count) return call_with(self, objects);
  return deedpy_function_bind(self, objects, count, keywords, bound) == 0 ? call_with(self, bound) : NULL;
}
