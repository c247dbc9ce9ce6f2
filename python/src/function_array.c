/* SPDX-License-Identifier: BSD-3-Clause */
/* function_array.c - an array on its way to a native function: what comes is compared with what is declared. */
#include "function_array.h"

#include "array_type.h"
#include "errors.h"
#include "import.h"
#include "ndarray_out.h"
#include "site.h"

/* What an ndarray and a deed.Array have in common. */
struct shown {
  void *data;
  int64_t element_size_bytes;
  const char *kind; /* for messages; NULL: that of the ndarray */
  int32_t rank;
  int flags; /* NPY_ARRAY_F_CONTIGUOUS, C_CONTIGUOUS, ALIGNED and WRITEABLE, as of an ndarray */
  int is_wanted_kind;
};

#define ANY_ORDER (~0)

static int is_described(const struct deedpy_parameter *parameter) {
  return parameter->passing == DEEDPY_ARRAY_DESCRIPTOR || parameter->passing == DEEDPY_POINTER_DUMMY;
}

static int64_t alignment_of(struct deedpy_element element) {
  if (element.dtype == DEED_CHARACTER1) return 1;
  int is_complex = element.dtype >= DEED_COMPLEX_REAL32 && element.dtype <= DEED_COMPLEX_REAL128;
  return is_complex ? element.size_bytes / 2 : element.size_bytes;
}

static int orders_of(const struct deedpy_parameter *parameter) {
  if (parameter->order == 'F') return NPY_ARRAY_F_CONTIGUOUS;
  if (parameter->order == 'C') return NPY_ARRAY_C_CONTIGUOUS;
  return parameter->passing == DEEDPY_ARRAY_POINTER ? NPY_ARRAY_F_CONTIGUOUS | NPY_ARRAY_C_CONTIGUOUS : ANY_ORDER;
}

void deedpy_declare_array(struct deedpy_parameter *parameter) {
  int is_pointer = parameter->passing == DEEDPY_POINTER_DUMMY;
  parameter->needs = NPY_ARRAY_ALIGNED | (parameter->intent & DEEDPY_OUT ? NPY_ARRAY_WRITEABLE : 0);
  parameter->orders = orders_of(parameter);
  if (!is_described(parameter)) return;
  parameter->head = deedpy_cfi_head(parameter->compiler, parameter->element.dtype, parameter->element.size_bytes, 0,
                                    is_pointer ? DEEDPY_ATTRIBUTE_POINTER : DEEDPY_ATTRIBUTE_OTHER);
  parameter->lower = is_pointer;
  parameter->needs_whole_strides =
      parameter->compiler == DEEDPY_GFORTRAN && alignment_of(parameter->element) != parameter->element.size_bytes;
}

static int is_of_size(const struct deedpy_parameter *parameter, int64_t element_size_bytes) {
  return parameter->element.size_bytes == 0 || element_size_bytes == parameter->element.size_bytes;
}

static int is_of_kind(const struct deedpy_parameter *parameter, PyArray_Descr *descr, int64_t element_size_bytes) {
  return descr->kind == parameter->kind && is_of_size(parameter, element_size_bytes) && PyArray_ISNBO(descr->byteorder);
}

static struct shown show_ndarray(const struct deedpy_parameter *parameter, PyArrayObject *ndarray) {
  PyArray_Descr *descr = PyArray_DESCR(ndarray);
  struct shown shown = {.data = PyArray_DATA(ndarray),
                        .element_size_bytes = parameter->element.size_bytes,
                        .rank = PyArray_NDIM(ndarray),
                        .flags = PyArray_FLAGS(ndarray),
                        .is_wanted_kind = 1};
  if ((PyObject *)descr == parameter->descr) return shown;
  shown.element_size_bytes = (int64_t)PyDataType_ELSIZE(descr);
  shown.is_wanted_kind = is_of_kind(parameter, descr, shown.element_size_bytes);
  return shown;
}

static int flags_of(const struct deedpy_parameter *parameter, const struct deed_descriptor *descriptor) {
  const struct deed_layout *layout = &descriptor->layout;
  uint64_t alignment = (uint64_t)alignment_of(parameter->element);
  uint64_t bits = (uint64_t)(uintptr_t)descriptor->data;
  int flags = descriptor->rights & DEED_WRITE ? NPY_ARRAY_WRITEABLE : 0;
  for (int32_t k = 0; k < layout->rank; ++k) bits |= layout->shape[k] > 1 ? (uint64_t)layout->stride_bytes[k] : 0;
  if (bits % alignment == 0 || deed_layout_element_count(layout) == 0) flags |= NPY_ARRAY_ALIGNED;
  if (parameter->orders == ANY_ORDER) return flags;
  if (deed_layout_is_contiguous(layout, DEED_ORDER_FORTRAN)) flags |= NPY_ARRAY_F_CONTIGUOUS;
  if (deed_layout_is_contiguous(layout, DEED_ORDER_C)) flags |= NPY_ARRAY_C_CONTIGUOUS;
  return flags;
}

/* A share is held for the call, so that a release in another thread does not free the memory. */
static int show_array(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      struct deedpy_passed *passed, struct shown *shown) {
  struct deed_descriptor descriptor;
  struct deed_error error;
  struct deed_site site = deedpy_site(state);
  struct deed_array array = deedpy_array(object)->array;
  if (deed_share(array, 0, &site, &passed->claim, &error) != DEED_OK) {
    return deedpy_refuse_error(state, parameter, &error);
  }
  enum deed_status status = deed_describe(passed->claim, &descriptor, sizeof descriptor);
  if (status != DEED_OK) return deedpy_refuse(state, parameter, status, "%s", deed_status_text(status));
  const struct deed_layout *layout = &descriptor.layout;
  *shown = (struct shown){.data = descriptor.data,
                          .element_size_bytes = layout->element_size_bytes,
                          .kind = deed_dtype_name((enum deed_dtype)layout->dtype),
                          .rank = layout->rank};
  shown->is_wanted_kind =
      (enum deed_dtype)layout->dtype == parameter->element.dtype && is_of_size(parameter, layout->element_size_bytes);
  if (shown->is_wanted_kind) shown->flags = flags_of(parameter, &descriptor);
  for (int32_t k = 0; k < shown->rank; ++k) {
    int64_t lower = parameter->lower ? layout->lower[k] : 0;
    passed->descriptor.dimension[k] = (struct deedpy_dimension){lower, layout->shape[k], layout->stride_bytes[k]};
  }
  return 0;
}

static int refuse_kind(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                       struct shown shown) {
  const char *name = deed_dtype_name(parameter->element.dtype);
  long long size_bytes = (long long)parameter->element.size_bytes;
  PyObject *wanted = size_bytes ? PyUnicode_FromFormat("%s of %lld bytes", name, size_bytes)
                                : PyUnicode_FromFormat("%s of any length", name);
  if (!wanted) return -1;
  if (shown.kind) {
    deedpy_refuse(state, parameter, DEED_EDTYPE, "%s of %lld bytes came, %U is wanted", shown.kind,
                  (long long)shown.element_size_bytes, wanted);
  } else {
    deedpy_refuse(state, parameter, DEED_EDTYPE, "%S of NumPy came, %U is wanted",
                  (PyObject *)PyArray_DESCR((PyArrayObject *)object), wanted);
  }
  Py_DECREF(wanted);
  return -1;
}

/* Of what is not as declared, the first thing. */
DEEDPY_COLD static int refuse_shown(const struct module_state *state, const struct deedpy_parameter *parameter,
                                    PyObject *object, struct shown shown) {
  int missing = parameter->needs & ~shown.flags;
  if (!shown.is_wanted_kind) return refuse_kind(state, parameter, object, shown);
  if (shown.rank > DEED_MAX_RANK) {
    return deedpy_refuse(state, parameter, DEED_ERANK, "%d dimensions came, deed has at most %d", (int)shown.rank,
                         DEED_MAX_RANK);
  }
  if (parameter->rank >= 0 && shown.rank != parameter->rank) {
    return deedpy_refuse(state, parameter, DEED_ERANK, "%d dimensions came, %d are wanted", (int)shown.rank,
                         (int)parameter->rank);
  }
  if (missing & NPY_ARRAY_WRITEABLE) {
    return deedpy_refuse(state, parameter, DEED_ERIGHTS, "a read-only array came, a writable one is wanted");
  }
  if (missing) return deedpy_refuse(state, parameter, DEED_EORDER, "the elements are not aligned");
  const char *wanted = parameter->order == 'F' ? "Fortran" : parameter->order == 'C' ? "C" : "Fortran or C";
  return deedpy_refuse(state, parameter, DEED_EORDER,
                       "strides with gaps or in another order came, gapless %s order is wanted", wanted);
}

static int is_as_declared(const struct deedpy_parameter *parameter, struct shown shown) {
  return shown.is_wanted_kind &&
         (shown.rank == parameter->rank || (parameter->rank < 0 && shown.rank <= DEED_MAX_RANK)) &&
         (shown.flags & parameter->needs) == parameter->needs && (shown.flags & parameter->orders) != 0;
}

/* Strides that no element is reached by become those of a gapless array: NumPy leaves anything in them. */
static void tidy(int64_t element_size_bytes, int32_t rank, struct deedpy_dimension *dimension) {
  int64_t gapless_bytes = element_size_bytes;
  int is_empty = 0;
  for (int32_t k = 0; k < rank; ++k) {
    if (dimension[k].extent == 1) dimension[k].stride_bytes = gapless_bytes;
    is_empty |= dimension[k].extent == 0;
    gapless_bytes = dimension[k].stride_bytes * dimension[k].extent;
  }
  for (int32_t k = 0; is_empty && k < rank; ++k) dimension[k].stride_bytes = element_size_bytes;
}

static int has_whole_strides(int64_t element_size_bytes, int32_t rank, const struct deedpy_dimension *dimension) {
  for (int32_t k = 0; k < rank; ++k) {
    if (dimension[k].stride_bytes % element_size_bytes != 0) return 0;
  }
  return 1;
}

static int describe(const struct module_state *state, const struct deedpy_parameter *parameter, struct shown shown,
                    struct deedpy_passed *passed) {
  struct deedpy_cfi *descriptor = &passed->descriptor;
  int64_t size_bytes = shown.element_size_bytes;
  descriptor->data = shown.data;
  descriptor->head = parameter->head;
  descriptor->head.element_size_bytes = (size_t)size_bytes;
  descriptor->head.tag[0] = (unsigned char)shown.rank;
  passed->value.pointer = descriptor;
  tidy(size_bytes, shown.rank, descriptor->dimension);
  if (!parameter->needs_whole_strides || has_whole_strides(size_bytes, shown.rank, descriptor->dimension)) return 0;
  return deedpy_refuse(state, parameter, DEED_EORDER,
                       "a stride is no multiple of the element, which gfortran cannot address");
}

/* The callee may share the handle and keep it. An ndarray that shows all of a claim is passed by that claim; any other
 * is adopted. */
static int pass_handle(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                       struct deedpy_passed *passed) {
  if (PyArray_Check(object)) {
    struct deed_array held = deedpy_held_claim((PyArrayObject *)object, parameter->element.dtype);
    passed->value.i64 = (int64_t)held.bits;
    if (held.bits != 0) return 0;
  }
  passed->object = deedpy_claim_for_call(state, object);
  if (!passed->object) return -1;
  passed->value.i64 = (int64_t)deedpy_array(passed->object)->array.bits;
  return 0;
}

static int pass_shown(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      struct shown shown, struct deedpy_passed *passed) {
  passed->rank = shown.rank;
  if (is_described(parameter)) return describe(state, parameter, shown, passed);
  if (parameter->passing == DEEDPY_HANDLE) return pass_handle(state, parameter, object, passed);
  passed->value.pointer = shown.data;
  return 0;
}

static int pass_other(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      struct deedpy_passed *passed) {
  struct shown shown;
  if (!deedpy_is_array(state, object)) {
    return deedpy_refuse(state, parameter, DEED_EDTYPE, "%.100s came, a numpy.ndarray or deed.Array is wanted",
                         Py_TYPE(object)->tp_name);
  }
  if (show_array(state, parameter, object, passed, &shown) != 0) return -1;
  if (!is_as_declared(parameter, shown)) return refuse_shown(state, parameter, object, shown);
  return pass_shown(state, parameter, object, shown, passed);
}

/* What is passed most often, an ndarray, goes without a detour. */
int deedpy_pass_array(struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                      struct deedpy_passed *passed) {
  if (!PyArray_Check(object)) return pass_other(state, parameter, object, passed);
  PyArrayObject *ndarray = (PyArrayObject *)object;
  const npy_intp *shape = PyArray_DIMS(ndarray);
  const npy_intp *strides = PyArray_STRIDES(ndarray);
  struct shown shown = show_ndarray(parameter, ndarray);
  if (!is_as_declared(parameter, shown)) return refuse_shown(state, parameter, object, shown);
  for (int32_t k = 0; k < shown.rank; ++k) {
    passed->descriptor.dimension[k] = (struct deedpy_dimension){parameter->lower, shape[k], strides[k]};
  }
  return pass_shown(state, parameter, object, shown, passed);
}
