/* SPDX-License-Identifier: BSD-3-Clause */
/* function_pointer.c - a pointer dummy of intent(out): what it points to after the call comes out as a loan. */
#include "native_call/function_pointer.h"

#include "claims/array_object.h"
#include "protocols/import.h"
#include "protocols/ndarray_out.h"

int deedpy_pass_disassociated(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                              struct deedpy_passed *passed) {
  struct deedpy_cfi *descriptor = &passed->descriptor;
  (void)call;
  (void)object;
  descriptor->data = NULL;
  descriptor->head = parameter->head;
  descriptor->head.tag[0] = (unsigned char)parameter->rank;
  memset(descriptor->dimension, 0, (size_t)parameter->rank * sizeof *descriptor->dimension);
  passed->value.pointer = descriptor;
  return 0;
}

static int lies_in(PyArrayObject *ndarray, const void *data) {
  uintptr_t begin = (uintptr_t)PyArray_DATA(ndarray);
  uintptr_t end = begin + (uintptr_t)PyArray_ITEMSIZE(ndarray);
  if (PyArray_SIZE(ndarray) == 0) return 0;
  for (int k = 0; k < PyArray_NDIM(ndarray); ++k) {
    npy_intp reach_bytes = (PyArray_DIM(ndarray, k) - 1) * PyArray_STRIDE(ndarray, k);
    *(reach_bytes < 0 ? &begin : &end) += (uintptr_t)reach_bytes;
  }
  return (uintptr_t)data >= begin && (uintptr_t)data < end;
}

/* An ndarray on an argument, if data lies in it; NULL, with an exception or without. An Array may be released, but not
 * with its ndarray. */
static PyObject *ndarray_around(const struct module_state *state, PyObject *object, const void *data) {
  PyObject *ndarray = NULL;
  if (PyArray_Check(object)) ndarray = Py_NewRef(object);
  if (deedpy_is_array(state, object)) ndarray = deedpy_ndarray(object, NULL);
  if (ndarray && !lies_in((PyArrayObject *)ndarray, data)) Py_CLEAR(ndarray);
  return ndarray;
}

/* Of all arguments. What was allocated in the call is one as well. */
static PyObject *argument_around(const struct function_object *function, const struct deedpy_call *call,
                                 PyObject *const *objects, const void *data) {
  PyObject *ndarray = NULL;
  for (int k = 0; k < function->count && !ndarray && !PyErr_Occurred(); ++k) {
    const struct deedpy_parameter *parameter = &function->parameters[k];
    PyObject *object = parameter->is_given ? *objects++ : NULL;
    const struct deedpy_passed *passed = &call->passed[k];
    if (parameter->passing == DEEDPY_ALLOCATABLE) object = passed->descriptor.data ? passed->object : NULL;
    if (object) ndarray = ndarray_around(call->state, object, data);
  }
  return ndarray;
}

/* The loan keeps the argument that its memory lies in, and may write where that may be written. -1 with an exception.
 */
static int find_owner(const struct function_object *function, const struct deedpy_call *call, PyObject *const *objects,
                      struct deedpy_import *import) {
  PyObject *ndarray = argument_around(function, call, objects, import->data);
  if (PyErr_Occurred()) return -1;
  import->rights = !ndarray || PyArray_ISWRITEABLE((PyArrayObject *)ndarray) ? DEED_READ | DEED_WRITE : DEED_READ;
  import->keep = ndarray ? deedpy_keep_ndarray(ndarray) : deedpy_keep_new_as(sizeof(struct deedpy_keep), NULL, NULL);
  Py_XDECREF(ndarray);
  return import->keep ? 0 : -1;
}

PyObject *deedpy_pointer_out(struct function_object *function, const struct deedpy_parameter *parameter,
                             const struct deedpy_call *call, PyObject *const *objects) {
  const struct deedpy_cfi *descriptor = &call->passed[parameter - function->parameters].descriptor;
  struct deedpy_import import = {.data = descriptor->data};
  if (!descriptor->data) Py_RETURN_NONE;
  if (find_owner(function, call, objects, &import) != 0) return NULL;
  deedpy_cfi_layout(descriptor, parameter->element.dtype, parameter->element.size_bytes, parameter->rank,
                    &import.layout);
  return deedpy_import_lend(call->state, &import, NULL, 0);
}
