/* SPDX-License-Identifier: BSD-3-Clause */
/* memory_root.c - the object that the memory of an ndarray belongs to. */
#include "memory_root.h"

#include <stdlib.h>

PyObject *deedpy_exporter(PyObject *object) {
  return PyMemoryView_Check(object) ? PyObject_GetAttrString(object, "obj") : Py_NewRef(object);
}

/* The ndarray that this is, or that this memoryview shows: of anything else a memoryview holds a buffer itself.
 * Borrowed; NULL if there is none, or with an exception: what a memoryview names that was released may be gone. */
static PyObject *ndarray_of(PyObject *object) {
  if (!PyMemoryView_Check(object)) return PyArray_Check(object) ? object : NULL;
  PyObject *exporter = deedpy_exporter(object);
  if (!exporter) return NULL;
  Py_DECREF(exporter); /* the view has a reference, too */
  return PyArray_Check(exporter) ? exporter : NULL;
}

/* Borrowed; NULL if there is none, or with an exception. */
static PyObject *root_of(PyObject *object) {
  PyObject *root = NULL;
  PyObject *ndarray = ndarray_of(object);
  while (ndarray) {
    root = PyArray_BASE((PyArrayObject *)ndarray);
    ndarray = root ? ndarray_of(root) : NULL;
  }
  return PyErr_Occurred() ? NULL : root;
}

/* The request that refuses least: any layout, no format. */
int deedpy_root_hold(struct deedpy_keep *keep, PyObject *object) {
  PyObject *root = root_of(object);
  if (PyErr_Occurred()) return -1;
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
