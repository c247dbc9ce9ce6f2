/* SPDX-License-Identifier: BSD-3-Clause */
/* record_format.c - the formats that the buffer protocol has for records, as NumPy writes and reads them. NumPy shows
 * how it reads a format only by what it makes of a buffer, so it is given one without elements. */
#include "base/record_format.h"

#include <stdio.h>

/* What buffers and ndarrays that nobody reads point to. */
static _Alignas(64) char no_bytes[64];

struct exporter {
  PyObject ob_base;
  const char *format; /* borrowed */
  Py_ssize_t size_bytes;
  Py_ssize_t extent; /* 0 */
};

static int get_buffer(PyObject *self, Py_buffer *view, int flags) {
  struct exporter *exporter = (struct exporter *)self;
  (void)flags;
  *view = (Py_buffer){.buf = no_bytes,
                      .obj = Py_NewRef(self),
                      .itemsize = exporter->size_bytes,
                      .readonly = 1,
                      .ndim = 1,
                      .format = (char *)(uintptr_t)exporter->format, /* nobody writes to it */
                      .shape = &exporter->extent,
                      .strides = &exporter->size_bytes};
  return 0;
}

static void dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  type->tp_free(self);
  Py_DECREF(type);
}

static PyType_Slot slots[] = {{Py_bf_getbuffer, get_buffer}, {Py_tp_dealloc, dealloc}, {0, NULL}};

static PyType_Spec spec = {.name = "deed._format",
                           .basicsize = sizeof(struct exporter),
                           .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                           .slots = slots};

/* The type is rarely wanted, so it is made for the one object. New reference. */
static PyObject *exporter_of(const char *format, Py_ssize_t size_bytes) {
  PyTypeObject *type = (PyTypeObject *)PyType_FromSpec(&spec);
  struct exporter *exporter = type ? (struct exporter *)type->tp_alloc(type, 0) : NULL;
  Py_XDECREF((PyObject *)type);
  if (exporter) exporter->format = format;
  if (exporter) exporter->size_bytes = size_bytes;
  return (PyObject *)exporter;
}

/* What NumPy cannot write or read is no error here; that memory is short is, or that the user stops it. 0, or -1. */
static int forgive(void) {
  if (!PyErr_Occurred()) return 0;
  if (PyErr_ExceptionMatches(PyExc_MemoryError) || !PyErr_ExceptionMatches(PyExc_Exception)) return -1;
  PyErr_Clear();
  return 0;
}

int deedpy_read_format(const char *format, Py_ssize_t size_bytes, PyArray_Descr **descr) {
  PyObject *exporter = exporter_of(format, size_bytes);
  PyObject *ndarray = exporter ? PyArray_FROM_O(exporter) : NULL;
  *descr = NULL;
  if (ndarray && PyArray_ITEMSIZE((PyArrayObject *)ndarray) == size_bytes) {
    *descr = (PyArray_Descr *)Py_NewRef((PyObject *)PyArray_DESCR((PyArrayObject *)ndarray));
  }
  Py_XDECREF(ndarray);
  Py_XDECREF(exporter);
  return forgive();
}

/* The bytes behind the last field. -1 with an exception. */
static Py_ssize_t tail_bytes(PyArray_Descr *descr) {
  PyObject *name, *field;
  Py_ssize_t position = 0;
  Py_ssize_t end = 0;
  while (PyDict_Next(PyDataType_FIELDS(descr), &position, &name, &field)) {
    Py_ssize_t offset = PyLong_AsSsize_t(PyTuple_GET_ITEM(field, 1));
    if (offset == -1 && PyErr_Occurred()) return -1;
    offset += PyDataType_ELSIZE((PyArray_Descr *)PyTuple_GET_ITEM(field, 0));
    if (offset > end) end = offset;
  }
  return PyDataType_ELSIZE(descr) - end;
}

#define TAIL_TEXT_BYTES 24 /* a count of 19 digits, "x}" and NUL */

/* NumPy's own format, "T{...}", with a tail of so many bytes. To be freed with PyMem_Free; NULL with an exception.
 * Where NumPy says padding depends on the alignment of all elements, so there must be two. */
static char *format_of_numpy(PyArray_Descr *descr, Py_ssize_t tail) {
  npy_intp extent = 2;
  Py_buffer view;
  Py_INCREF((PyObject *)descr);
  PyObject *ndarray = PyArray_NewFromDescr(&PyArray_Type, descr, 1, &extent, NULL, no_bytes, 0, NULL);
  int status = ndarray ? PyObject_GetBuffer(ndarray, &view, PyBUF_FULL_RO) : -1;
  Py_XDECREF(ndarray);
  if (status != 0) return NULL;
  size_t length = strlen(view.format);
  char *text = PyMem_Malloc(length + TAIL_TEXT_BYTES);
  if (text) memcpy(text, view.format, length + 1);
  if (text && tail > 0) (void)snprintf(text + length - 1, TAIL_TEXT_BYTES, "%zdx}", tail);
  PyBuffer_Release(&view);
  return text ? text : (char *)PyErr_NoMemory();
}

/* Whether the fields are the same and at the same place. NumPy has no titles in formats, and assigns by position. */
static int has_same_fields(PyArray_Descr *descr, PyArray_Descr *other) {
  PyObject *names = PyDataType_NAMES(descr);
  if (!PyDataType_HASFIELDS(other) || PyObject_RichCompareBool(names, PyDataType_NAMES(other), Py_EQ) != 1) return 0;
  for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(names); ++k) {
    PyObject *one = PyDict_GetItem(PyDataType_FIELDS(descr), PyTuple_GET_ITEM(names, k));
    PyObject *two = PyDict_GetItem(PyDataType_FIELDS(other), PyTuple_GET_ITEM(names, k));
    if (!PyArray_EquivTypes((PyArray_Descr *)PyTuple_GET_ITEM(one, 0), (PyArray_Descr *)PyTuple_GET_ITEM(two, 0)) ||
        PyObject_RichCompareBool(PyTuple_GET_ITEM(one, 1), PyTuple_GET_ITEM(two, 1), Py_EQ) != 1) {
      return 0;
    }
  }
  return 1;
}

/* format [fills]: NumPy's with that tail, if it is read as that type; else NULL. 0, or -1 with an exception. */
static int try_format(PyArray_Descr *descr, Py_ssize_t tail, char **format) {
  PyArray_Descr *read = NULL;
  *format = format_of_numpy(descr, tail);
  int status = *format ? deedpy_read_format(*format, PyDataType_ELSIZE(descr), &read) : forgive();
  if (read && has_same_fields(descr, read)) {
    Py_DECREF((PyObject *)read);
    return 0;
  }
  Py_XDECREF((PyObject *)read);
  PyMem_Free(*format);
  *format = NULL;
  return status;
}

/* NumPy's own format has no bytes behind the last field but those that the alignment asks for. */
int deedpy_write_format(PyArray_Descr *descr, char **format) {
  if (try_format(descr, 0, format) != 0) return -1;
  if (*format) return 0;
  Py_ssize_t tail = tail_bytes(descr);
  if (tail < 0) return -1;
  return tail > 0 ? try_format(descr, tail, format) : 0;
}
