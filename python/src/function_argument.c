/* SPDX-License-Identifier: BSD-3-Clause */
/* function_argument.c - how a Python object becomes an argument of a native function. */
#include "function_argument.h"

#include <stdarg.h>

#include "arguments.h"
#include "array_type.h"
#include "errors.h"
#include "import.h"
#include "site.h"

/* What an ndarray and a deed.Array have in common. */
struct shown {
  void *data;
  int64_t element_size_bytes;
  const char *kind; /* for messages */
  int32_t rank;
  int writable;
  int is_wanted_kind;
};

int deedpy_refuse(const struct module_state *state, const struct deedpy_parameter *parameter, enum deed_status status,
                  const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  PyObject *detail = PyUnicode_FromFormatV(format, arguments);
  va_end(arguments);
  if (!detail) return -1;
  deedpy_raise_status(state, status, "%s: argument '%U': %U", parameter->function, parameter->name, detail);
  Py_DECREF(detail);
  return -1;
}

int deedpy_is_given(const struct deedpy_parameter *parameter) {
  switch (parameter->passing) {
    case DEEDPY_EXTENT_VALUE:
    case DEEDPY_EXTENT_REFERENCE:
    case DEEDPY_ALLOCATABLE: return 0;
    case DEEDPY_BY_REFERENCE: return parameter->intent & DEEDPY_IN;
    default: return 1;
  }
}

static int show_ndarray(const struct module_state *state, const struct deedpy_parameter *parameter,
                        PyArrayObject *ndarray, struct deedpy_passed *passed, struct shown *shown) {
  PyArray_Descr *descr = PyArray_DESCR(ndarray);
  shown->rank = PyArray_NDIM(ndarray);
  if (shown->rank > DEED_MAX_RANK) {
    return deedpy_refuse(state, parameter, DEED_ERANK, "%d dimensions came, deed has at most %d", (int)shown->rank,
                         DEED_MAX_RANK);
  }
  shown->data = PyArray_DATA(ndarray);
  shown->element_size_bytes = (int64_t)PyDataType_ELSIZE(descr);
  shown->is_wanted_kind = descr->kind == parameter->kind &&
                          shown->element_size_bytes == parameter->element.size_bytes && PyArray_ISNBO(descr->byteorder);
  shown->writable = PyArray_ISWRITEABLE(ndarray);
  for (int32_t k = 0; k < shown->rank; ++k) {
    passed->descriptor.dimension[k] = (struct deedpy_dimension){1, PyArray_DIM(ndarray, k), PyArray_STRIDE(ndarray, k)};
  }
  return 0;
}

/* A share is held for the call, so that a release in another thread does not free the memory. */
static int show_array(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      struct deedpy_passed *passed, struct shown *shown) {
  struct deed_descriptor descriptor;
  struct deed_error error;
  struct deed_site site = deedpy_site(state);
  struct deed_array array = deedpy_array(object)->array;
  if (deed_share(array, 0, &site, &passed->claim, &error) != DEED_OK) {
    return deedpy_refuse(state, parameter, error.status, "%s", error.message);
  }
  enum deed_status status = deed_describe(passed->claim, &descriptor, sizeof descriptor);
  if (status != DEED_OK) return deedpy_refuse(state, parameter, status, "%s", deed_status_text(status));
  const struct deed_layout *layout = &descriptor.layout;
  *shown = (struct shown){.data = descriptor.data,
                          .element_size_bytes = layout->element_size_bytes,
                          .kind = deed_dtype_name((enum deed_dtype)layout->dtype),
                          .rank = layout->rank,
                          .writable = (descriptor.rights & DEED_WRITE) != 0};
  shown->is_wanted_kind = (enum deed_dtype)layout->dtype == parameter->element.dtype &&
                          layout->element_size_bytes == parameter->element.size_bytes;
  for (int32_t k = 0; k < shown->rank; ++k) {
    passed->descriptor.dimension[k] =
        (struct deedpy_dimension){layout->lower[k], layout->shape[k], layout->stride_bytes[k]};
  }
  return 0;
}

static int refuse_kind(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                       const struct shown *shown) {
  const char *wanted = deed_dtype_name(parameter->element.dtype);
  long long size_bytes = (long long)parameter->element.size_bytes;
  if (shown->kind) {
    return deedpy_refuse(state, parameter, DEED_EDTYPE, "%s of %lld bytes came, %s of %lld bytes is wanted",
                         shown->kind, (long long)shown->element_size_bytes, wanted, size_bytes);
  }
  return deedpy_refuse(state, parameter, DEED_EDTYPE, "%S of NumPy came, %s of %lld bytes is wanted",
                       (PyObject *)PyArray_DESCR((PyArrayObject *)object), wanted, size_bytes);
}

static int64_t alignment_of(struct deedpy_element element) {
  if (element.dtype == DEED_CHARACTER1) return 1;
  int is_complex = element.dtype == DEED_COMPLEX_REAL32 || element.dtype == DEED_COMPLEX_REAL64;
  return is_complex ? element.size_bytes / 2 : element.size_bytes;
}

/* Strides that no element is reached by become those of a gapless array: NumPy leaves anything in them. */
static int is_empty_or_tidy(const struct shown *shown, struct deedpy_dimension *dimension) {
  int64_t gapless_bytes = shown->element_size_bytes;
  int empty = 0;
  for (int32_t k = 0; k < shown->rank; ++k) empty |= dimension[k].extent == 0;
  for (int32_t k = 0; k < shown->rank; ++k) {
    if (empty || dimension[k].extent == 1) dimension[k].stride_bytes = gapless_bytes;
    if (!empty) gapless_bytes = dimension[k].stride_bytes * dimension[k].extent;
  }
  return empty;
}

static int is_gapless(const struct shown *shown, const struct deedpy_dimension *dimension, char order) {
  int64_t expected_bytes = shown->element_size_bytes;
  for (int32_t n = 0; n < shown->rank; ++n) {
    int32_t k = order == 'F' ? n : shown->rank - 1 - n;
    if (dimension[k].extent != 1 && dimension[k].stride_bytes != expected_bytes) return 0;
    expected_bytes *= dimension[k].extent;
  }
  return 1;
}

static int check_strides(const struct module_state *state, const struct deedpy_parameter *parameter,
                         const struct shown *shown, struct deedpy_dimension *dimension) {
  int64_t alignment = alignment_of(parameter->element);
  int empty = is_empty_or_tidy(shown, dimension);
  if (empty) return 0;
  int bad = (int64_t)((uintptr_t)shown->data % (uintptr_t)alignment) != 0;
  int odd = 0;
  for (int32_t k = 0; k < shown->rank; ++k) {
    bad |= dimension[k].stride_bytes % alignment != 0;
    odd |= dimension[k].stride_bytes % shown->element_size_bytes != 0;
  }
  if (bad) return deedpy_refuse(state, parameter, DEED_EORDER, "the elements are not aligned");
  int in_fortran = is_gapless(shown, dimension, 'F');
  int in_c = is_gapless(shown, dimension, 'C');
  int is_wanted = parameter->order == 'F' ? in_fortran : parameter->order == 'C' ? in_c : 1;
  if (parameter->passing == DEEDPY_ARRAY_POINTER && parameter->order == 'A') is_wanted = in_fortran || in_c;
  if (!is_wanted) {
    const char *wanted = parameter->order == 'F' ? "Fortran" : parameter->order == 'C' ? "C" : "Fortran or C";
    return deedpy_refuse(state, parameter, DEED_EORDER,
                         "strides with gaps or in another order came, gapless %s order "
                         "is wanted",
                         wanted);
  }
  if (odd && parameter->compiler == DEEDPY_GFORTRAN) {
    return deedpy_refuse(state, parameter, DEED_EORDER,
                         "a stride is no multiple of the element, which gfortran cannot address");
  }
  return 0;
}

static int check(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                 const struct shown *shown, struct deedpy_passed *passed) {
  if (!shown->is_wanted_kind) return refuse_kind(state, parameter, object, shown);
  if (parameter->rank >= 0 && shown->rank != parameter->rank) {
    return deedpy_refuse(state, parameter, DEED_ERANK, "%d dimensions came, %d are wanted", (int)shown->rank,
                         (int)parameter->rank);
  }
  if ((parameter->intent & DEEDPY_OUT) && !shown->writable) {
    return deedpy_refuse(state, parameter, DEED_ERIGHTS, "a read-only array came, a writable one is wanted");
  }
  return check_strides(state, parameter, shown, passed->descriptor.dimension);
}

static void describe(const struct deedpy_parameter *parameter, struct deedpy_passed *passed, void *data) {
  int is_pointer = parameter->passing == DEEDPY_POINTER_DUMMY;
  struct deedpy_cfi *descriptor = &passed->descriptor;
  descriptor->data = data;
  deedpy_cfi_tag(descriptor, parameter->compiler, parameter->element.dtype, parameter->element.size_bytes, passed->rank,
                 is_pointer ? DEEDPY_ATTRIBUTE_POINTER : DEEDPY_ATTRIBUTE_OTHER);
  if (!is_pointer) {
    for (int32_t k = 0; k < passed->rank; ++k) descriptor->dimension[k].lower = 0;
  }
  passed->pointer = descriptor;
}

static int pass_array(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      struct deedpy_passed *passed) {
  struct shown shown = {0};
  int status;
  if (PyArray_Check(object)) {
    status = show_ndarray(state, parameter, (PyArrayObject *)object, passed, &shown);
  } else if (deedpy_is_array(state, object)) {
    status = show_array(state, parameter, object, passed, &shown);
  } else {
    return deedpy_refuse(state, parameter, DEED_EDTYPE, "%.100s came, a numpy.ndarray or deed.Array is wanted",
                         Py_TYPE(object)->tp_name);
  }
  if (status != 0 || check(state, parameter, object, &shown, passed) != 0) return -1;
  passed->rank = shown.rank;
  if (parameter->passing == DEEDPY_ARRAY_POINTER) {
    passed->pointer = shown.data;
  } else {
    describe(parameter, passed, shown.data);
  }
  return 0;
}

static int pass_handle(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                       struct deedpy_passed *passed) {
  if (!deedpy_is_array(state, object) && !PyArray_Check(object)) return pass_array(state, parameter, object, passed);
  passed->object = deedpy_claim_for_call(state, object);
  if (!passed->object) return -1;
  struct shown shown = {0};
  if (show_array(state, parameter, passed->object, passed, &shown) != 0) return -1;
  passed->rank = shown.rank;
  passed->scalar.i64 = (int64_t)deedpy_array(passed->object)->array.bits;
  return check(state, parameter, object, &shown, passed);
}

static int pass_text(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                     struct deedpy_passed *passed) {
  const char *text = NULL;
  if (PyUnicode_Check(object)) {
    text = deedpy_text(object);
  } else if (PyBytes_Check(object)) {
    char *bytes = NULL;
    if (PyBytes_AsStringAndSize(object, &bytes, NULL) == 0) text = bytes;
  } else {
    return deedpy_refuse(state, parameter, DEED_EDTYPE, "%.100s came, str or bytes is wanted",
                         Py_TYPE(object)->tp_name);
  }
  if (!text) {
    PyErr_Clear();
    return deedpy_refuse(state, parameter, DEED_EINVAL, "%R came, text that UTF-8 holds and without a NUL is wanted",
                         object);
  }
  memcpy(&passed->pointer, &text, sizeof text);
  return 0;
}

int deedpy_pass(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                struct deedpy_passed *passed) {
  if (object == Py_None && parameter->optional) return 0;
  passed->present = 1;
  switch (parameter->passing) {
    case DEEDPY_BY_VALUE: return deedpy_scalar_in(state, parameter, object, &passed->scalar);
    case DEEDPY_BY_REFERENCE:
      passed->pointer = &passed->scalar;
      return deedpy_scalar_in(state, parameter, object, &passed->scalar);
    case DEEDPY_HANDLE: return pass_handle(state, parameter, object, passed);
    case DEEDPY_TEXT: return pass_text(state, parameter, object, passed);
    default: return pass_array(state, parameter, object, passed);
  }
}

/* The claim ends; what it cannot say here, the report of the ledger says. */
void deedpy_passed_end(struct deedpy_passed *passed) {
  if (passed->claim.bits != 0) (void)!deed_release(passed->claim, NULL);
  Py_XDECREF(passed->object);
}
