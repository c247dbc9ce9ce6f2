/* SPDX-License-Identifier: BSD-3-Clause */
/* array_numbers.c - arithmetic and comparison with deed.Array: what NumPy makes of its elements. NumPy does the same
 * where an ndarray stands on the left; here it is done for the other cases. */
#include "array_numbers.h"

#include "ndarray_out.h"

static PyObject *ndarray_of(PyObject *array) { return deedpy_ndarray(array, NULL); }

static int is_array(PyObject *object) { return Py_TYPE(object)->tp_repr == deedpy_array_repr; }

PyObject *deedpy_operand(PyObject *object) { return is_array(object) ? ndarray_of(object) : Py_NewRef(object); }

static PyObject *binary(PyObject *left, PyObject *right, binaryfunc function) {
  PyObject *a = deedpy_operand(left);
  PyObject *b = a ? deedpy_operand(right) : NULL;
  PyObject *result = b ? function(a, b) : NULL;
  Py_XDECREF(a);
  Py_XDECREF(b);
  return result;
}

/* NumPy writes to the memory of the ndarray, which is that of the Array. */
static PyObject *in_place(PyObject *self, PyObject *other, binaryfunc function) {
  PyObject *result = binary(self, other, function);
  if (!result) return NULL;
  Py_DECREF(result);
  return Py_NewRef(self);
}

static PyObject *unary(PyObject *self, unaryfunc function) {
  PyObject *ndarray = ndarray_of(self);
  PyObject *result = ndarray ? function(ndarray) : NULL;
  Py_XDECREF(ndarray);
  return result;
}

#define ARGUMENTS_binary left, right
#define ARGUMENTS_in_place self, other
#define ARGUMENTS_unary self
#define DEFINE_NUMBER(arity, name, function) \
  PyObject *deedpy_array_##name DEEDPY_PARAMETERS_##arity { return arity(ARGUMENTS_##arity, function); }
DEEDPY_NUMBER_SLOTS(DEFINE_NUMBER)

static PyObject *power(PyObject *base, PyObject *exponent) { return PyNumber_Power(base, exponent, Py_None); }

static PyObject *power_in_place(PyObject *base, PyObject *exponent) {
  return PyNumber_InPlacePower(base, exponent, Py_None);
}

PyObject *deedpy_array_power(PyObject *base, PyObject *exponent, PyObject *modulus) {
  if (modulus != Py_None) Py_RETURN_NOTIMPLEMENTED; /* NumPy has none */
  return binary(base, exponent, power);
}

PyObject *deedpy_array_inplace_power(PyObject *self, PyObject *exponent, PyObject *modulus) {
  (void)modulus;
  return in_place(self, exponent, power_in_place);
}

int deedpy_array_bool(PyObject *self) {
  PyObject *ndarray = ndarray_of(self);
  int truth = ndarray ? PyObject_IsTrue(ndarray) : -1;
  Py_XDECREF(ndarray);
  return truth;
}

PyObject *deedpy_array_compare(PyObject *self, PyObject *other, int operation) {
  PyObject *a = ndarray_of(self);
  PyObject *b = a ? deedpy_operand(other) : NULL;
  PyObject *result = b ? PyObject_RichCompare(a, b, operation) : NULL;
  Py_XDECREF(a);
  Py_XDECREF(b);
  return result;
}
