/* SPDX-License-Identifier: BSD-3-Clause */
/* function_array.c - an array on its way to a native function: what comes is compared with what is declared. */
#include "native_call/function_array.h"

#include "base/compiler.h"
#include "claims/array_object.h"
#include "claims/site.h"
#include "native_call/function_refuse.h"
#include "protocols/mask.h"
#include "protocols/ndarray_out.h"
#include "verbs/adopt.h"

/* What an ndarray and a deed.Array have in common. */
struct given {
  void *data;
  const npy_intp *shape;
  const npy_intp *stride_bytes;
  const struct deed_dimension *dim; /* of a deed.Array, for its lower bounds; NULL: it has none of its own */
  int64_t element_size_bytes;
  const char *kind;                   /* for messages; NULL: that of the ndarray */
  const struct deedpy_record *record; /* and the fields of a deed.Array; NULL: none are known */
  int32_t rank;
  int flags; /* NPY_ARRAY_F_CONTIGUOUS, C_CONTIGUOUS, ALIGNED and WRITEABLE, as of an ndarray */
  int is_wanted_kind;
};

/* Pass what is as declared. 0, or -1 with an exception. */
typedef int (*put_fn)(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                      struct given given, struct deedpy_passed *passed);

#define ANY_ORDER (~0)

static int is_described(const struct deedpy_parameter *parameter) {
  return parameter->passing == DEEDPY_ARRAY_DESCRIPTOR || parameter->passing == DEEDPY_POINTER_DUMMY;
}

/* Where an element must begin. Of records without known fields nothing can be said. */
static int64_t alignment_of(const struct deedpy_parameter *parameter) {
  struct deedpy_element element = parameter->element;
  if (parameter->record) return (int64_t)PyDataType_ALIGNMENT(deedpy_record_descr(parameter->record));
  if (element.dtype == DEED_CHARACTER1 || element.dtype == DEED_OPAQUE) return 1;
  if (element.dtype == DEED_CHARACTER4) return 4;
  return deedpy_is_class(element.dtype, DEED_CLASS_COMPLEX) ? element.size_bytes / 2 : element.size_bytes;
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
      parameter->compiler == DEEDPY_GFORTRAN && alignment_of(parameter) != parameter->element.size_bytes;
}

static int is_of_size(const struct deedpy_parameter *parameter, int64_t element_size_bytes) {
  return parameter->element.size_bytes == 0 || element_size_bytes == parameter->element.size_bytes;
}

static int is_of_kind(const struct deedpy_parameter *parameter, PyArray_Descr *descr, int64_t element_size_bytes) {
  return descr->kind == parameter->kind && is_of_size(parameter, element_size_bytes) &&
         PyArray_ISNBO(descr->byteorder) && deedpy_record_fits_descr(parameter->record, descr);
}

/* Of the type that most ndarrays of the declared element share. */
static struct given given_common(const struct deedpy_parameter *parameter, PyArrayObject *ndarray) {
  return (struct given){.data = PyArray_DATA(ndarray),
                        .shape = PyArray_DIMS(ndarray),
                        .stride_bytes = PyArray_STRIDES(ndarray),
                        .element_size_bytes = parameter->element.size_bytes,
                        .rank = PyArray_NDIM(ndarray),
                        .flags = PyArray_FLAGS(ndarray),
                        .is_wanted_kind = 1};
}

static struct given given_ndarray(const struct deedpy_parameter *parameter, PyArrayObject *ndarray) {
  PyArray_Descr *descr = PyArray_DESCR(ndarray);
  struct given given = given_common(parameter, ndarray);
  if ((PyObject *)descr == parameter->descr) return given;
  given.element_size_bytes = (int64_t)PyDataType_ELSIZE(descr);
  given.is_wanted_kind = is_of_kind(parameter, descr, given.element_size_bytes);
  return given;
}

static int flags_of(const struct deedpy_parameter *parameter, const struct deed_descriptor *descriptor) {
  const struct deed_layout *layout = &descriptor->layout;
  uint64_t alignment = (uint64_t)alignment_of(parameter);
  uint64_t bits = (uint64_t)(uintptr_t)descriptor->data;
  int flags = descriptor->rights & DEED_WRITE ? NPY_ARRAY_WRITEABLE : 0;
  for (int32_t k = 0; k < layout->rank; ++k)
    bits |= layout->dim[k].extent > 1 ? (uint64_t)layout->dim[k].stride_bytes : 0;
  if (bits % alignment == 0 || deed_layout_element_count(layout) == 0) flags |= NPY_ARRAY_ALIGNED;
  if (parameter->orders == ANY_ORDER) return flags;
  if (deed_layout_is_contiguous(layout, DEED_ORDER_FORTRAN)) flags |= NPY_ARRAY_F_CONTIGUOUS;
  if (deed_layout_is_contiguous(layout, DEED_ORDER_C)) flags |= NPY_ARRAY_C_CONTIGUOUS;
  return flags;
}

/* What a deed.Array shows, which NumPy has in its own types. */
struct claimed {
  struct deed_descriptor descriptor;
  npy_intp shape[DEED_MAX_RANK];
  npy_intp stride_bytes[DEED_MAX_RANK];
};

/* A share is held for the call, so that a release in another thread does not free the memory. */
static int claim_array(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                       struct deedpy_passed *passed, struct claimed *claimed) {
  struct deed_error error;
  struct deed_array claim;
  struct deed_site site = deedpy_begin_verb(call->state);
  if (deed_share(deedpy_array(object)->array, 0, &site, &claim, &error) != DEED_OK) {
    return deedpy_refuse_error(call->state, parameter, &error);
  }
  deedpy_hold(call, passed, claim, NULL);
  enum deed_status status = parameter->passing == DEEDPY_HANDLE
                                ? deed_describe(claim, &claimed->descriptor, sizeof claimed->descriptor)
                                : deedpy_try_describe(claim, &claimed->descriptor);
  if (status != DEED_OK) return deedpy_refuse(call->state, parameter, status, "%s", deed_status_text(status));
  const struct deed_layout *layout = &claimed->descriptor.layout;
  for (int32_t k = 0; k < layout->rank; ++k) {
    claimed->shape[k] = (npy_intp)layout->dim[k].extent;
    claimed->stride_bytes[k] = (npy_intp)layout->dim[k].stride_bytes;
  }
  return 0;
}

static struct given given_array(const struct deedpy_parameter *parameter, const struct deedpy_record *record,
                                const struct claimed *claimed) {
  const struct deed_layout *layout = &claimed->descriptor.layout;
  struct given given = {.data = claimed->descriptor.data,
                        .shape = claimed->shape,
                        .stride_bytes = claimed->stride_bytes,
                        .dim = layout->dim,
                        .element_size_bytes = layout->element_size_bytes,
                        .kind = deed_dtype_name((enum deed_dtype)layout->dtype),
                        .record = record,
                        .rank = layout->rank};
  given.is_wanted_kind = (enum deed_dtype)layout->dtype == parameter->element.dtype &&
                         is_of_size(parameter, layout->element_size_bytes) &&
                         deedpy_record_fits(parameter->record, record);
  if (given.is_wanted_kind) given.flags = flags_of(parameter, &claimed->descriptor);
  return given;
}

static PyObject *text_of(const char *name, int64_t size_bytes, const struct deedpy_record *record) {
  if (record) return PyUnicode_FromFormat("records of %S", (PyObject *)deedpy_record_descr(record));
  if (size_bytes == 0) return PyUnicode_FromFormat("%s of any length", name);
  return PyUnicode_FromFormat("%s of %lld bytes", name, (long long)size_bytes);
}

static PyObject *text_of_given(PyObject *object, struct given given) {
  if (given.kind) return text_of(given.kind, given.element_size_bytes, given.record);
  return PyUnicode_FromFormat("%S of NumPy", (PyObject *)PyArray_DESCR((PyArrayObject *)object));
}

static int refuse_kind(const struct module_state *state, const struct deedpy_parameter *parameter, PyObject *object,
                       struct given given) {
  const struct deedpy_element *element = &parameter->element;
  PyObject *wanted = text_of(deed_dtype_name(element->dtype), element->size_bytes, parameter->record);
  PyObject *came = wanted ? text_of_given(object, given) : NULL;
  if (came) deedpy_refuse(state, parameter, DEED_EDTYPE, "%U came, %U is wanted", came, wanted);
  Py_XDECREF(came);
  Py_XDECREF(wanted);
  return -1;
}

/* Raise for the first mismatch with what is declared. */
DEEDPY_COLD static int refuse_given(const struct module_state *state, const struct deedpy_parameter *parameter,
                                    PyObject *object, struct given given) {
  int missing = parameter->needs & ~given.flags;
  if (!given.is_wanted_kind) return refuse_kind(state, parameter, object, given);
  if (given.rank > DEED_MAX_RANK) {
    return deedpy_refuse(state, parameter, DEED_ERANK, "%d dimensions came, deed has at most %d", (int)given.rank,
                         DEED_MAX_RANK);
  }
  if (parameter->rank >= 0 && given.rank != parameter->rank) {
    return deedpy_refuse(state, parameter, DEED_ERANK, "%d dimensions came, %d are wanted", (int)given.rank,
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

static int is_as_declared(const struct deedpy_parameter *parameter, struct given given) {
  return given.is_wanted_kind &&
         (given.rank == parameter->rank || (parameter->rank < 0 && given.rank <= DEED_MAX_RANK)) &&
         (given.flags & parameter->needs) == parameter->needs && (given.flags & parameter->orders) != 0;
}

static int put_pointer(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                       struct given given, struct deedpy_passed *passed) {
  (void)call;
  (void)parameter;
  (void)object;
  passed->value.pointer = given.data;
  return 0;
}

/* Strides that no element is reached by become those of a gapless array: NumPy leaves anything in them. */
static void fill_dimensions(const struct deedpy_parameter *parameter, struct given given,
                            struct deed_dimension *dimension) {
  int64_t gapless_bytes = given.element_size_bytes;
  int is_empty = 0;
  for (int32_t k = 0; k < given.rank; ++k) {
    int64_t lower = given.dim && parameter->lower ? given.dim[k].lower : parameter->lower;
    int64_t extent = given.shape[k];
    int64_t stride_bytes = extent == 1 ? gapless_bytes : given.stride_bytes[k];
    dimension[k] = (struct deed_dimension){lower, extent, stride_bytes};
    is_empty |= extent == 0;
    gapless_bytes = stride_bytes * extent;
  }
  for (int32_t k = 0; is_empty && k < given.rank; ++k) dimension[k].stride_bytes = given.element_size_bytes;
}

static int has_whole_strides(int64_t element_size_bytes, int32_t rank, const struct deed_dimension *dimension) {
  for (int32_t k = 0; k < rank; ++k) {
    if (dimension[k].stride_bytes % element_size_bytes != 0) return 0;
  }
  return 1;
}

static int put_described(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                         struct given given, struct deedpy_passed *passed) {
  struct deedpy_cfi *descriptor = &passed->descriptor;
  (void)object;
  descriptor->data = given.data;
  descriptor->head = parameter->head;
  descriptor->head.element_size_bytes = (size_t)given.element_size_bytes;
  descriptor->head.tag[0] = (unsigned char)given.rank;
  passed->value.pointer = descriptor;
  fill_dimensions(parameter, given, descriptor->dimension);
  if (!parameter->needs_whole_strides ||
      has_whole_strides(given.element_size_bytes, given.rank, descriptor->dimension)) {
    return 0;
  }
  return deedpy_refuse(call->state, parameter, DEED_EORDER,
                       "a stride is no multiple of the element, which gfortran cannot address");
}

/* Of an ndarray that shows all of a claim. The object is borrowed: who lent the number. */
static int put_lent_handle(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *lender,
                           struct deedpy_passed *passed) {
  struct deed_error error;
  struct deed_array lent;
  if (deedpy_lend_number(call->state, lender, &lent, &error) != DEED_OK) {
    return deedpy_refuse_error(call->state, parameter, &error);
  }
  passed->object = lender;
  passed->value.i64 = (int64_t)lent.bits;
  return 0;
}

/* The callee may share the handle and keep it, or end it. An ndarray that shows all of a claim lends the number of
 * another like it; any other ndarray is adopted for the call. */
static int put_handle(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                      struct given given, struct deedpy_passed *passed) {
  int is_ndarray = PyArray_Check(object);
  (void)given;
  PyObject *lender = is_ndarray ? deedpy_lender_of((PyArrayObject *)object, parameter->element.dtype) : NULL;
  if (lender) return put_lent_handle(call, parameter, lender, passed);
  PyObject *array = deedpy_claim_for_call(call->state, object);
  if (!array) return -1;
  if (is_ndarray) {
    deedpy_hold(call, passed, (struct deed_array){0}, array);
  } else {
    passed->object = array; /* beside the claim that claim_array() holds */
  }
  passed->value.i64 = (int64_t)deedpy_array(array)->array.bits;
  return 0;
}

static void copy_shape(int extent_count, int32_t rank, const npy_intp *from, npy_intp *to) {
  for (int32_t k = 0; k < extent_count && k < rank; ++k) to[k] = from[k];
}

/* Compare with what is declared, and pass. */
static int put_given(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                     struct given given, struct deedpy_passed *passed, put_fn put) {
  if (!is_as_declared(parameter, given)) return refuse_given(call->state, parameter, object, given);
  passed->rank = given.rank;
  if (parameter->extent_count > 0) copy_shape(parameter->extent_count, given.rank, given.shape, passed->shape);
  return put(call, parameter, object, given, passed);
}

DEEDPY_NOINLINE static int pass_other(struct deedpy_call *call, const struct deedpy_parameter *parameter,
                                      PyObject *object, struct deedpy_passed *passed, put_fn put) {
  struct claimed claimed;
  int is_masked = deedpy_is_masked(object);
  if (is_masked < 0) return -1;
  if (is_masked)
    return deedpy_refuse(call->state, parameter, DEED_EUNSUPPORTED, DEEDPY_MASK_LOST, Py_TYPE(object)->tp_name);
  if (PyArray_Check(object)) {
    return put_given(call, parameter, object, given_ndarray(parameter, (PyArrayObject *)object), passed, put);
  }
  if (!deedpy_is_array(call->state, object)) {
    return deedpy_refuse(call->state, parameter, DEED_EDTYPE, "%.100s came, a numpy.ndarray or deed.Array is wanted",
                         Py_TYPE(object)->tp_name);
  }
  if (claim_array(call, parameter, object, passed, &claimed) != 0) return -1;
  return put_given(call, parameter, object, given_array(parameter, deedpy_array(object)->record, &claimed), passed,
                   put);
}

/* What is passed most often, an ndarray of no other class and of the common type, goes without a detour. */
static int pass(struct deedpy_call *call, const struct deedpy_parameter *parameter, PyObject *object,
                struct deedpy_passed *passed, put_fn put) {
  PyArrayObject *ndarray = (PyArrayObject *)object;
  if (!PyArray_CheckExact(object) || (PyObject *)PyArray_DESCR(ndarray) != parameter->descr) {
    return pass_other(call, parameter, object, passed, put);
  }
  return put_given(call, parameter, object, given_common(parameter, ndarray), passed, put);
}

DEEDPY_FLATTEN int deedpy_pass_pointer(struct deedpy_call *call, const struct deedpy_parameter *parameter,
                                       PyObject *object, struct deedpy_passed *passed) {
  return pass(call, parameter, object, passed, put_pointer);
}

DEEDPY_FLATTEN int deedpy_pass_described(struct deedpy_call *call, const struct deedpy_parameter *parameter,
                                         PyObject *object, struct deedpy_passed *passed) {
  return pass(call, parameter, object, passed, put_described);
}

DEEDPY_FLATTEN int deedpy_pass_handle(struct deedpy_call *call, const struct deedpy_parameter *parameter,
                                      PyObject *object, struct deedpy_passed *passed) {
  return pass(call, parameter, object, passed, put_handle);
}
