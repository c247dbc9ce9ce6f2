/* SPDX-License-Identifier: BSD-3-Clause */
/* function.c - the Python type deed.Function: a native procedure with declared arguments. */
#include "native_call/function.h"

#include <structmember.h>

#include "base/errors.h"
#include "native_call/function_array.h"
#include "native_call/function_call.h"
#include "native_call/function_object.h"
#include "native_call/function_passing.h"
#include "native_call/function_refuse.h"
#include "native_call/function_scalar.h"

static struct function_object *function_of(PyObject *self) { return (struct function_object *)self; }

static int is_extent(const struct deedpy_parameter *parameter) {
  return parameter->passing == DEEDPY_EXTENT_VALUE || parameter->passing == DEEDPY_EXTENT_REFERENCE;
}

static ffi_type *type_of(const struct deedpy_parameter *parameter) {
  if (parameter->passing == DEEDPY_HANDLE) return &ffi_type_uint64; /* a struct of one word goes where a word goes */
  int is_scalar = parameter->passing == DEEDPY_BY_VALUE || parameter->passing == DEEDPY_EXTENT_VALUE;
  return is_scalar ? deedpy_ffi_type(parameter->element.dtype) : &ffi_type_pointer;
}

/* A handle tells its dtype, so integers of NumPy are not handed over as logicals. */
static int takes_ndarrays(const struct deedpy_parameter *parameter) {
  enum deed_dtype dtype = parameter->element.dtype;
  int is_integer_in_numpy = deedpy_is_class(dtype, DEED_CLASS_LOGICAL) && deedpy_dtypes[dtype].kind == 'i';
  return parameter->passing != DEEDPY_HANDLE || !is_integer_in_numpy;
}

static int takes_any_length(const struct deedpy_parameter *parameter) {
  return parameter->passing == DEEDPY_ARRAY_DESCRIPTOR && parameter->element.dtype == DEED_CHARACTER1 &&
         parameter->element.size_bytes == 0;
}

/* The numpy.dtype that most ndarrays of the declared element share: a new reference. */
static PyArray_Descr *common_descr(const struct module_state *state, const struct deedpy_parameter *parameter) {
  if (!parameter->record) return deedpy_descr(state, parameter->element);
  return (PyArray_Descr *)Py_NewRef((PyObject *)deedpy_record_descr(parameter->record));
}

static int element_in(const struct module_state *state, struct deedpy_parameter *parameter, PyObject *dtype) {
  if (dtype == Py_None) return 0;
  if (deedpy_element_of(state, dtype, &parameter->element, &parameter->record) != 0) return -1;
  if (takes_any_length(parameter)) {
    parameter->kind = 'S';
    return 0;
  }
  PyArray_Descr *descr = common_descr(state, parameter);
  if (!descr) return -1;
  if (!takes_ndarrays(parameter)) {
    Py_DECREF(descr);
    return 0;
  }
  parameter->kind = descr->kind;
  parameter->descr = (PyObject *)descr;
  return 0;
}

/* Only what is passed as a descriptor needs a number of the compiler; all but arrays need one of libffi. */
static int check_element(const struct module_state *state, const struct function_object *self,
                         const struct deedpy_parameter *parameter) {
  enum deedpy_passing passing = parameter->passing;
  int is_described =
      passing == DEEDPY_ARRAY_DESCRIPTOR || passing == DEEDPY_POINTER_DUMMY || passing == DEEDPY_ALLOCATABLE;
  int is_scalar = passing == DEEDPY_BY_VALUE || passing == DEEDPY_BY_REFERENCE || is_extent(parameter);
  if ((is_described && !deedpy_cfi_has(self->compiler, parameter->element.dtype)) ||
      (is_scalar && !deedpy_ffi_type(parameter->element.dtype))) {
    return deedpy_refuse(state, parameter, DEED_EDTYPE, "%s cannot be passed so",
                         deed_dtype_name(parameter->element.dtype));
  }
  return 0;
}

static int is_given_scalar(const struct deedpy_parameter *parameter) {
  return parameter->is_given && (parameter->passing == DEEDPY_BY_VALUE || parameter->passing == DEEDPY_BY_REFERENCE);
}

/* To tell it from scalars that nothing was looked at before which reading them could change. */
static int is_late_scalar(const struct function_object *self, const struct deedpy_parameter *parameter) {
  int is_after_array = 0;
  for (const struct deedpy_parameter *before = self->parameters; before < parameter; ++before) {
    is_after_array |= before->is_given && !is_given_scalar(before);
  }
  return is_after_array && is_given_scalar(parameter);
}

static void count_in(struct function_object *self, struct deedpy_parameter *parameter) {
  parameter->is_late_scalar = is_late_scalar(self, parameter);
  parameter->pass = parameter->is_late_scalar ? deedpy_pass_late_function(parameter->passing)
                                              : deedpy_pass_function(parameter->passing, parameter->is_given);
  self->given_count += parameter->is_given;
  self->returned_count += parameter->is_returned;
  self->takes_allocatables |= parameter->passing == DEEDPY_ALLOCATABLE && parameter->is_given;
  self->returns_pointers |= parameter->passing == DEEDPY_POINTER_DUMMY && parameter->is_returned;
}

/* Whether the native function is given the extent from the shape of the array, as it is there: then nothing can be
 * wrong with it, and nothing has to be done for it in a call. */
static int is_in_shape(const struct function_object *self, const struct deedpy_parameter *parameter) {
  return parameter->passing == DEEDPY_EXTENT_VALUE && parameter->element.size_bytes == (int64_t)sizeof(npy_intp) &&
         self->parameters[parameter->source].rank > parameter->dimension;
}

static void ask_for_extent(struct function_object *self, const struct deedpy_parameter *extent) {
  struct deedpy_parameter *array = &self->parameters[extent->source];
  if (array->extent_count <= extent->dimension) array->extent_count = extent->dimension + 1;
}

static void drop_parameter(struct deedpy_parameter *parameter) {
  Py_XDECREF(parameter->name);
  Py_XDECREF(parameter->descr);
  deedpy_record_drop(parameter->record);
  memset(parameter, 0, sizeof *parameter);
}

/* The last parameter is what the native function has at this position. Extents come after all others, so that one which
 * needs no parameter leaves the numbers of those as they are. */
static void set_position(struct function_object *self, int position) {
  struct deedpy_parameter *last = &self->parameters[self->count - 1];
  self->entry.types[position] = type_of(last);
  self->entry.offsets_bytes[position] = deedpy_value_offset_bytes(self->count - 1);
  if (!is_extent(last)) return;
  ask_for_extent(self, last);
  if (!is_in_shape(self, last)) return;
  self->entry.offsets_bytes[position] = deedpy_extent_offset_bytes(last->source, last->dimension);
  drop_parameter(last);
  self->count -= 1;
}

static int parameter_in(const struct module_state *state, struct function_object *self, PyObject *item) {
  struct deedpy_parameter *parameter = &self->parameters[self->count];
  PyObject *name, *dtype;
  int position, passing, order;
  if (!PyArg_ParseTuple(item, "iUiOiiCpiipp", &position, &name, &passing, &dtype, &parameter->rank, &parameter->intent,
                        &order, &parameter->optional, &parameter->source, &parameter->dimension, &parameter->is_given,
                        &parameter->is_returned)) {
    return -1;
  }
  parameter->name = Py_NewRef(name);
  PyUnicode_InternInPlace(&parameter->name); /* as names of arguments in calls are */
  self->count += 1;
  parameter->passing = (enum deedpy_passing)passing;
  parameter->order = (char)order;
  parameter->function = self->text;
  parameter->compiler =
      passing == DEEDPY_ARRAY_POINTER || passing == DEEDPY_HANDLE ? DEEDPY_NO_COMPILER : self->compiler;
  if (element_in(state, parameter, dtype) != 0 || check_element(state, self, parameter) != 0) return -1;
  deedpy_declare_array(parameter);
  parameter->scalar_in = deedpy_scalar_in_function(parameter->element.dtype);
  count_in(self, parameter);
  set_position(self, position);
  return 0;
}

static int parameters_in(const struct module_state *state, struct function_object *self, PyObject *items) {
  if (PyTuple_GET_SIZE(items) > DEEDPY_MAX_ARGUMENTS) {
    deedpy_raise_status(state, DEED_EINVAL, "%s: %zd arguments are declared, at most %d are possible", self->text,
                        PyTuple_GET_SIZE(items), DEEDPY_MAX_ARGUMENTS);
    return -1;
  }
  for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(items); ++k) {
    if (parameter_in(state, self, PyTuple_GET_ITEM(items, k)) != 0) return -1;
  }
  return 0;
}

static int result_in(const struct module_state *state, struct function_object *self, PyObject *dtype) {
  struct deedpy_element element;
  self->entry.result = self->returned == DEEDPY_RETURNS_HANDLE   ? &ffi_type_uint64
                       : self->returned == DEEDPY_RETURNS_STATUS ? &ffi_type_sint32
                                                                 : &ffi_type_void;
  if (self->returned != DEEDPY_RETURNS_SCALAR) return 0;
  if (deedpy_element_of(state, dtype, &element, NULL) != 0) return -1;
  self->result_dtype = element.dtype;
  self->entry.result = deedpy_ffi_type(element.dtype);
  if (self->entry.result) return 0;
  deedpy_raise_status(state, DEED_EDTYPE, "%s: a result %s cannot be returned", self->text,
                      deed_dtype_name(element.dtype));
  return -1;
}

static int fill(const struct module_state *state, struct function_object *self, PyObject *items, PyObject *dtype) {
  if (parameters_in(state, self, items) != 0 || result_in(state, self, dtype) != 0) return -1;
  self->entry.count = (int)PyTuple_GET_SIZE(items);
  if (deedpy_entry_prepare(&self->entry) == 0) return 0;
  deedpy_raise_status(state, DEED_EUNSUPPORTED, "%s: libffi cannot call it", self->text);
  return -1;
}

PyObject *deedpy_make_function(PyObject *module, PyObject *arguments) {
  struct module_state *state = deedpy_state(module);
  PyObject *name, *library, *items, *dtype, *declared, *attributes;
  unsigned long long address, deallocate;
  int compiler, returned, release_gil;
  if (!PyArg_ParseTuple(arguments, "UKOKiO!iOpOO!", &name, &address, &library, &deallocate, &compiler, &PyTuple_Type,
                        &items, &returned, &dtype, &release_gil, &declared, &PyDict_Type, &attributes)) {
    return NULL;
  }
  struct function_object *self = (struct function_object *)state->function_type->tp_alloc(state->function_type, 0);
  if (!self) return NULL;
  uintptr_t entry = (uintptr_t)address;
  memcpy(&self->entry.address, &entry, sizeof entry);
  self->state = state;
  self->deallocate = (void *)(uintptr_t)deallocate;
  self->vectorcall = deedpy_function_call;
  self->name = Py_NewRef(name);
  self->text = PyUnicode_AsUTF8(name);
  self->library = Py_NewRef(library);
  self->declared = Py_NewRef(declared);
  self->attributes = Py_NewRef(attributes);
  self->compiler = (enum deedpy_compiler)compiler;
  self->returned = (enum deedpy_returned)returned;
  self->release_gil = release_gil;
  if (self->text && fill(state, self, items, dtype) == 0) return (PyObject *)self;
  Py_DECREF(self);
  return NULL;
}

/* Anybody may give the library or the Function attributes, the Function among them; a declaration may have any object
 * as a dtype. */
static int traverse(PyObject *object, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(object));
  Py_VISIT(function_of(object)->library);
  Py_VISIT(function_of(object)->declared);
  Py_VISIT(function_of(object)->attributes);
  return 0;
}

/* What the Function calls stays loaded without the object. */
static int clear(PyObject *object) {
  Py_CLEAR(function_of(object)->library);
  Py_CLEAR(function_of(object)->declared);
  Py_CLEAR(function_of(object)->attributes);
  return 0;
}

static void function_dealloc(PyObject *object) {
  struct function_object *self = function_of(object);
  PyTypeObject *type = Py_TYPE(object);
  PyObject_GC_UnTrack(object);
  for (int k = 0; k < self->count; ++k) drop_parameter(&self->parameters[k]);
  Py_XDECREF(self->name);
  clear(object);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *function_repr(PyObject *object) {
  PyObject *call = PyObject_CallMethod(function_of(object)->declared, "call", NULL);
  PyObject *text = call ? PyUnicode_FromFormat("<deed.Function %U>", call) : NULL;
  Py_XDECREF(call);
  return text;
}

static PyMemberDef members[] = {
    {"__dictoffset__", T_PYSSIZET, offsetof(struct function_object, attributes), READONLY, NULL},
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(struct function_object, vectorcall), READONLY, NULL},
    {"__name__", T_OBJECT_EX, offsetof(struct function_object, name), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef enquiries[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot function_slots[] = {
    {Py_tp_doc, (void *)"A native procedure with declared arguments. Made by deed.function()."},
    {Py_tp_dealloc, function_dealloc},
    {Py_tp_traverse, traverse},
    {Py_tp_clear, clear},
    {Py_tp_repr, function_repr},
    {Py_tp_call, PyVectorcall_Call},
    {Py_tp_members, members},
    {Py_tp_getset, enquiries},
    {0, NULL},
};

static PyType_Spec function_spec = {
    .name = "deed.Function",
    .basicsize = sizeof(struct function_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE |
             Py_TPFLAGS_HAVE_VECTORCALL,
    .slots = function_slots,
};

PyObject *deedpy_function_type_make(PyObject *module) { return PyType_FromModuleAndSpec(module, &function_spec, NULL); }
