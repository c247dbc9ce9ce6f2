/* SPDX-License-Identifier: BSD-3-Clause */
/* function_parameter.h - one declared argument of a native function, and what is passed for it in one call. */
#ifndef DEEDPY_FUNCTION_PARAMETER_H
#define DEEDPY_FUNCTION_PARAMETER_H

#include <ffi.h>

#include "base/dtype_map.h"
#include "native_call/function_descriptor.h"

#define DEEDPY_MAX_ARGUMENTS 32

/* How an argument is passed. The numbers are those of deed/function.py. */
enum deedpy_passing {
  DEEDPY_BY_VALUE = 0,
  DEEDPY_BY_REFERENCE = 1,
  DEEDPY_ARRAY_POINTER = 2,    /* the address of a gapless array */
  DEEDPY_ARRAY_DESCRIPTOR = 3, /* assumed-shape, assumed-rank */
  DEEDPY_POINTER_DUMMY = 4,
  DEEDPY_ALLOCATABLE = 5,
  DEEDPY_HANDLE = 6,
  DEEDPY_EXTENT_VALUE = 7,
  DEEDPY_EXTENT_REFERENCE = 8,
  DEEDPY_TEXT = 9,      /* const char * with a NUL at its end */
  DEEDPY_CHARACTER = 10 /* a scalar character(len=*) */
};

enum { DEEDPY_IN = 1, DEEDPY_OUT = 2 };

struct array_object;
struct deedpy_call;
struct deedpy_parameter;
struct deedpy_passed;
union deedpy_scalar;

/* Make what is passed from what is given; object is not looked at when nothing is given. 0, or -1 with the exception
 * that names the argument. */
typedef int (*deedpy_pass_fn)(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                              struct deedpy_passed *passed);

/* A scalar from a Python object. Nothing is rounded but a Python float to real32. 0, or -1 with DtypeError or
 * BoundsError. */
typedef int (*deedpy_scalar_in_fn)(const struct module_state *state, const struct deedpy_parameter *parameter,
                                   PyObject *object, union deedpy_scalar *scalar);

struct deedpy_parameter {
  deedpy_pass_fn pass;
  deedpy_scalar_in_fn scalar_in; /* of a scalar */
  int is_given;                  /* by the caller; else it comes back only, or is an extent */
  int is_returned;               /* to the caller */
  int optional;
  int is_late_scalar; /* given, after an array */
  int intent;

  int source; /* of an extent: which of the parameters is its array, and which dimension */
  int dimension;

  /* Of an array, what it must be; by deedpy_declare_array() from order on. */
  PyObject *descr;               /* a reference: the numpy.dtype that most ndarrays of that element share */
  struct deedpy_element element; /* of size 0: characters of any length */
  struct deedpy_record *record;  /* a reference: the fields that records must have; NULL: any */
  int32_t rank;                  /* -1: any */
  char kind;                     /* numpy.dtype.kind of the element */
  char order;                    /* 'F', 'C' or 'A' */
  int needs;                     /* the flags of NumPy that an array must have */
  int orders;                    /* and those of which it must have one */
  int needs_whole_strides;       /* they must be multiples of the element */
  int extent_count;              /* leading dimensions whose extents are asked for */
  struct deedpy_cfi_head head;   /* of the descriptor, with rank 0 */
  int64_t lower;                 /* 1: a deed.Array keeps its lower bounds, an ndarray has 1; 0: there are none */

  PyObject *name;       /* a reference */
  const char *function; /* borrowed from the function */
  enum deedpy_passing passing;
  enum deedpy_compiler compiler;
};

union deedpy_scalar {
  int8_t i8;
  int16_t i16;
  int32_t i32;
  int64_t i64;
  float f32;
  double f64;
  float c32[2];
  double c64[2];
  long double longs[2]; /* a long double or a complex one */
  void *pointer;
  ffi_arg widened; /* what libffi makes of a result */
};

/* One argument on its way to the callee. */
struct deedpy_passed {
  union deedpy_scalar value;  /* what the callee gets: a scalar or an address */
  union deedpy_scalar scalar; /* what the address of a scalar leads to */
  int present;

  /* Of an array. */
  int32_t rank;                  /* if it is present */
  npy_intp shape[DEED_MAX_RANK]; /* as far as extents are asked for; 0 if it is absent */
  struct deedpy_cfi descriptor;

  /* By deedpy_hold(). */
  struct deed_array claim;
  PyObject *object;
  struct deedpy_passed *held_before;
};

/* A call, on the stack. Only what is used is initialised. */
struct deedpy_call {
  struct module_state *state;
  struct deedpy_passed *held; /* the last argument that holds something until the end of the call; NULL: none does */
  struct array_object *result_array;
  union deedpy_scalar result;
  struct deedpy_passed passed[DEEDPY_MAX_ARGUMENTS];
};

/* Until the end of the call an argument holds a claim (bits 0: none) and a reference (NULL: none). Takes both; not
 * twice for one argument. */
static inline void deedpy_hold(struct deedpy_call *call, struct deedpy_passed *passed, struct deed_array claim,
                               PyObject *object) {
  passed->claim = claim;
  passed->object = object;
  passed->held_before = call->held;
  call->held = passed;
}

/* Store an integer or logical: as a whole in its size, for libffi and references, and extended for registers. */
static inline void deedpy_store_integer(union deedpy_scalar *scalar, int64_t size_bytes, int64_t value) {
  scalar->i64 = value;
  switch (size_bytes) {
    case 1: scalar->i8 = (int8_t)value; break;
    case 2: scalar->i16 = (int16_t)value; break;
    case 4: scalar->i32 = (int32_t)value; break;
    default: break;
  }
}

#endif
