/* SPDX-License-Identifier: BSD-3-Clause */
/* function_scalar.c - scalars of native functions. */
#include "native_call/function_scalar.h"

#include <math.h>

#include "base/compiler.h"
#include "native_call/function_refuse.h"

/* Needs Python.h before it. */
#include <numpy/arrayscalars.h>

ffi_type *deedpy_ffi_type(enum deed_dtype dtype) {
  switch (dtype) {
    case DEED_INT8:
    case DEED_LOGICAL8: return &ffi_type_sint8;
    case DEED_INT16:
    case DEED_LOGICAL16: return &ffi_type_sint16;
    case DEED_INT32:
    case DEED_LOGICAL32: return &ffi_type_sint32;
    case DEED_INT64:
    case DEED_LOGICAL64: return &ffi_type_sint64;
    case DEED_UINT8: return &ffi_type_uint8;
    case DEED_UINT16: return &ffi_type_uint16;
    case DEED_UINT32: return &ffi_type_uint32;
    case DEED_UINT64: return &ffi_type_uint64;
    case DEED_REAL32: return &ffi_type_float;
    case DEED_REAL64: return &ffi_type_double;
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
    case DEED_COMPLEX_REAL32: return &ffi_type_complex_float;
    case DEED_COMPLEX_REAL64: return &ffi_type_complex_double;
#endif
#ifdef DEEDPY_LONGDOUBLE_REAL
    case DEEDPY_LONGDOUBLE_REAL: return &ffi_type_longdouble;
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
    case DEEDPY_LONGDOUBLE_COMPLEX: return &ffi_type_complex_longdouble;
#endif
#endif
    default: return NULL;
  }
}

/* What Python says of a wrong object is replaced by what names the argument. */
static int is_out_of_memory(void) {
  if (PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_MemoryError)) return 1;
  PyErr_Clear();
  return 0;
}

DEEDPY_COLD static int refuse_kind(const struct module_state *state, const struct deedpy_parameter *parameter,
                                   PyObject *object) {
  if (is_out_of_memory()) return -1;
  return deedpy_refuse(state, parameter, DEED_EDTYPE, "%.100s came, a scalar %s is wanted", Py_TYPE(object)->tp_name,
                       deed_dtype_name(parameter->element.dtype));
}

DEEDPY_COLD static int refuse_range(const struct module_state *state, const struct deedpy_parameter *parameter,
                                    PyObject *object) {
  if (is_out_of_memory()) return -1;
  return deedpy_refuse(state, parameter, DEED_EBOUNDS, "%R came, which %s cannot hold", object,
                       deed_dtype_name(parameter->element.dtype));
}

static int is_unsigned(enum deed_dtype dtype) { return deedpy_is_class(dtype, DEED_CLASS_UNSIGNED); }

static int is_logical(enum deed_dtype dtype) { return deedpy_is_class(dtype, DEED_CLASS_LOGICAL); }

static int integer_in(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      union deedpy_scalar *scalar) {
  int is_plain = PyLong_CheckExact(object);
  if (!is_plain && (!PyIndex_Check(object) || PyBool_Check(object) || PyArray_Check(object))) {
    return refuse_kind(state, parameter, object);
  }
  PyObject *index = is_plain ? Py_NewRef(object) : PyNumber_Index(object);
  if (!index) return refuse_kind(state, parameter, object);
  int bits = (int)parameter->element.size_bytes * 8;
  int64_t value;
  int outside;
  if (is_unsigned(parameter->element.dtype)) {
    uint64_t wide = PyLong_AsUnsignedLongLong(index);
    outside = bits < 64 && wide >> bits != 0;
    value = (int64_t)wide;
  } else {
    value = PyLong_AsLongLong(index);
    int64_t sign = value >> (bits - 1);
    outside = sign != 0 && sign != -1;
  }
  outside |= value == -1 && PyErr_Occurred();
  Py_DECREF(index);
  if (outside) return refuse_range(state, parameter, object);
  deedpy_store_integer(scalar, parameter->element.size_bytes, value);
  return 0;
}

static int logical_in(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      union deedpy_scalar *scalar) {
  if (!PyBool_Check(object) && !PyArray_IsScalar(object, Bool)) return refuse_kind(state, parameter, object);
  int truth = PyObject_IsTrue(object);
  if (truth < 0) return -1;
  deedpy_store_integer(scalar, parameter->element.size_bytes, truth);
  return 0;
}

/* An int must be exactly a real: nothing is rounded silently. real: what became of it, a new reference or NULL. */
static int check_exact(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                       PyObject *real) {
  PyObject *back = real ? PyNumber_Long(real) : NULL;
  int same = back ? PyObject_RichCompareBool(back, object, Py_EQ) : -1;
  Py_XDECREF(back);
  Py_XDECREF(real);
  return same == 1 ? 0 : refuse_range(state, parameter, object);
}

static int real_of(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                   double *value) {
  if (PyFloat_CheckExact(object)) {
    *value = PyFloat_AS_DOUBLE(object);
    return 0;
  }
  if (PyBool_Check(object) || PyArray_Check(object)) return refuse_kind(state, parameter, object);
  *value = PyFloat_AsDouble(object);
  if (*value == -1 && PyErr_Occurred()) {
    if (PyErr_ExceptionMatches(PyExc_OverflowError)) return refuse_range(state, parameter, object);
    return refuse_kind(state, parameter, object);
  }
  if (!PyLong_Check(object)) return 0;
  int is_short = parameter->element.dtype == DEED_REAL32 || parameter->element.dtype == DEED_COMPLEX_REAL32;
  return check_exact(state, parameter, object, PyFloat_FromDouble(is_short ? (double)(float)*value : *value));
}

static int overflows(double value) { return isfinite(value) && !isfinite((float)value); }

static int real64_in(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                     union deedpy_scalar *scalar) {
  return real_of(state, parameter, object, &scalar->f64);
}

static int real32_in(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                     union deedpy_scalar *scalar) {
  double value = 0;
  if (real_of(state, parameter, object, &value) != 0) return -1;
  if (overflows(value)) return refuse_range(state, parameter, object);
  scalar->f32 = (float)value;
  return 0;
}

static int complex_in(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      union deedpy_scalar *scalar) {
  Py_complex value = {0, 0};
  if (PyLong_Check(object) || PyArray_Check(object)) {
    if (real_of(state, parameter, object, &value.real) != 0) return -1;
  } else {
    value = PyComplex_AsCComplex(object);
    if (PyErr_Occurred()) return refuse_kind(state, parameter, object);
  }
  if (parameter->element.dtype == DEED_COMPLEX_REAL64) {
    scalar->c64[0] = value.real;
    scalar->c64[1] = value.imag;
    return 0;
  }
  if (overflows(value.real) || overflows(value.imag)) return refuse_range(state, parameter, object);
  scalar->c32[0] = (float)value.real;
  scalar->c32[1] = (float)value.imag;
  return 0;
}

#ifdef DEEDPY_LONGDOUBLE_REAL
/* An int goes through numpy.longdouble, which holds more of them than a Python float. */
static int long_double_in(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                          union deedpy_scalar *number) {
  long double *value = number->longs;
  double real = 0;
  if (PyArray_IsScalar(object, LongDouble)) {
    *value = PyArrayScalar_VAL(object, LongDouble);
    return 0;
  }
  if (!PyLong_Check(object) || PyBool_Check(object)) {
    int status = real_of(state, parameter, object, &real);
    *value = (long double)real;
    return status;
  }
  PyObject *scalar = PyObject_CallOneArg((PyObject *)&PyLongDoubleArrType_Type, object);
  if (!scalar) return refuse_range(state, parameter, object);
  *value = PyArrayScalar_VAL(scalar, LongDouble);
  return check_exact(state, parameter, object, scalar);
}

static int long_complex_in(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                           union deedpy_scalar *scalar) {
  long double *value = scalar->longs;
  if (PyArray_IsScalar(object, CLongDouble)) {
    memcpy(value, &PyArrayScalar_VAL(object, CLongDouble), 2 * sizeof *value);
    return 0;
  }
  value[1] = 0;
  if (PyLong_Check(object) || PyArray_Check(object) || PyArray_IsScalar(object, LongDouble)) {
    return long_double_in(state, parameter, object, scalar);
  }
  Py_complex number = PyComplex_AsCComplex(object);
  if (number.real == -1 && PyErr_Occurred()) return refuse_kind(state, parameter, object);
  value[0] = (long double)number.real;
  value[1] = (long double)number.imag;
  return 0;
}

/* Python has no such number, so it comes back as NumPy's. */
static PyObject *long_double_out(enum deed_dtype dtype, const union deedpy_scalar *scalar) {
  int is_real = dtype == DEEDPY_LONGDOUBLE_REAL;
  PyArray_Descr *descr = PyArray_DescrFromType(is_real ? NPY_LONGDOUBLE : NPY_CLONGDOUBLE);
  PyObject *result = PyArray_Scalar((void *)(uintptr_t)scalar->longs, descr, NULL);
  Py_DECREF(descr);
  return result;
}
#endif

deedpy_scalar_in_fn deedpy_scalar_in_function(enum deed_dtype dtype) {
  if (is_logical(dtype)) return logical_in;
  if (is_unsigned(dtype) || deedpy_is_class(dtype, DEED_CLASS_INTEGER)) return integer_in;
  switch (dtype) {
    case DEED_REAL32: return real32_in;
    case DEED_REAL64: return real64_in;
#ifdef DEEDPY_LONGDOUBLE_REAL
    case DEEDPY_LONGDOUBLE_REAL: return long_double_in;
    case DEEDPY_LONGDOUBLE_COMPLEX: return long_complex_in;
#endif
    default: return complex_in;
  }
}

static int64_t load_integer(enum deed_dtype dtype, const union deedpy_scalar *scalar) {
  switch (deed_dtype_size_bytes(dtype)) {
    case 1: return is_unsigned(dtype) ? (int64_t)(uint8_t)scalar->i8 : scalar->i8;
    case 2: return is_unsigned(dtype) ? (int64_t)(uint16_t)scalar->i16 : scalar->i16;
    case 4: return is_unsigned(dtype) ? (int64_t)(uint32_t)scalar->i32 : scalar->i32;
    default: return scalar->i64;
  }
}

PyObject *deedpy_scalar_out(enum deed_dtype dtype, const union deedpy_scalar *scalar) {
  if (is_logical(dtype)) return PyBool_FromLong(load_integer(dtype, scalar) != 0);
  if (dtype == DEED_REAL32) return PyFloat_FromDouble((double)scalar->f32);
  if (dtype == DEED_REAL64) return PyFloat_FromDouble(scalar->f64);
  if (dtype == DEED_COMPLEX_REAL32) return PyComplex_FromDoubles((double)scalar->c32[0], (double)scalar->c32[1]);
  if (dtype == DEED_COMPLEX_REAL64) return PyComplex_FromDoubles(scalar->c64[0], scalar->c64[1]);
#ifdef DEEDPY_LONGDOUBLE_REAL
  if (dtype == DEEDPY_LONGDOUBLE_REAL || dtype == DEEDPY_LONGDOUBLE_COMPLEX) return long_double_out(dtype, scalar);
#endif
  if (dtype == DEED_UINT64) return PyLong_FromUnsignedLongLong((uint64_t)scalar->i64);
  return PyLong_FromLongLong(load_integer(dtype, scalar));
}
