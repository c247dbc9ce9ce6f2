/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_stream_in.c - an Arrow stream on its way into deed: of one array, because deed has no arrays in pieces. */
#include "protocols/arrow_stream_in.h"

#include "base/errors.h"
#include "protocols/arrow_abi.h"
#include "protocols/arrow_in.h"

/* All that came out of a stream; what is still here at the end is released. */
struct arrived {
  struct arrow_schema schema;
  struct arrow_array array;
  struct arrow_array second;
};

static void end(struct arrived *arrived) {
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback); /* release may run Python code */
  if (arrived->second.release) arrived->second.release(&arrived->second);
  if (arrived->array.release) arrived->array.release(&arrived->array);
  if (arrived->schema.release) arrived->schema.release(&arrived->schema);
  PyErr_Restore(type, value, traceback);
}

static int refuse(const struct module_state *state, enum deed_status status, const char *reason) {
  deedpy_raise_status(state, status, "the Arrow stream cannot be held: %s", reason);
  return -1;
}

static int fail(const struct module_state *state, struct arrow_stream *stream) {
  const char *reason = stream->get_last_error ? stream->get_last_error(stream) : NULL;
  return refuse(state, DEED_EINVAL, reason ? reason : "its producer failed and does not say why");
}

static int read_stream(const struct module_state *state, struct arrow_stream *stream, struct arrived *arrived) {
  if (!stream->release) return refuse(state, DEED_EINVAL, "somebody has consumed it already");
  if (stream->get_schema(stream, &arrived->schema) != 0) return fail(state, stream);
  if (stream->get_next(stream, &arrived->array) != 0) return fail(state, stream);
  if (!arrived->array.release) return refuse(state, DEED_EINVAL, "it has no array");
  if (stream->get_next(stream, &arrived->second) != 0) return fail(state, stream);
  if (!arrived->second.release) return 0;
  return refuse(state, DEED_EUNSUPPORTED, "it has more than one array; put them together (combine_chunks, rechunk)");
}

static int import_arrived(struct module_state *state, struct arrow_stream *stream, struct deedpy_import *import) {
  struct arrived arrived = {0};
  int status = read_stream(state, stream, &arrived);
  if (status == 0) status = deedpy_describe_arrow(state, &arrived.schema, &arrived.array, import);
  if (status == 0) deedpy_move_arrow(import, &arrived.array);
  end(&arrived);
  return status;
}

int deedpy_import_arrow_stream(struct module_state *state, PyObject *object, struct deedpy_import *import) {
  PyObject *method = PyObject_GetAttrString(object, "__arrow_c_stream__");
  if (!method) {
    if (!PyErr_ExceptionMatches(PyExc_AttributeError)) return -1;
    PyErr_Clear();
    return 0;
  }
  PyObject *capsule = PyObject_CallNoArgs(method);
  Py_DECREF(method);
  if (!capsule) return -1;
  int status = -1;
  if (PyCapsule_IsValid(capsule, ARROW_STREAM_CAPSULE)) {
    status = import_arrived(state, PyCapsule_GetPointer(capsule, ARROW_STREAM_CAPSULE), import);
  } else {
    PyErr_Format(PyExc_TypeError, "__arrow_c_stream__() did not return a capsule of an Arrow stream, but %R", capsule);
  }
  Py_DECREF(capsule);
  return status == 0 ? 1 : -1;
}
