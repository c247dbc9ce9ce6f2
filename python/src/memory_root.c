/* SPDX-License-Identifier: BSD-3-Clause */
/* memory_root.c - the object that the memory of an ndarray belongs to. */
#include "memory_root.h"

#include <stdlib.h>

/* The ndarray that a memoryview shows; NULL if it shows something else, of which it holds a buffer itself. */
static PyObject *ndarray_of_view(PyObject *view) {
  PyObject *exporter = PyMemoryView_GET_BASE(view);
  return exporter && PyArray_Check(exporter) ? exporter : NULL;
}

/* Borrowed; NULL if there is none. */
static PyObject *root_of(PyObject *object) {
  PyObject *ndarray = PyMemoryView_Check(object) ? ndarray_of_view(object) : object;
  if (!ndarray || !PyArray_Check(ndarray)) return NULL;
  PyObject *base = PyArray_BASE((PyArrayObject *)ndarray);
  while (base) {
    PyObject *next = PyMemoryView_Check(base) ? ndarray_of_view(base) : base;
    if (!next || !PyArray_Check(next)) return base;
    base = PyArray_BASE((PyArrayObject *)next);
  }
  return NULL;
}

/* The request that refuses least: any layout, no format. */
int deedpy_root_hold(struct deedpy_keep *keep, PyObject *object) {
  PyObject *root = root_of(object);
  if (!root || !PyObject_CheckBuffer(root)) return 0;
  Py_buffer *buffer = calloc(1, sizeof *buffer);
  if (!buffer) {
    PyErr_NoMemory();
    return -1;
  }
  if (PyObject_GetBuffer(root, buffer, PyBUF_INDIRECT) != 0) {
    free(buffer);
    return -1;
  }
  keep->root = buffer;
  return 0;
}

int deedpy_root_visit(PyObject *ndarray, visitproc visit, void *arg) {
  int is_seen = PyArray_Type.tp_traverse != NULL; /* a later NumPy may visit the base itself */
  PyObject *object = ndarray;
  Py_VISIT(object);
  while (object && PyArray_Check(object) && Py_REFCNT(object) == 1 && !is_seen) {
    object = PyArray_BASE((PyArrayObject *)object);
    Py_VISIT(object);
  }
  return 0;
}
