/* SPDX-License-Identifier: BSD-3-Clause */
/* array_ufunc.c - the ufuncs of NumPy on deed.Array: each Array among the operands is shown as an ndarray, and the
 * ufunc is called again. If another type among them has a say in ufuncs, it is asked then: it need not know deed, only
 * ndarrays. */
#include "array/array_ufunc.h"

#include "array/array_numbers.h"

/* Without the first skipped of them, and with each Array as an ndarray. New reference. */
static PyObject *operands_of(PyObject *objects, Py_ssize_t skipped) {
  Py_ssize_t count = PyTuple_GET_SIZE(objects) - skipped;
  PyObject *operands = PyTuple_New(count);
  for (Py_ssize_t k = 0; operands && k < count; ++k) {
    PyObject *operand = deedpy_operand(PyTuple_GET_ITEM(objects, skipped + k));
    if (!operand) Py_CLEAR(operands);
    if (operands) PyTuple_SET_ITEM(operands, k, operand);
  }
  return operands;
}

/* value [fills, new reference]: NULL if there is none. 0, or -1 with an exception. */
static int find(PyObject *keywords, const char *name, PyObject **value) {
  PyObject *key = PyUnicode_FromString(name);
  *value = key ? Py_XNewRef(PyDict_GetItemWithError(keywords, key)) : NULL;
  Py_XDECREF(key);
  return PyErr_Occurred() ? -1 : 0;
}

/* Replace the keyword by operand, which is stolen and may be NULL after a failure. 0, or -1 with an exception. */
static int replace(PyObject *keywords, const char *name, PyObject *operand) {
  int status = operand ? PyDict_SetItemString(keywords, name, operand) : -1;
  Py_XDECREF(operand);
  return status;
}

static int show_where(PyObject *keywords) {
  PyObject *where;
  if (find(keywords, "where", &where) != 0) return -1;
  int status = where ? replace(keywords, "where", deedpy_operand(where)) : 0;
  Py_XDECREF(where);
  return status;
}

/* What was given as out, and what stands in its place: references, NULL if there is none. */
struct outputs {
  PyObject *given;
  PyObject *shown;
};

/* Put ndarrays in the place of Arrays. outputs [fills]. 0, or -1 with an exception. */
static int show_keywords(PyObject *keywords, struct outputs *outputs) {
  if (show_where(keywords) != 0 || find(keywords, "out", &outputs->given) != 0) return -1;
  if (!outputs->given || !PyTuple_Check(outputs->given)) return 0;
  if (replace(keywords, "out", operands_of(outputs->given, 0)) != 0) return -1;
  return find(keywords, "out", &outputs->shown);
}

/* The Array that was given as this output, or the result itself. Steals result, returns a new reference. */
static PyObject *output_of(PyObject *result, PyObject *output, PyObject *operand) {
  if (result != operand || output == operand) return result;
  Py_DECREF(result);
  return Py_NewRef(output);
}

static PyObject *outputs_of(PyObject *results, const struct outputs *outputs) {
  Py_ssize_t count = PyTuple_GET_SIZE(results);
  PyObject *tuple = PyTuple_New(count);
  for (Py_ssize_t k = 0; tuple && k < count; ++k) {
    PyObject *result = Py_NewRef(PyTuple_GET_ITEM(results, k));
    PyObject *given = PyTuple_GET_ITEM(outputs->given, k);
    PyTuple_SET_ITEM(tuple, k, output_of(result, given, PyTuple_GET_ITEM(outputs->shown, k)));
  }
  Py_DECREF(results);
  return tuple;
}

/* Whoever gives an Array as out of a call gets it back. Steals result, which may be NULL after a failure. */
static PyObject *give_back(PyObject *result, const struct outputs *outputs) {
  if (!result || !outputs->shown) return result;
  Py_ssize_t count = PyTuple_GET_SIZE(outputs->given);
  if (PyTuple_CheckExact(result) && PyTuple_GET_SIZE(result) == count) return outputs_of(result, outputs);
  if (count != 1) return result;
  return output_of(result, PyTuple_GET_ITEM(outputs->given, 0), PyTuple_GET_ITEM(outputs->shown, 0));
}

/* What NumPy makes of a sum (mean, var, std and so on) it writes over it, but only if reduce() has answered with an
 * ndarray; so that is what the methods answer with, on the same memory. */
static int is_call(PyObject *method) {
  return PyUnicode_Check(method) && PyUnicode_CompareWithASCIIString(method, "__call__") == 0;
}

static PyObject *call(PyObject *arguments, PyObject *inputs, PyObject *keywords) {
  PyObject *function = PyObject_GetAttr(PyTuple_GET_ITEM(arguments, 0), PyTuple_GET_ITEM(arguments, 1));
  PyObject *result = function ? PyObject_Call(function, inputs, keywords) : NULL;
  Py_XDECREF(function);
  return result;
}

static PyObject *copy_of(PyObject *keywords) { return keywords ? PyDict_Copy(keywords) : PyDict_New(); }

PyObject *deedpy_array_ufunc(PyObject *self, PyObject *arguments, PyObject *keywords) {
  struct outputs outputs = {NULL, NULL};
  PyObject *result = NULL;
  (void)self;
  if (PyTuple_GET_SIZE(arguments) < 2) {
    return PyErr_Format(PyExc_TypeError,
                        "__array_ufunc__() needs a ufunc and the name of its method, got %zd arguments",
                        PyTuple_GET_SIZE(arguments));
  }
  PyObject *inputs = operands_of(arguments, 2);
  PyObject *shown = inputs ? copy_of(keywords) : NULL;
  if (shown && show_keywords(shown, &outputs) == 0) result = call(arguments, inputs, shown);
  if (is_call(PyTuple_GET_ITEM(arguments, 1))) result = give_back(result, &outputs);
  Py_XDECREF(outputs.given);
  Py_XDECREF(outputs.shown);
  Py_XDECREF(shown);
  Py_XDECREF(inputs);
  return result;
}
