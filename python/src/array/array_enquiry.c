/* SPDX-License-Identifier: BSD-3-Clause */
/* array_enquiry.c - what a deed.Array tells about itself. */
#include "array/array_enquiry.h"

#include "array/array_view.h"
#include "array/layout_tuple.h"
#include "base/dtype_map.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/ledger.h"
#include "protocols/ndarray_out.h"

/* An enquiry is a function of the descriptor; the table of the type says which. */
struct enquiry {
  PyObject *(*answer)(const struct module_state *state, const struct deed_descriptor *descriptor);
};

static PyObject *enquire(PyObject *self, void *closure) {
  const struct enquiry *enquiry = closure;
  struct module_state *state = deedpy_state_of(self);
  struct deed_descriptor descriptor;
  if (deedpy_describe_anywhere(state, deedpy_array(self)->array, &descriptor) != 0) return NULL;
  return enquiry->answer(state, &descriptor);
}

#define ENQUIRY(name) \
  static PyObject *answer_##name(const struct module_state *state, const struct deed_descriptor *descriptor)
#define ENQUIRY_ENTRY(name) ((void *)&(struct enquiry){answer_##name})

ENQUIRY(shape) { return (void)state, DEEDPY_TUPLE_OF(&descriptor->layout, extent); }

ENQUIRY(strides) { return (void)state, DEEDPY_TUPLE_OF(&descriptor->layout, stride_bytes); }

ENQUIRY(lower) { return (void)state, DEEDPY_TUPLE_OF(&descriptor->layout, lower); }

ENQUIRY(upper) {
  int64_t upper[DEED_MAX_RANK];
  (void)state;
  for (int32_t k = 0; k < descriptor->layout.rank; ++k) upper[k] = deedpy_upper_bound(&descriptor->layout, k);
  return deedpy_tuple_of(upper, descriptor->layout.rank);
}

ENQUIRY(bounds) {
  (void)state;
  PyObject *bounds = PyTuple_New(descriptor->layout.rank);
  for (int32_t k = 0; bounds && k < descriptor->layout.rank; ++k) {
    int64_t pair[] = {descriptor->layout.dim[k].lower, deedpy_upper_bound(&descriptor->layout, k)};
    PyObject *bound = deedpy_tuple_of(pair, 2);
    if (!bound) Py_CLEAR(bounds);
    if (bounds) PyTuple_SET_ITEM(bounds, k, bound);
  }
  return bounds;
}

ENQUIRY(kind) { return (void)state, PyUnicode_FromString(deed_dtype_name((enum deed_dtype)descriptor->layout.dtype)); }

ENQUIRY(ndim) { return (void)state, PyLong_FromLong(descriptor->layout.rank); }

ENQUIRY(itemsize) { return (void)state, PyLong_FromLongLong(descriptor->layout.element_size_bytes); }

ENQUIRY(size) { return (void)state, PyLong_FromLongLong(deed_layout_element_count(&descriptor->layout)); }

ENQUIRY(nbytes) { return (void)state, PyLong_FromLongLong(deed_layout_size_bytes(&descriptor->layout)); }

/* What is done with an address is to read there. */
ENQUIRY(address) {
  if (descriptor->device_type == 0) return PyLong_FromVoidPtr(descriptor->data);
  return deedpy_raise_status(state, DEED_EDEVICE, "address: %s", deed_status_text(DEED_EDEVICE));
}

ENQUIRY(origin) { return (void)state, PyUnicode_FromString(deed_origin_name((enum deed_origin)descriptor->origin)); }

ENQUIRY(owner) {
  (void)state;
  if (descriptor->owner == DEED_LANGUAGE_NONE) Py_RETURN_NONE;
  return PyUnicode_FromString(deed_language_name((enum deed_language)descriptor->owner));
}

ENQUIRY(role) { return (void)state, PyUnicode_FromString(deed_role_name((enum deed_role)descriptor->role)); }

ENQUIRY(rights) { return (void)state, PyUnicode_FromString(deedpy_rights_text(descriptor->rights)); }

ENQUIRY(readonly) { return (void)state, PyBool_FromLong(!(descriptor->rights & DEED_WRITE)); }

ENQUIRY(copied) {
  (void)state;
  if (descriptor->copy_reason == DEED_COPY_NONE) Py_RETURN_NONE;
  return PyUnicode_FromString(deed_copy_reason_name((enum deed_copy_reason)descriptor->copy_reason));
}

ENQUIRY(f_contiguous) {
  return (void)state, PyBool_FromLong(deed_layout_is_contiguous(&descriptor->layout, DEED_ORDER_FORTRAN));
}

ENQUIRY(c_contiguous) {
  return (void)state, PyBool_FromLong(deed_layout_is_contiguous(&descriptor->layout, DEED_ORDER_C));
}

ENQUIRY(name) {
  if (!descriptor->published) Py_RETURN_NONE;
  return deedpy_name_of_block(state, descriptor);
}

/* The one that came in, else that of the dtype map. */
static PyObject *dtype(PyObject *self, void *closure) {
  const struct deedpy_record *record = deedpy_array(self)->record;
  struct module_state *state = deedpy_state_of(self);
  struct deed_descriptor descriptor;
  (void)closure;
  if (deedpy_describe_anywhere(state, deedpy_array(self)->array, &descriptor) != 0) return NULL;
  if (record) return Py_NewRef((PyObject *)deedpy_record_descr(record));
  struct deedpy_element element = {(enum deed_dtype)descriptor.layout.dtype, descriptor.layout.element_size_bytes};
  return (PyObject *)deedpy_descr(state, element);
}

static PyObject *is_live(PyObject *self, void *closure) {
  (void)closure;
  return PyBool_FromLong(deed_is_live(deedpy_array(self)->array));
}

static PyObject *handle(PyObject *self, void *closure) {
  (void)closure;
  return PyLong_FromUnsignedLongLong(deedpy_array_tell(deedpy_state_of(self), deedpy_array(self)));
}

/* That of an ndarray on the elements: whoever reads it keeps this Array, as the protocol has it. */
static PyObject *array_interface(PyObject *self, void *closure) {
  (void)closure;
  PyObject *ndarray = deedpy_ndarray(self, NULL);
  if (!ndarray) return NULL;
  PyObject *interface = PyObject_GetAttrString(ndarray, "__array_interface__");
  Py_DECREF(ndarray);
  return interface;
}

static PyObject *flags(PyObject *self, void *closure) {
  (void)closure;
  PyObject *module = PyImport_ImportModule("deed.flags");
  PyObject *flags = module ? PyObject_CallMethod(module, "of", "O", self) : NULL;
  Py_XDECREF(module);
  return flags;
}

static PyObject *as_parameter(PyObject *self, void *closure) {
  PyObject *bits = handle(self, closure);
  if (!bits) return NULL;
  PyObject *parameter = PyObject_CallOneArg(deedpy_state_of(self)->c_uint64, bits);
  Py_DECREF(bits);
  return parameter;
}

/* As an ndarray counts the memory that it owns, and a view of it does not. */
static int counts_memory(const struct deed_descriptor *descriptor) {
  return descriptor->role == DEED_ROLE_TITLE && descriptor->origin != DEED_ORIGIN_LENT &&
         descriptor->origin != DEED_ORIGIN_STATIC && descriptor->origin != DEED_ORIGIN_PYTHON;
}

PyObject *deedpy_array_size_of(PyObject *self, PyObject *unused) {
  struct deed_descriptor descriptor;
  int64_t size_bytes = Py_TYPE(self)->tp_basicsize;
  (void)unused;
  enum deed_status status = deed_describe(deedpy_array(self)->array, &descriptor, sizeof descriptor);
  if (status == DEED_OK && counts_memory(&descriptor)) size_bytes += descriptor.block_size_bytes;
  return PyLong_FromLongLong(size_bytes);
}

PyGetSetDef deedpy_array_enquiries[] = {
    {"shape", enquire, NULL, "Extents, in elements.", ENQUIRY_ENTRY(shape)},
    {"strides", enquire, NULL, "Distances between neighbours, in bytes; may be negative or 0.", ENQUIRY_ENTRY(strides)},
    {"lower", enquire, NULL, "Lower bound of each dimension, as Fortran and C++ see it.", ENQUIRY_ENTRY(lower)},
    {"upper", enquire, NULL, "Upper bound of each dimension: lower + shape - 1.", ENQUIRY_ENTRY(upper)},
    {"bounds", enquire, NULL, "(lower, upper) of each dimension.", ENQUIRY_ENTRY(bounds)},
    {"dtype", dtype, NULL,
     "The numpy.dtype of the elements; of records the one that came in with them, else void of their size.\n"
     "DtypeError if NumPy has none.",
     NULL},
    {"kind", enquire, NULL, "deed's name of the element type, such as 'real64'.", ENQUIRY_ENTRY(kind)},
    {"ndim", enquire, NULL, "Number of dimensions, 0 to 15.", ENQUIRY_ENTRY(ndim)},
    {"itemsize", enquire, NULL, "Bytes of one element.", ENQUIRY_ENTRY(itemsize)},
    {"size", enquire, NULL, "Number of elements.", ENQUIRY_ENTRY(size)},
    {"nbytes", enquire, NULL, "Number of elements times bytes of one.", ENQUIRY_ENTRY(nbytes)},
    {"address", enquire, NULL, "Address of the first element; 0 if there is no memory. DeviceError.",
     ENQUIRY_ENTRY(address)},
    {"origin", enquire, NULL, "Which allocator made the memory and frees it: 'malloc', 'fortran', 'python', ...",
     ENQUIRY_ENTRY(origin)},
    {"owner", enquire, NULL, "The language that holds the title; None when the title has ended.", ENQUIRY_ENTRY(owner)},
    {"role", enquire, NULL, "'title' or 'share'.", ENQUIRY_ENTRY(role)},
    {"rights", enquire, NULL, "'r' or 'rw'.", ENQUIRY_ENTRY(rights)},
    {"readonly", enquire, NULL, "True if this claim may not write.", ENQUIRY_ENTRY(readonly)},
    {"copied", enquire, NULL, "Why the elements are a copy ('requested', 'order', ...); None if they are not.",
     ENQUIRY_ENTRY(copied)},
    {"f_contiguous", enquire, NULL, "True if the elements lie without gaps, first index fastest.",
     ENQUIRY_ENTRY(f_contiguous)},
    {"c_contiguous", enquire, NULL, "True if the elements lie without gaps, last index fastest.",
     ENQUIRY_ENTRY(c_contiguous)},
    {"flags", flags, NULL,
     "What NumPy calls the flags of an ndarray on the elements: deed.flags.Flags. DtypeError if NumPy has no such "
     "type.",
     NULL},
    {"name", enquire, NULL, "The published name; None if there is none.", ENQUIRY_ENTRY(name)},
    {"T", deedpy_array_transposed, NULL, "A view with the dimensions reversed, bounds included.", NULL},
    {"is_live", is_live, NULL, "False once the claim has ended, however that came.", NULL},
    {"handle", handle, NULL, "The number that C, C++ and Fortran know this claim by. It stays this Array's claim.",
     NULL},
    {"__array_interface__", array_interface, NULL,
     "Version 3 of NumPy's dictionary. It holds no claim: who reads it keeps the Array. DtypeError.", NULL},
    {"_as_parameter_", as_parameter, NULL, "The handle for ctypes, as struct deed_array is passed by value.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
