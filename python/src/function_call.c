/* SPDX-License-Identifier: BSD-3-Clause */
/* function_call.c - one call of a native function: what is given becomes what is passed, what comes back is fetched. */
#include "array_type.h"
#include "errors.h"
#include "function.h"
#include "function_allocatable.h"

/* A call, on the stack. Only what is used is initialised. */
struct call {
  union deedpy_scalar result;
  struct array_object *result_array;
  int begun; /* arguments that may hold something to end */
  struct deedpy_passed passed[DEEDPY_MAX_ARGUMENTS];
};

static int pass_extent(const struct module_state *state, const struct deedpy_parameter *parameter,
                       const struct deedpy_passed *source, struct deedpy_passed *passed) {
  int64_t extent = 0;
  if (source->present) {
    if (parameter->dimension >= source->rank) {
      return deedpy_refuse(state, parameter, DEED_ERANK, "it is the extent of dimension %d, %d dimensions came",
                           parameter->dimension, (int)source->rank);
    }
    extent = source->descriptor.dimension[parameter->dimension].extent;
  }
  if (parameter->element.size_bytes == 4 && extent > INT32_MAX) {
    return deedpy_refuse(state, parameter, DEED_EOVERFLOW, "the extent %lld came, which int32 cannot hold",
                         (long long)extent);
  }
  union deedpy_scalar *scalar = &passed->value;
  if (parameter->passing == DEEDPY_EXTENT_REFERENCE) {
    scalar = &passed->scalar;
    passed->value.pointer = scalar;
  }
  deedpy_store_integer(scalar, parameter->element.size_bytes, extent);
  return 0;
}

/* What the caller does not give. */
static int pass_own(struct function_object *self, const struct deedpy_parameter *parameter, struct call *call,
                    struct deedpy_passed *passed) {
  if (parameter->passing == DEEDPY_ALLOCATABLE) return deedpy_pass_unallocated(self->state, parameter, passed);
  if (parameter->passing != DEEDPY_BY_REFERENCE) {
    return pass_extent(self->state, parameter, &call->passed[parameter->source], passed);
  }
  memset(&passed->scalar, 0, sizeof passed->scalar);
  passed->value.pointer = &passed->scalar;
  passed->present = 1;
  return 0;
}

static void begin(struct deedpy_passed *passed) {
  passed->value.pointer = NULL;
  passed->present = 0;
  passed->claim.bits = 0;
  passed->object = NULL;
}

static int pass_all(struct function_object *self, PyObject *const *objects, struct call *call) {
  for (int k = 0; k < self->count; ++k) {
    const struct deedpy_parameter *parameter = &self->parameters[k];
    struct deedpy_passed *passed = &call->passed[k];
    int status = 0;
    begin(passed);
    call->begun = k + 1;
    if (!parameter->pass) {
      status = pass_own(self, parameter, call, passed);
    } else if (*objects == Py_None && parameter->optional) {
      ++objects;
    } else {
      passed->present = 1;
      status = parameter->pass(self->state, parameter, *objects++, passed);
    }
    if (status != 0) return -1;
  }
  return 0;
}

static void end_all(struct call *call) {
  for (int k = 0; k < call->begun; ++k) deedpy_passed_end(&call->passed[k]);
  Py_XDECREF((PyObject *)call->result_array);
}

/* With the GIL released others may drop the objects that the caller's frame names: each is held. */
static void enter(struct function_object *self, PyObject *const *objects, struct call *call) {
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

static PyObject *handle_out(struct function_object *self, struct call *call) {
  struct deed_descriptor descriptor;
  struct deed_array array = {(uint64_t)call->result.i64};
  if (deedpy_describe(self->state, array, &descriptor) != 0) return NULL;
  call->result_array->array = array;
  return Py_NewRef((PyObject *)call->result_array);
}

static PyObject *result_of(struct function_object *self, struct call *call) {
  if (self->returned == DEEDPY_RETURNS_SCALAR) return deedpy_scalar_out(self->result_dtype, &call->result);
  if (self->returned == DEEDPY_RETURNS_HANDLE) return handle_out(self, call);
  if (self->returned == DEEDPY_RETURNS_NOTHING || call->result.i32 == DEED_OK) Py_RETURN_NONE;
  enum deed_status status = (enum deed_status)call->result.i32;
  return deedpy_raise_status(self->state, status, "%s returned: %s", self->text, deed_status_text(status));
}

static PyObject *argument_out(struct function_object *self, const struct deedpy_parameter *parameter,
                              struct deedpy_passed *passed) {
  if (parameter->passing == DEEDPY_ALLOCATABLE) return deedpy_allocatable_out(self, parameter, passed);
  if (!passed->present) Py_RETURN_NONE;
  return deedpy_scalar_out(parameter->element.dtype, &passed->scalar);
}

/* The result and the arguments that come back, as a tuple if there is more than one thing. Steals result, which is NULL
 * after an error: the arguments are fetched even then, so that nothing allocated is lost. */
static PyObject *collect(struct function_object *self, struct call *call, PyObject *result) {
  PyObject *items[DEEDPY_MAX_ARGUMENTS + 1];
  int failed = result == NULL;
  int filled = 0;
  if (self->returned == DEEDPY_RETURNS_SCALAR || self->returned == DEEDPY_RETURNS_HANDLE) {
    items[filled++] = result;
  } else {
    Py_XDECREF(result);
  }
  for (int k = 0; k < self->count; ++k) {
    PyObject *type, *value, *traceback;
    if (!self->parameters[k].is_returned) continue;
    PyErr_Fetch(&type, &value, &traceback);
    items[filled] = argument_out(self, &self->parameters[k], &call->passed[k]);
    failed |= items[filled++] == NULL;
    if (type) PyErr_Restore(type, value, traceback);
  }
  if (!failed && filled == 1) return items[0];
  PyObject *tuple = failed ? NULL : PyTuple_New(filled);
  for (int k = 0; k < filled; ++k) {
    if (tuple) {
      PyTuple_SET_ITEM(tuple, k, items[k]);
    } else {
      Py_XDECREF(items[k]);
    }
  }
  return tuple;
}

static PyObject *call_prepared(struct function_object *self, PyObject *const *objects, struct call *call) {
  if (pass_all(self, objects, call) != 0) return NULL;
  if (self->returned == DEEDPY_RETURNS_HANDLE) {
    call->result_array = deedpy_array_new(self->state);
    if (!call->result_array) return NULL;
  }
  if (self->takes_allocatables && deedpy_reclaim_allocatables(self, call->passed) != 0) return NULL;
  enter(self, objects, call);
  PyObject *result = result_of(self, call);
  return self->returned_count > 0 ? collect(self, call, result) : result;
}

PyObject *deedpy_function_call(PyObject *function, PyObject *const *objects, size_t flagged_count, PyObject *keywords) {
  struct function_object *self = (struct function_object *)function;
  Py_ssize_t count = PyVectorcall_NARGS(flagged_count);
  struct call call;
  if (keywords && PyTuple_GET_SIZE(keywords) > 0) {
    return PyErr_Format(PyExc_TypeError, "%s: arguments are given by position, not by name", self->text);
  }
  if (count != self->given_count) {
    return PyErr_Format(PyExc_TypeError, "%s: %zd arguments came, %d are wanted", self->text, count, self->given_count);
  }
  call.result_array = NULL;
  call.begun = 0;
  PyObject *result = call_prepared(self, objects, &call);
  end_all(&call);
  return result;
}
