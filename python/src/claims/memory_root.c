/* SPDX-License-Identifier: BSD-3-Clause */
/* memory_root.c - the object that the memory of an ndarray belongs to. */
#include "claims/memory_root.h"

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

/* The last ndarray of a chain of bases, which owns the memory or has it from the exporter. exporter [fills]: what comes
 * after it, or NULL. Both borrowed; NULL if there is none, or with an exception. */
static PyObject *last_ndarray(PyObject *object, PyObject **exporter) {
  PyObject *last = NULL;
  PyObject *next = ndarray_of(object);
  *exporter = NULL;
  while (next) {
    last = next;
    *exporter = PyArray_BASE((PyArrayObject *)last);
    next = *exporter ? ndarray_of(*exporter) : NULL;
  }
  return PyErr_Occurred() ? NULL : last;
}

/* The request that refuses least: any layout, no format. */
static int hold_buffer(struct deedpy_root *root, PyObject *exporter) {
  Py_buffer *buffer = calloc(1, sizeof *buffer);
  if (!buffer) {
    PyErr_NoMemory();
    return -1;
  }
  if (PyObject_GetBuffer(exporter, buffer, PyBUF_INDIRECT) != 0) {
    free(buffer);
    return -1;
  }
  root->buffer = buffer;
  return 0;
}

int deedpy_root_hold(struct deedpy_root *root, PyObject *object) {
  PyObject *exporter;
  PyObject *last = last_ndarray(object, &exporter);
  if (!last) return PyErr_Occurred() ? -1 : 0;
  root->no_resize = PyWeakref_NewRef(last, NULL);
  if (!root->no_resize) return -1;
  return exporter && PyObject_CheckBuffer(exporter) ? hold_buffer(root, exporter) : 0;
}

void deedpy_root_end(struct deedpy_root *root) {
  if (root->buffer) PyBuffer_Release(root->buffer);
  Py_XDECREF(root->no_resize);
}

void deedpy_root_free(struct deedpy_root *root) { free(root->buffer); }

int deedpy_root_traverse(const struct deedpy_root *root, visitproc visit, void *arg) {
  if (root->buffer) Py_VISIT(root->buffer->obj);
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
