/* SPDX-License-Identifier: BSD-3-Clause */
/* function_object.h - an object of deed.Function: a native procedure with declared arguments. */
#ifndef DEEDPY_FUNCTION_OBJECT_H
#define DEEDPY_FUNCTION_OBJECT_H

#include "native_call/function_entry.h"
#include "native_call/function_parameter.h"

/* What the callee returns. The numbers are those of deed/function.py. */
enum deedpy_returned {
  DEEDPY_RETURNS_NOTHING = 0,
  DEEDPY_RETURNS_SCALAR = 1,
  DEEDPY_RETURNS_STATUS = 2,
  DEEDPY_RETURNS_HANDLE = 3
};

struct function_object {
  PyObject ob_base;
  vectorcallfunc vectorcall;
  struct module_state *state; /* of the module, which the type holds */
  PyObject *name;             /* str */
  const char *text;           /* of name */
  PyObject *library;          /* keeps it loaded as far as Python is concerned */
  PyObject *declared;         /* deed.declared.Declared, for what is said of it */
  PyObject *attributes;       /* dict: the docstring, the signature, and what the user adds */
  void *deallocate;           /* of the library's Fortran runtime, or NULL */
  enum deedpy_compiler compiler;
  enum deedpy_returned returned;
  enum deed_dtype result_dtype;
  int release_gil;
  int count;
  int given_count;                                          /* arguments that the caller gives */
  int returned_count;                                       /* arguments that come back */
  int takes_allocatables;                                   /* of intent(inout) */
  int returns_pointers;                                     /* of intent(out) */
  struct deedpy_parameter parameters[DEEDPY_MAX_ARGUMENTS]; /* extents last, after their arrays */
  struct deedpy_entry entry;
};

#endif
