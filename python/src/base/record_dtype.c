/* SPDX-License-Identifier: BSD-3-Clause */
/* record_dtype.c - the NumPy type of records that came into deed with an array, and travels with it. */
#include "base/record_dtype.h"

#include "base/record_format.h"

struct deedpy_record {
  Py_ssize_t users;
  PyArray_Descr *descr;
  char *format;        /* PyMem; NULL: there is none, or nobody has asked */
  int is_format_known; /* somebody has asked */
};

static int is_plain(PyArray_Descr *descr) { return descr->type_num == NPY_VOID && !PyDataType_HASFIELDS(descr); }

/* What an opaque element goes out as, buffer_format.h. */
static int is_opaque(PyArray_Descr *descr) {
  PyObject *name = PyTuple_GET_ITEM(PyDataType_NAMES(descr), 0);
  PyArray_Descr *field = (PyArray_Descr *)PyTuple_GET_ITEM(PyDict_GetItem(PyDataType_FIELDS(descr), name), 0);
  return PyUnicode_CompareWithASCIIString(name, DEEDPY_OPAQUE_FIELD) == 0 && is_plain(field) &&
         PyDataType_ELSIZE(field) == PyDataType_ELSIZE(descr);
}

/* NumPy copies nothing of a type with an empty list of fields: it is taken for its bytes. */
static int has_fields(PyArray_Descr *descr) {
  if (!PyDataType_HASFIELDS(descr)) return 0;
  Py_ssize_t count = PyTuple_GET_SIZE(PyDataType_NAMES(descr));
  return count > 1 || (count == 1 && !is_opaque(descr));
}

int deedpy_record_of(PyArray_Descr *descr, struct deedpy_record **record) {
  *record = NULL;
  if (!has_fields(descr)) return 0;
  *record = PyMem_Calloc(1, sizeof **record);
  if (!*record) {
    PyErr_NoMemory();
    return -1;
  }
  (*record)->users = 1;
  (*record)->descr = (PyArray_Descr *)Py_NewRef((PyObject *)descr);
  return 0;
}

int deedpy_record_of_format(const char *format, int64_t size_bytes, struct deedpy_record **record) {
  PyArray_Descr *descr;
  *record = NULL;
  if (deedpy_read_format(format, (Py_ssize_t)size_bytes, &descr) != 0) return -1;
  int status = descr && !PyDataType_REFCHK(descr) ? deedpy_record_of(descr, record) : 0;
  Py_XDECREF((PyObject *)descr);
  return status;
}

struct deedpy_record *deedpy_record_hold(struct deedpy_record *record) {
  if (record) record->users += 1;
  return record;
}

void deedpy_record_drop(struct deedpy_record *record) {
  if (!record || --record->users > 0) return;
  Py_DECREF((PyObject *)record->descr);
  PyMem_Free(record->format);
  PyMem_Free(record);
}

PyArray_Descr *deedpy_record_descr(const struct deedpy_record *record) { return record->descr; }

int deedpy_record_format(struct deedpy_record *record, const char **format) {
  if (!record->is_format_known && deedpy_write_format(record->descr, &record->format) != 0) return -1;
  record->is_format_known = 1;
  *format = record->format;
  return 0;
}

int deedpy_record_fits_descr(const struct deedpy_record *wanted, PyArray_Descr *given) {
  return !wanted || !has_fields(given) || PyArray_EquivTypes(wanted->descr, given);
}

int deedpy_record_fits(const struct deedpy_record *wanted, const struct deedpy_record *given) {
  return !given || deedpy_record_fits_descr(wanted, given->descr);
}
