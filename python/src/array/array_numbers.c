/* SPDX-License-Identifier: BSD-3-Clause */
/* array_numbers.c - arithmetic and comparison with deed.Array: what NumPy makes of its elements. NumPy does the same
 * where an ndarray stands on the left; here it is done for the other cases. */
#include "array/array_numbers.h"

#include "array/array_repr.h"
#include "claims/array_object.h"
#include "protocols/ndarray_out.h"

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

/* NumPy writes to the memory of the ndarray, which is that of the Array, and answers with that ndarray. If the other
 * operand has a say of its own and answers with something else, that is the result. */
static PyObject *in_place(PyObject *self, PyObject *other, binaryfunc function) {
  PyObject *ndarray = ndarray_of(self);
  PyObject *operand = ndarray ? deedpy_operand(other) : NULL;
  PyObject *result = operand ? function(ndarray, operand) : NULL;
  if (result && result == ndarray) Py_SETREF(result, Py_NewRef(self));
  Py_XDECREF(operand);
  Py_XDECREF(ndarray);
  return result;
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

PyObject *deedpy_array_complex(PyObject *self, PyObject *unused) {
  (void)unused;
  PyObject *ndarray = ndarray_of(self);
  PyObject *result = ndarray ? PyObject_CallOneArg((PyObject *)&PyComplex_Type, ndarray) : NULL;
  Py_XDECREF(ndarray);
  return result;
}

static PyObject *format_of_element(PyObject *self, PyObject *specification) {
  PyObject *ndarray = ndarray_of(self);
  PyObject *text = ndarray ? PyObject_Format(ndarray, specification) : NULL;
  Py_XDECREF(ndarray);
  return text;
}

PyObject *deedpy_array_format(PyObject *self, PyObject *specification) {
  struct deed_descriptor descriptor;
  if (deedpy_describe_anywhere(deedpy_state_of(self), deedpy_array(self)->array, &descriptor) != 0) return NULL;
  if (descriptor.layout.rank == 0) return format_of_element(self, specification);
  if (PyUnicode_Check(specification) && PyUnicode_GET_LENGTH(specification) == 0) return PyObject_Str(self);
  return PyErr_Format(PyExc_TypeError, "an array of %d dimensions has no format, its elements have",
                      (int)descriptor.layout.rank);
}
