/* SPDX-License-Identifier: BSD-3-Clause */
/* arguments.c - Python arguments as what the core understands. */
#include "base/arguments.h"

#include "base/errors.h"

const char *deedpy_text(PyObject *object) {
  Py_ssize_t size_bytes;
  const char *text = PyUnicode_AsUTF8AndSize(object, &size_bytes);
  if (!text || strlen(text) == (size_t)size_bytes) return text;
  PyErr_SetString(PyExc_ValueError, "embedded null character");
  return NULL;
}

int deedpy_only_argument(PyObject *const *arguments, Py_ssize_t count, PyObject *keywords, const char *name,
                         PyObject **value) {
  Py_ssize_t named = keywords ? PyTuple_GET_SIZE(keywords) : 0;
  if (count + named > 1) {
    PyErr_Format(PyExc_TypeError, "expected at most 1 argument, got %zd", count + named);
    return -1;
  }
  if (named == 1 && PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(keywords, 0), name) != 0) {
    PyErr_Format(PyExc_TypeError, "unexpected keyword argument %R, expected '%s'", PyTuple_GET_ITEM(keywords, 0), name);
    return -1;
  }
  if (count + named == 1) *value = arguments[0];
  return 0;
}

/* What whole should have been; replaces the exception that there is, but for one of Python code. */
static int refuse_integers(PyObject *whole, const char *what) {
  if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_TypeError)) return -1;
  PyErr_Format(PyExc_TypeError, "%s must be an int or a sequence of int, not %R", what, whole);
  return -1;
}

static int integer_of(const struct module_state *state, PyObject *object, PyObject *whole, const char *what,
                      int64_t *value) {
  int overflow;
  PyObject *index = PyNumber_Index(object);
  if (!index) return refuse_integers(whole, what);
  *value = PyLong_AsLongLongAndOverflow(index, &overflow);
  Py_DECREF(index);
  if (overflow != 0) deedpy_raise_status(state, DEED_EOVERFLOW, "%s: %R does not fit 64 bits", what, whole);
  return PyErr_Occurred() ? -1 : 0;
}

/* Arrays have __index__ too, but only those of rank 0 are an integer. */
static int is_one_integer(PyObject *object) {
  if (!PyIndex_Check(object) || PyLong_Check(object) || !PySequence_Check(object)) return PyIndex_Check(object);
  if (PyObject_Size(object) >= 0) return 0;
  PyErr_Clear();
  return 1;
}

static int integers_of_items(const struct module_state *state, PyObject *items, PyObject *whole, const char *what,
                             int64_t *values) {
  for (Py_ssize_t k = 0; k < PySequence_Fast_GET_SIZE(items); ++k) {
    if (integer_of(state, PySequence_Fast_GET_ITEM(items, k), whole, what, &values[k]) != 0) return -1;
  }
  return 0;
}

int32_t deedpy_integers(const struct module_state *state, PyObject *object, const char *what,
                        int64_t values[DEED_MAX_RANK]) {
  if (is_one_integer(object)) return integer_of(state, object, object, what, values) == 0 ? 1 : -1;
  PyObject *items = PySequence_Fast(object, "");
  if (!items) return refuse_integers(object, what);
  int32_t count = -1;
  if (PySequence_Fast_GET_SIZE(items) > DEED_MAX_RANK) {
    deedpy_raise_status(state, DEED_ERANK, "%s has %zd dimensions, deed has at most %d", what,
                        PySequence_Fast_GET_SIZE(items), DEED_MAX_RANK);
  } else if (integers_of_items(state, items, object, what, values) == 0) {
    count = (int32_t)PySequence_Fast_GET_SIZE(items);
  }
  Py_DECREF(items);
  return count;
}

int deedpy_per_dimension(const struct module_state *state, PyObject *object, const char *what, int32_t rank,
                         int64_t values[DEED_MAX_RANK]) {
  int32_t count = deedpy_integers(state, object, what, values);
  if (count < 0) return -1;
  if (is_one_integer(object)) {
    for (int32_t k = 1; k < rank; ++k) values[k] = values[0];
    return 0;
  }
  if (count == rank) return 0;
  deedpy_raise_status(state, DEED_ERANK, "%s has %d entries, the array has %d dimensions", what, (int)count, (int)rank);
  return -1;
}

int deedpy_rebound(const struct module_state *state, PyObject *lower, struct deed_layout *layout) {
  int64_t bounds[DEED_MAX_RANK];
  if (!lower || lower == Py_None) return 0;
  if (deedpy_per_dimension(state, lower, "lower", layout->rank, bounds) != 0) return -1;
  enum deed_status status = deed_layout_rebound(layout, bounds, layout);
  if (status == DEED_OK) return 0;
  deedpy_raise_status(state, status, "lower: %s", deed_status_text(status));
  return -1;
}

int deedpy_order(const char *text, enum deed_order *order) {
  if (strcmp(text, "F") == 0) {
    *order = DEED_ORDER_FORTRAN;
  } else if (strcmp(text, "C") == 0) {
    *order = DEED_ORDER_C;
  } else if (strcmp(text, "A") == 0 || strcmp(text, "K") == 0) {
    *order = DEED_ORDER_ANY;
  } else {
    PyErr_Format(PyExc_ValueError, "order must be 'F', 'C', 'A' or 'K', not '%s'", text);
    return -1;
  }
  return 0;
}

int deedpy_language(const char *text, enum deed_language *language) {
  if (PyOS_stricmp(text, "cxx") == 0) {
    *language = DEED_LANGUAGE_CXX;
    return 0;
  }
  for (int number = DEED_LANGUAGE_C; number <= DEED_LANGUAGE_OTHER; ++number) {
    *language = (enum deed_language)number;
    if (PyOS_stricmp(text, deed_language_name(*language)) == 0) return 0;
  }
  PyErr_Format(PyExc_ValueError, "'%s' is none of the languages C, C++, Fortran, Python, other", text);
  return -1;
}

int deedpy_copy_reason(const char *text, enum deed_copy_reason *reason) {
  for (int number = DEED_COPY_REQUESTED; number <= DEED_COPY_ALLOCATOR; ++number) {
    *reason = (enum deed_copy_reason)number;
    if (strcmp(text, deed_copy_reason_name(*reason)) == 0) return 0;
  }
  PyErr_Format(PyExc_ValueError, "'%s' is none of the reasons requested, order, dtype, allocator", text);
  return -1;
}

int deedpy_rights(PyObject *writable, uint32_t *rights) {
  *rights = 0;
  if (!writable || writable == Py_None) return 0;
  int is_writable = PyObject_IsTrue(writable);
  if (is_writable < 0) return -1;
  *rights = is_writable ? DEED_READ | DEED_WRITE : DEED_READ;
  return 0;
}
