/* SPDX-License-Identifier: BSD-3-Clause */
/* function_scalar.c - scalars of native functions. */
#include <math.h>

#include "errors.h"
#include "function_argument.h"

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
    default: return NULL;
  }
}

static int refuse_kind(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object) {
  PyErr_Clear();
  return deedpy_refuse(state, parameter, DEED_EDTYPE, "%.100s came, a scalar %s is wanted", Py_TYPE(object)->tp_name,
                       deed_dtype_name(parameter->element.dtype));
}

static int refuse_range(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object) {
  PyErr_Clear();
  return deedpy_refuse(state, parameter, DEED_EBOUNDS, "%R came, which %s cannot hold", object,
                       deed_dtype_name(parameter->element.dtype));
}

static int is_unsigned(enum deed_dtype dtype) { return dtype >= DEED_UINT8 && dtype <= DEED_UINT64; }

static int is_logical(enum deed_dtype dtype) { return dtype >= DEED_LOGICAL8 && dtype <= DEED_LOGICAL64; }

void deedpy_store_integer(union deedpy_scalar *scalar, int64_t size_bytes, int64_t value) {
  scalar->i64 = value;
  switch (size_bytes) {
    case 1: scalar->i8 = (int8_t)value; break;
    case 2: scalar->i16 = (int16_t)value; break;
    case 4: scalar->i32 = (int32_t)value; break;
    default: break;
  }
}

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

/* An int must be exactly a real: nothing is rounded silently. */
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
  PyObject *back = PyLong_FromDouble(parameter->element.size_bytes == 4 ? (double)(float)*value : *value);
  int same = back ? PyObject_RichCompareBool(back, object, Py_EQ) : -1;
  Py_XDECREF(back);
  return same == 1 ? 0 : refuse_range(state, parameter, object);
}

static int overflows(double value) { return isfinite(value) && !isfinite((float)value); }

static int real_in(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                   union deedpy_scalar *scalar) {
  double value = 0;
  if (real_of(state, parameter, object, &value) != 0) return -1;
  if (parameter->element.dtype == DEED_REAL64) {
    scalar->f64 = value;
    return 0;
  }
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

int deedpy_scalar_in(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                     union deedpy_scalar *scalar) {
  enum deed_dtype dtype = parameter->element.dtype;
  if (is_logical(dtype)) return logical_in(state, parameter, object, scalar);
  if (dtype <= DEED_UINT64) return integer_in(state, parameter, object, scalar);
  if (dtype <= DEED_REAL64) return real_in(state, parameter, object, scalar);
  return complex_in(state, parameter, object, scalar);
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
  if (dtype == DEED_UINT64) return PyLong_FromUnsignedLongLong((uint64_t)scalar->i64);
  return PyLong_FromLongLong(load_integer(dtype, scalar));
}
