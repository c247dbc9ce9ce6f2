/* SPDX-License-Identifier: BSD-3-Clause */
/* array_numbers.h - arithmetic and comparison with deed.Array: what NumPy makes of its elements. */
#ifndef DEEDPY_ARRAY_NUMBERS_H
#define DEEDPY_ARRAY_NUMBERS_H

#include "base/module_state.h"

/* Results are new ndarrays; only the operators that assign (+= and so on) write to the array. Numbers of Python
 * (int, float, complex, an index) are made of what has one element, as NumPy has it. */
PyObject *deedpy_array_compare(PyObject *self, PyObject *other, int operation);

/* The ndarray on the elements of an Array, or the object itself. New reference. */
PyObject *deedpy_operand(PyObject *object);

/* The slots of the number protocol, in the list of those of the type. */
#define DEEDPY_NUMBER_SLOTS(X)                                         \
  X(binary, add, PyNumber_Add)                                         \
  X(binary, subtract, PyNumber_Subtract)                               \
  X(binary, multiply, PyNumber_Multiply)                               \
  X(binary, matrix_multiply, PyNumber_MatrixMultiply)                  \
  X(binary, true_divide, PyNumber_TrueDivide)                          \
  X(binary, floor_divide, PyNumber_FloorDivide)                        \
  X(binary, remainder, PyNumber_Remainder)                             \
  X(binary, divmod, PyNumber_Divmod)                                   \
  X(binary, lshift, PyNumber_Lshift)                                   \
  X(binary, rshift, PyNumber_Rshift)                                   \
  X(binary, and, PyNumber_And)                                         \
  X(binary, xor, PyNumber_Xor)                                         \
  X(binary, or, PyNumber_Or)                                           \
  X(in_place, inplace_add, PyNumber_InPlaceAdd)                        \
  X(in_place, inplace_subtract, PyNumber_InPlaceSubtract)              \
  X(in_place, inplace_multiply, PyNumber_InPlaceMultiply)              \
  X(in_place, inplace_matrix_multiply, PyNumber_InPlaceMatrixMultiply) \
  X(in_place, inplace_true_divide, PyNumber_InPlaceTrueDivide)         \
  X(in_place, inplace_floor_divide, PyNumber_InPlaceFloorDivide)       \
  X(in_place, inplace_remainder, PyNumber_InPlaceRemainder)            \
  X(in_place, inplace_lshift, PyNumber_InPlaceLshift)                  \
  X(in_place, inplace_rshift, PyNumber_InPlaceRshift)                  \
  X(in_place, inplace_and, PyNumber_InPlaceAnd)                        \
  X(in_place, inplace_xor, PyNumber_InPlaceXor)                        \
  X(in_place, inplace_or, PyNumber_InPlaceOr)                          \
  X(unary, negative, PyNumber_Negative)                                \
  X(unary, positive, PyNumber_Positive)                                \
  X(unary, absolute, PyNumber_Absolute)                                \
  X(unary, invert, PyNumber_Invert)                                    \
  X(unary, int, PyNumber_Long)                                         \
  X(unary, float, PyNumber_Float)                                      \
  X(unary, index, PyNumber_Index)

#define DEEDPY_PARAMETERS_binary (PyObject * left, PyObject * right)
#define DEEDPY_PARAMETERS_in_place (PyObject * self, PyObject * other)
#define DEEDPY_PARAMETERS_unary (PyObject * self)
#define DEEDPY_DECLARE_NUMBER(arity, name, function) PyObject *deedpy_array_##name DEEDPY_PARAMETERS_##arity;
DEEDPY_NUMBER_SLOTS(DEEDPY_DECLARE_NUMBER)
#undef DEEDPY_DECLARE_NUMBER

PyObject *deedpy_array_power(PyObject *base, PyObject *exponent, PyObject *modulus);
PyObject *deedpy_array_inplace_power(PyObject *self, PyObject *exponent, PyObject *modulus);
int deedpy_array_bool(PyObject *self);
PyObject *deedpy_array_complex(PyObject *self, PyObject *unused);
/* As in NumPy, an array of rank 0 has the format of its element, and any other has its text only. */
PyObject *deedpy_array_format(PyObject *self, PyObject *specification);

#endif
