/* SPDX-License-Identifier: BSD-3-Clause */
/* dtype_map.c - the types of deed and those of NumPy. */
#include "base/dtype_map.h"

#include "base/arguments.h"
#include "base/errors.h"

/* The first row of a dtype says what it is in NumPy; the first row of a NumPy kind and size says what it is in deed. */
static const struct row {
  enum deed_dtype dtype;
  char kind; /* numpy.dtype.kind */
  int number;
} rows[] = {
    {DEED_INT8, 'i', NPY_INT8},
    {DEED_INT16, 'i', NPY_INT16},
    {DEED_INT32, 'i', NPY_INT32},
    {DEED_INT64, 'i', NPY_INT64},
    {DEED_UINT8, 'u', NPY_UINT8},
    {DEED_UINT16, 'u', NPY_UINT16},
    {DEED_UINT32, 'u', NPY_UINT32},
    {DEED_UINT64, 'u', NPY_UINT64},
    {DEED_REAL16, 'f', NPY_FLOAT16},
    {DEED_REAL32, 'f', NPY_FLOAT32},
    {DEED_REAL64, 'f', NPY_FLOAT64},
    {DEED_COMPLEX_REAL32, 'c', NPY_COMPLEX64},
    {DEED_COMPLEX_REAL64, 'c', NPY_COMPLEX128},
#ifdef DEEDPY_LONGDOUBLE_REAL
    {DEEDPY_LONGDOUBLE_REAL, 'f', NPY_LONGDOUBLE},
    {DEEDPY_LONGDOUBLE_COMPLEX, 'c', NPY_CLONGDOUBLE},
#endif
    {DEED_LOGICAL8, 'b', NPY_BOOL},
    {DEED_LOGICAL16, 'i', NPY_INT16},
    {DEED_LOGICAL32, 'i', NPY_INT32},
    {DEED_LOGICAL64, 'i', NPY_INT64},
    {DEED_CHARACTER1, 'S', NPY_STRING},
    {DEED_CHARACTER4, 'U', NPY_UNICODE},
    {DEED_OPAQUE, 'V', NPY_VOID},
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

static PyArray_Descr *sized_descr(const struct module_state *state, int number, struct deedpy_element element) {
  if (element.size_bytes == 0) {
    deedpy_raise_status(state, DEED_EDTYPE, "NumPy has no type for %s of 0 bytes", deed_dtype_name(element.dtype));
    return NULL;
  }
  if (element.size_bytes > INT_MAX) {
    deedpy_raise_status(state, DEED_EDTYPE, "NumPy has no type for elements of %lld bytes",
                        (long long)element.size_bytes);
    return NULL;
  }
  PyArray_Descr *descr = PyArray_DescrNewFromType(number);
  if (descr) PyDataType_SET_ELSIZE(descr, (npy_intp)element.size_bytes);
  return descr;
}

PyArray_Descr *deedpy_descr(const struct module_state *state, struct deedpy_element element) {
  for (size_t k = 0; k < ROW_COUNT; ++k) {
    if (rows[k].dtype != element.dtype) continue;
    if (deed_dtype_size_bytes(element.dtype) == 0) return sized_descr(state, rows[k].number, element);
    return PyArray_DescrFromType(rows[k].number);
  }
  const char *way = element.dtype == DEED_BFLOAT16
                        ? "; numpy(ml_dtypes.bfloat16) gives it that of another package, numpy('uint16') its bits"
                        : "; component('uint8', 0) and the like show its bytes";
  deedpy_raise_status(state, DEED_EDTYPE, "NumPy has no type for %s%s", deed_dtype_name(element.dtype), way);
  return NULL;
}

/* What a NumPy type has that deed cannot hold; NULL if nothing. */
static const char *obstacle(PyArray_Descr *descr) {
  if (PyDataType_REFCHK(descr)) return "its elements are references to Python objects";
  if (!PyArray_ISNBO(descr->byteorder)) return "it has the byte order of another machine; convert it with astype()";
  if (PyTypeNum_ISDATETIME(descr->type_num)) return "it has a unit of time; use view('int64')";
  if (descr->type_num < NPY_NTYPES_LEGACY) return NULL;
  if (PyDataType_ELSIZE(descr) != 2)
    return "it is a type of another package; use view() as a type of NumPy of its size";
  return "it is a type of another package; use view('uint16'), and if it is bfloat16, component('bfloat16', 0) of the "
         "Array of that";
}

static int raise_descr(const struct module_state *state, PyArray_Descr *descr, const char *reason) {
  deedpy_raise_status(state, DEED_EDTYPE, "deed cannot hold NumPy type %R: %s", (PyObject *)descr, reason);
  return -1;
}

int deedpy_element_of_descr(const struct module_state *state, PyArray_Descr *descr, struct deedpy_element *element) {
  const char *reason = obstacle(descr);
  if (reason) return raise_descr(state, descr, reason);
  int64_t size_bytes = (int64_t)PyDataType_ELSIZE(descr);
  for (size_t k = 0; k < ROW_COUNT; ++k) {
    int64_t fixed_bytes = deed_dtype_size_bytes(rows[k].dtype);
    if (rows[k].kind != descr->kind || (fixed_bytes != 0 && fixed_bytes != size_bytes)) continue;
    *element = (struct deedpy_element){rows[k].dtype, size_bytes};
    return 0;
  }
  return raise_descr(state, descr, "no type of deed is like it");
}

int deedpy_check_sized(const struct module_state *state, struct deedpy_element element) {
  if (element.size_bytes > 0) return 0;
  deedpy_raise_status(state, DEED_EDTYPE, "elements of 0 bytes (%s) show nothing; a type with bytes is wanted",
                      deed_dtype_name(element.dtype));
  return -1;
}

int deedpy_element_of(const struct module_state *state, PyObject *name, struct deedpy_element *element,
                      struct deedpy_record **record) {
  if (record) *record = NULL;
  if (PyUnicode_Check(name)) {
    const char *text = deedpy_text(name);
    if (!text) return -1;
    enum deed_dtype dtype = deed_dtype_from_name(text);
    int64_t size_bytes = dtype ? deed_dtype_size_bytes(dtype) : 0;
    if (size_bytes > 0) {
      *element = (struct deedpy_element){dtype, size_bytes};
      return 0;
    }
  }
  PyArray_Descr *descr = NULL;
  if (!PyArray_DescrConverter(name, &descr)) return -1;
  int status = deedpy_element_of_descr(state, descr, element);
  if (status == 0 && record) status = deedpy_record_of(descr, record);
  Py_DECREF(descr);
  return status;
}
