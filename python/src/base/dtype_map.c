/* SPDX-License-Identifier: BSD-3-Clause */
/* dtype_map.c - the types of deed, and what each is elsewhere. */
#include "base/dtype_map.h"

#include "base/arguments.h"
#include "base/errors.h"

/* gfortran: what a type is in the low byte, its kind above. */
#define GFORTRAN_INTEGER(kind) (1 | ((kind) << 8))
#define GFORTRAN_LOGICAL(kind) (2 | ((kind) << 8))
#define GFORTRAN_REAL(kind) (3 | ((kind) << 8))
#define GFORTRAN_COMPLEX(kind) (4 | ((kind) << 8))
#define GFORTRAN_CHARACTER(kind) (5 | ((kind) << 8))

#define SIGNED_64 (sizeof(long) == 8 ? "l" : "q")
#define UNSIGNED_64 (sizeof(long) == 8 ? "L" : "Q")

#define NOT_IN_NUMPY NPY_NOTYPE, '\0', NULL
#define LONG_DOUBLE NPY_LONGDOUBLE, 'f', "g"
#define LONG_COMPLEX NPY_CLONGDOUBLE, 'c', "Zg"
#if LDBL_MANT_DIG == 64
#define NUMPY_REAL80 LONG_DOUBLE
#define NUMPY_COMPLEX_REAL80 LONG_COMPLEX
#else
#define NUMPY_REAL80 NOT_IN_NUMPY
#define NUMPY_COMPLEX_REAL80 NOT_IN_NUMPY
#endif
#if LDBL_MANT_DIG == 113
#define NUMPY_REAL128 LONG_DOUBLE
#define NUMPY_COMPLEX_REAL128 LONG_COMPLEX
#else
#define NUMPY_REAL128 NOT_IN_NUMPY
#define NUMPY_COMPLEX_REAL128 NOT_IN_NUMPY
#endif

/* The fields of struct deedpy_dtype_row but for the class. Fortran has no unsigned integers: their bits are integers
 * there. Arrow packs its logicals into bits and has no complex numbers. Reals of 80 bits have no agreed form in DLPack,
 * logicals of more than a byte no code. */
/* clang-format off */
#define ROW_DEED_INT8            NPY_INT8, 'i', "b",           "c",  DEEDPY_DL_INT,     GFORTRAN_INTEGER(1),   7
#define ROW_DEED_INT16           NPY_INT16, 'i', "h",          "s",  DEEDPY_DL_INT,     GFORTRAN_INTEGER(2),   8
#define ROW_DEED_INT32           NPY_INT32, 'i', "i",          "i",  DEEDPY_DL_INT,     GFORTRAN_INTEGER(4),   9
#define ROW_DEED_INT64           NPY_INT64, 'i', SIGNED_64,    "l",  DEEDPY_DL_INT,     GFORTRAN_INTEGER(8),   10
#define ROW_DEED_UINT8           NPY_UINT8, 'u', "B",          "C",  DEEDPY_DL_UINT,    0,                     0
#define ROW_DEED_UINT16          NPY_UINT16, 'u', "H",         "S",  DEEDPY_DL_UINT,    0,                     0
#define ROW_DEED_UINT32          NPY_UINT32, 'u', "I",         "I",  DEEDPY_DL_UINT,    0,                     0
#define ROW_DEED_UINT64          NPY_UINT64, 'u', UNSIGNED_64, "L",  DEEDPY_DL_UINT,    0,                     0
#define ROW_DEED_REAL16          NPY_FLOAT16, 'f', "e",        "e",  DEEDPY_DL_FLOAT,   0,                     0
#define ROW_DEED_BFLOAT16        NOT_IN_NUMPY,                 NULL, DEEDPY_DL_BFLOAT,  0,                     0
#define ROW_DEED_REAL32          NPY_FLOAT32, 'f', "f",        "f",  DEEDPY_DL_FLOAT,   GFORTRAN_REAL(4),      27
#define ROW_DEED_REAL64          NPY_FLOAT64, 'f', "d",        "g",  DEEDPY_DL_FLOAT,   GFORTRAN_REAL(8),      28
#define ROW_DEED_REAL80          NUMPY_REAL80,                 NULL, DEEDPY_DL_NONE,    GFORTRAN_REAL(10),     29
#define ROW_DEED_REAL128         NUMPY_REAL128,                NULL, DEEDPY_DL_NONE,    GFORTRAN_REAL(16),     31
#define ROW_DEED_COMPLEX_REAL32  NPY_COMPLEX64, 'c', "Zf",     NULL, DEEDPY_DL_COMPLEX, GFORTRAN_COMPLEX(4),   34
#define ROW_DEED_COMPLEX_REAL64  NPY_COMPLEX128, 'c', "Zd",    NULL, DEEDPY_DL_COMPLEX, GFORTRAN_COMPLEX(8),   35
#define ROW_DEED_COMPLEX_REAL80  NUMPY_COMPLEX_REAL80,         NULL, DEEDPY_DL_NONE,    GFORTRAN_COMPLEX(10),  36
#define ROW_DEED_COMPLEX_REAL128 NUMPY_COMPLEX_REAL128,        NULL, DEEDPY_DL_NONE,    GFORTRAN_COMPLEX(16),  38
#define ROW_DEED_LOGICAL8        NPY_BOOL, 'b', "?",           NULL, DEEDPY_DL_BOOL,    GFORTRAN_LOGICAL(1),   39
#define ROW_DEED_LOGICAL16       NPY_INT16, 'i', "h",          NULL, DEEDPY_DL_NONE,    GFORTRAN_LOGICAL(2),   13
#define ROW_DEED_LOGICAL32       NPY_INT32, 'i', "i",          NULL, DEEDPY_DL_NONE,    GFORTRAN_LOGICAL(4),   14
#define ROW_DEED_LOGICAL64       NPY_INT64, 'i', SIGNED_64,    NULL, DEEDPY_DL_NONE,    GFORTRAN_LOGICAL(8),   15
#define ROW_DEED_CHARACTER1      NPY_STRING, 'S', NULL,        NULL, DEEDPY_DL_NONE,    GFORTRAN_CHARACTER(1), 40
#define ROW_DEED_CHARACTER4      NPY_UNICODE, 'U', NULL,       NULL, DEEDPY_DL_NONE,    0,                     0
#define ROW_DEED_OPAQUE          NPY_VOID, 'V', NULL,          NULL, DEEDPY_DL_NONE,    0,                     0
/* clang-format on */

/* A dtype without a row does not compile. */
#define ROW(name, number, size_bytes, label, class_) [number] = {class_, ROW_##name},
const struct deedpy_dtype_row deedpy_dtypes[DEED_DTYPE_END] = {DEED_DTYPE_MAP(ROW)};

enum deed_dtype deedpy_dtype_of_kind(char kind, int64_t size_bytes) {
  for (int number = 1; number < DEED_DTYPE_END; ++number) {
    int64_t fixed_bytes = deed_dtype_size_bytes((enum deed_dtype)number);
    int fits = fixed_bytes == 0 || fixed_bytes == size_bytes;
    if (kind && fits && deedpy_dtypes[number].kind == kind) return (enum deed_dtype)number;
  }
  return (enum deed_dtype)0;
}

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
  int number = deedpy_dtypes[element.dtype].numpy;
  if (number != NPY_NOTYPE && deed_dtype_size_bytes(element.dtype) == 0) return sized_descr(state, number, element);
  if (number != NPY_NOTYPE) return PyArray_DescrFromType(number);
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
  enum deed_dtype dtype = deedpy_dtype_of_kind(descr->kind, size_bytes);
  if (!dtype) return raise_descr(state, descr, "no type of deed is like it");
  *element = (struct deedpy_element){dtype, size_bytes};
  return 0;
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
