/* SPDX-License-Identifier: BSD-3-Clause */
/* function.c - the Python type deed.Function: a native procedure with declared arguments, called through libffi. */
#include "function.h"

#include <structmember.h>

#include "array_type.h"
#include "errors.h"
#include "function_argument.h"
#include "site.h"

/* What the callee returns. The numbers are those of deed/function.py. */
enum returned { RETURNS_NOTHING = 0, RETURNS_SCALAR = 1, RETURNS_STATUS = 2, RETURNS_HANDLE = 3 };

struct function_object {
  PyObject ob_base;
  vectorcallfunc vectorcall;
  PyObject *name;    /* str */
  const char *text;  /* of name */
  PyObject *library; /* keeps it loaded as far as Python is concerned */
  void (*entry)(void);
  void *deallocate; /* of the library's Fortran runtime, or NULL */
  enum deedpy_compiler compiler;
  enum returned returned;
  enum deed_dtype result_dtype;
  int release_gil;
  int count;
  int given;
  int returned_arguments;
  ffi_cif cif;
  ffi_type *types[DEEDPY_MAX_ARGUMENTS];
  struct deedpy_parameter parameters[DEEDPY_MAX_ARGUMENTS];
};

/* A call, on the stack. Only what is used is initialised. */
struct call {
  union deedpy_scalar result;
  struct array_object *result_array;
  void *values[DEEDPY_MAX_ARGUMENTS];
  struct deedpy_passed passed[DEEDPY_MAX_ARGUMENTS];
};

static struct function_object *function_of(PyObject *self) { return (struct function_object *)self; }

static int is_returned(const struct deedpy_parameter *parameter) {
  if (parameter->passing == DEEDPY_ALLOCATABLE) return 1;
  return parameter->passing == DEEDPY_BY_REFERENCE && (parameter->intent & DEEDPY_OUT);
}

static void begin(struct deedpy_passed *passed) {
  passed->scalar.c64[0] = passed->scalar.c64[1] = 0;
  passed->pointer = NULL;
  passed->present = 0;
  passed->rank = 0;
  passed->claim.bits = 0;
  passed->object = NULL;
}

/* The Array of what the callee may allocate is made before the call, so that nothing that can fail comes after. */
static int pass_allocatable(const struct module_state *state, const struct deedpy_parameter *parameter,
                            struct deedpy_passed *passed) {
  passed->object = (PyObject *)deedpy_array_new(state);
  if (!passed->object) return -1;
  passed->descriptor.data = NULL;
  memset(passed->descriptor.dimension, 0, sizeof passed->descriptor.dimension);
  deedpy_cfi_tag(&passed->descriptor, parameter->compiler, parameter->element.dtype, parameter->element.size_bytes,
                 parameter->rank, DEEDPY_ATTRIBUTE_ALLOCATABLE);
  passed->pointer = &passed->descriptor;
  return 0;
}

static int pass_extent(const struct module_state *state, const struct deedpy_parameter *parameter,
                       const struct deedpy_passed *source, struct deedpy_passed *passed) {
  int64_t extent = 0;
  if (source->present) {
    if (parameter->dimension >= source->rank) {
      return deedpy_refuse(state, parameter, DEED_ERANK, "it is the extent of dimension %d, %d dimensions came",
                           parameter->dimension, (int)source->rank);
    }
    extent = source->descriptor.dimension[parameter->dimension].extent;
  }
  if (parameter->element.size_bytes == 4 && extent > INT32_MAX) {
    return deedpy_refuse(state, parameter, DEED_EOVERFLOW, "the extent %lld came, which int32 cannot hold",
                         (long long)extent);
  }
  if (parameter->element.size_bytes == 4) {
    passed->scalar.i32 = (int32_t)extent;
  } else {
    passed->scalar.i64 = extent;
  }
  passed->pointer = &passed->scalar;
  return 0;
}

static int is_extent(const struct deedpy_parameter *parameter) {
  return parameter->passing == DEEDPY_EXTENT_VALUE || parameter->passing == DEEDPY_EXTENT_REFERENCE;
}

static int is_passed_as_scalar(enum deedpy_passing passing) {
  return passing == DEEDPY_BY_VALUE || passing == DEEDPY_EXTENT_VALUE || passing == DEEDPY_HANDLE;
}

/* Everything but extents, which need the arrays. *done counts the arguments that hold something to end. */
static int pass_given(struct module_state *state, struct function_object *self, PyObject *const *objects,
                      struct call *call, int *done) {
  int next = 0;
  for (int k = 0; k < self->count; ++k) {
    const struct deedpy_parameter *parameter = &self->parameters[k];
    struct deedpy_passed *passed = &call->passed[k];
    begin(passed);
    *done = k + 1;
    call->values[k] = is_passed_as_scalar(parameter->passing) ? (void *)&passed->scalar : (void *)&passed->pointer;
    int status = 0;
    if (deedpy_is_given(parameter)) {
      status = deedpy_pass(state, parameter, objects[next++], passed);
    } else if (parameter->passing == DEEDPY_ALLOCATABLE) {
      status = pass_allocatable(state, parameter, passed);
    } else if (!is_extent(parameter)) {
      passed->pointer = &passed->scalar;
      passed->present = 1;
    }
    if (status != 0) return -1;
  }
  return 0;
}

static int pass_extents(const struct module_state *state, struct function_object *self, struct call *call) {
  for (int k = 0; k < self->count; ++k) {
    const struct deedpy_parameter *parameter = &self->parameters[k];
    if (!is_extent(parameter)) continue;
    if (pass_extent(state, parameter, &call->passed[parameter->source], &call->passed[k]) != 0) return -1;
  }
  return 0;
}

/* With the GIL released others may drop the objects that the caller's frame names: each is held. */
static void invoke(struct function_object *self, PyObject *const *objects, struct call *call) {
  if (!self->release_gil) {
    ffi_call(&self->cif, self->entry, &call->result, call->values);
    return;
  }
  for (int k = 0; k < self->given; ++k) Py_INCREF(objects[k]);
  Py_BEGIN_ALLOW_THREADS ffi_call(&self->cif, self->entry, &call->result, call->values);
  Py_END_ALLOW_THREADS for (int k = 0; k < self->given; ++k) Py_DECREF(objects[k]);
}

static void layout_of(const struct deedpy_parameter *parameter, const struct deedpy_cfi *descriptor,
                      struct deed_layout *layout) {
  *layout = (struct deed_layout){
      .dtype = parameter->element.dtype, .rank = parameter->rank, .element_size_bytes = parameter->element.size_bytes};
  for (int32_t k = 0; k < parameter->rank; ++k) {
    layout->shape[k] = descriptor->dimension[k].extent > 0 ? descriptor->dimension[k].extent : 0;
    layout->lower[k] = descriptor->dimension[k].lower;
    layout->stride_bytes[k] = descriptor->dimension[k].stride_bytes;
  }
}

/* What was allocated as an Array, None if nothing was. What deed cannot adopt is freed. */
static PyObject *adopt_allocated(struct function_object *self, const struct deedpy_parameter *parameter,
                                 struct deedpy_passed *passed) {
  struct module_state *state = deedpy_state_of((PyObject *)self);
  deed_release_fn release = self->compiler == DEEDPY_FLANG ? deedpy_free_flang : deedpy_free_gfortran;
  void *data = passed->descriptor.data;
  struct deed_layout layout;
  struct deed_error error;
  if (!data) Py_RETURN_NONE;
  layout_of(parameter, &passed->descriptor, &layout);
  const struct deed_memory memory = {data, DEED_ORIGIN_FORTRAN, DEED_READ | DEED_WRITE, release, self->deallocate};
  struct deed_site site = deedpy_site(state);
  struct array_object *array = (struct array_object *)passed->object;
  if (deed_adopt(&memory, &layout, &site, &array->array, &error) == DEED_OK) return Py_NewRef(passed->object);
  release(data, self->deallocate);
  deedpy_refuse(state, parameter, error.status, "%s", error.message);
  return NULL;
}

static PyObject *result_of(struct function_object *self, struct call *call) {
  struct module_state *state = deedpy_state_of((PyObject *)self);
  if (self->returned == RETURNS_SCALAR) return deedpy_scalar_out(self->result_dtype, &call->result);
  if (self->returned == RETURNS_STATUS) {
    if (call->result.i32 == DEED_OK) Py_RETURN_NONE;
    enum deed_status status = (enum deed_status)call->result.i32;
    return deedpy_raise_status(state, status, "%s returned: %s", self->text, deed_status_text(status));
  }
  if (self->returned != RETURNS_HANDLE) Py_RETURN_NONE;
  struct deed_descriptor descriptor;
  struct deed_array array = {(uint64_t)call->result.i64};
  if (deedpy_describe(state, array, &descriptor) != 0) return NULL;
  call->result_array->array = array;
  return Py_NewRef((PyObject *)call->result_array);
}

/* Every argument that comes back is fetched even after an error, so that nothing allocated is lost. items [fills]. */
static int fetch(struct function_object *self, struct call *call, PyObject **items) {
  int filled = 0;
  int failed = 0;
  PyObject *result = result_of(self, call);
  failed |= result == NULL;
  if (self->returned == RETURNS_SCALAR || self->returned == RETURNS_HANDLE) {
    items[filled++] = result;
  } else {
    Py_XDECREF(result);
  }
  for (int k = 0; k < self->count; ++k) {
    const struct deedpy_parameter *parameter = &self->parameters[k];
    struct deedpy_passed *passed = &call->passed[k];
    PyObject *type, *value, *traceback;
    if (!is_returned(parameter)) continue;
    PyErr_Fetch(&type, &value, &traceback);
    if (parameter->passing == DEEDPY_ALLOCATABLE) {
      items[filled] = adopt_allocated(self, parameter, passed);
    } else {
      items[filled] =
          passed->present ? deedpy_scalar_out(parameter->element.dtype, &passed->scalar) : Py_NewRef(Py_None);
    }
    failed |= items[filled++] == NULL;
    if (type) PyErr_Restore(type, value, traceback);
  }
  for (int k = 0; failed && k < filled; ++k) Py_CLEAR(items[k]);
  return failed ? -1 : filled;
}

/* None, the only thing that comes back, or all of them. */
static PyObject *pack(PyObject **items, int filled) {
  if (filled == 0) Py_RETURN_NONE;
  if (filled == 1) return items[0];
  PyObject *tuple = PyTuple_New(filled);
  for (int k = 0; k < filled; ++k) {
    if (tuple) {
      PyTuple_SET_ITEM(tuple, k, items[k]);
    } else {
      Py_DECREF(items[k]);
    }
  }
  return tuple;
}

static PyObject *call_prepared(struct function_object *self, PyObject *const *objects, struct call *call, int *done) {
  struct module_state *state = deedpy_state_of((PyObject *)self);
  PyObject *items[DEEDPY_MAX_ARGUMENTS + 1];
  if (pass_given(state, self, objects, call, done) != 0) return NULL;
  if (pass_extents(state, self, call) != 0) return NULL;
  if (self->returned == RETURNS_HANDLE) {
    call->result_array = deedpy_array_new(state);
    if (!call->result_array) return NULL;
  }
  invoke(self, objects, call);
  int filled = fetch(self, call, items);
  return filled < 0 ? NULL : pack(items, filled);
}

static PyObject *function_call(PyObject *object, PyObject *const *objects, size_t flagged_count, PyObject *keywords) {
  struct function_object *self = function_of(object);
  Py_ssize_t count = PyVectorcall_NARGS(flagged_count);
  struct call call;
  int done = 0;
  if (keywords && PyTuple_GET_SIZE(keywords) > 0) {
    return PyErr_Format(PyExc_TypeError, "%s: arguments are given by position, not by name", self->text);
  }
  if (count != self->given) {
    return PyErr_Format(PyExc_TypeError, "%s: %zd arguments came, %d are wanted", self->text, count, self->given);
  }
  call.result_array = NULL;
  PyObject *result = call_prepared(self, objects, &call, &done);
  for (int k = 0; k < done; ++k) deedpy_passed_end(&call.passed[k]);
  Py_XDECREF((PyObject *)call.result_array);
  return result;
}

static ffi_type *type_of(const struct deedpy_parameter *parameter) {
  if (parameter->passing == DEEDPY_HANDLE) return &ffi_type_uint64; /* a struct of one word goes where a word goes */
  return is_passed_as_scalar(parameter->passing) ? deedpy_ffi_type(parameter->element.dtype) : &ffi_type_pointer;
}

static int element_in(const struct module_state *state, struct deedpy_parameter *parameter, PyObject *dtype) {
  if (dtype == Py_None) return 0;
  if (deedpy_element_of(state, dtype, &parameter->element) != 0) return -1;
  PyArray_Descr *descr = deedpy_descr(state, parameter->element);
  if (!descr) return -1;
  parameter->kind = descr->kind;
  Py_DECREF(descr);
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

static int parameter_in(const struct module_state *state, struct function_object *self, PyObject *item) {
  struct deedpy_parameter *parameter = &self->parameters[self->count];
  PyObject *name, *dtype;
  int passing, order;
  if (!PyArg_ParseTuple(item, "UiOiiCpii", &name, &passing, &dtype, &parameter->rank, &parameter->intent, &order,
                        &parameter->optional, &parameter->source, &parameter->dimension)) {
    return -1;
  }
  parameter->name = Py_NewRef(name);
  self->count += 1;
  parameter->passing = (enum deedpy_passing)passing;
  parameter->order = (char)order;
  parameter->function = self->text;
  parameter->compiler =
      passing == DEEDPY_ARRAY_POINTER || passing == DEEDPY_HANDLE ? DEEDPY_NO_COMPILER : self->compiler;
  if (element_in(state, parameter, dtype) != 0 || check_element(state, self, parameter) != 0) return -1;
  self->types[self->count - 1] = type_of(parameter);
  self->given += deedpy_is_given(parameter);
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

static int result_in(const struct module_state *state, struct function_object *self, PyObject *dtype, ffi_type **type) {
  struct deedpy_element element;
  *type = self->returned == RETURNS_HANDLE   ? &ffi_type_uint64
          : self->returned == RETURNS_STATUS ? &ffi_type_sint32
                                             : &ffi_type_void;
  if (self->returned != RETURNS_SCALAR) return 0;
  if (deedpy_element_of(state, dtype, &element) != 0) return -1;
  self->result_dtype = element.dtype;
  *type = deedpy_ffi_type(element.dtype);
  if (*type) return 0;
  deedpy_raise_status(state, DEED_EDTYPE, "%s: a result %s cannot be returned", self->text,
                      deed_dtype_name(element.dtype));
  return -1;
}

static int fill(const struct module_state *state, struct function_object *self, PyObject *items, PyObject *dtype) {
  ffi_type *type;
  if (parameters_in(state, self, items) != 0 || result_in(state, self, dtype, &type) != 0) return -1;
  if (ffi_prep_cif(&self->cif, FFI_DEFAULT_ABI, (unsigned)self->count, type, self->types) == FFI_OK) return 0;
  deedpy_raise_status(state, DEED_EUNSUPPORTED, "%s: libffi cannot call it", self->text);
  return -1;
}

PyObject *deedpy_make_function(PyObject *module, PyObject *arguments) {
  struct module_state *state = deedpy_state(module);
  PyObject *name, *library, *items, *dtype;
  unsigned long long address, deallocate;
  int compiler, returned, release_gil;
  if (!PyArg_ParseTuple(arguments, "UKOKiO!iOp", &name, &address, &library, &deallocate, &compiler, &PyTuple_Type,
                        &items, &returned, &dtype, &release_gil)) {
    return NULL;
  }
  struct function_object *self = (struct function_object *)state->function_type->tp_alloc(state->function_type, 0);
  if (!self) return NULL;
  uintptr_t entry = (uintptr_t)address;
  memcpy(&self->entry, &entry, sizeof entry);
  self->deallocate = (void *)(uintptr_t)deallocate;
  self->vectorcall = function_call;
  self->name = Py_NewRef(name);
  self->text = PyUnicode_AsUTF8(name);
  self->library = Py_NewRef(library);
  self->compiler = (enum deedpy_compiler)compiler;
  self->returned = (enum returned)returned;
  self->release_gil = release_gil;
  if (self->text && fill(state, self, items, dtype) == 0) return (PyObject *)self;
  Py_DECREF(self);
  return NULL;
}

static void function_dealloc(PyObject *object) {
  struct function_object *self = function_of(object);
  PyTypeObject *type = Py_TYPE(object);
  for (int k = 0; k < self->count; ++k) Py_XDECREF(self->parameters[k].name);
  Py_XDECREF(self->name);
  Py_XDECREF(self->library);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *function_repr(PyObject *object) {
  return PyUnicode_FromFormat("<deed.Function %U>", function_of(object)->name);
}

static PyMemberDef members[] = {
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(struct function_object, vectorcall), READONLY, NULL},
    {"__name__", T_OBJECT_EX, offsetof(struct function_object, name), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot function_slots[] = {
    {Py_tp_doc, (void *)"A native procedure with declared arguments. Made by deed.function()."},
    {Py_tp_dealloc, function_dealloc},
    {Py_tp_repr, function_repr},
    {Py_tp_call, PyVectorcall_Call},
    {Py_tp_members, members},
    {0, NULL},
};

static PyType_Spec function_spec = {
    .name = "deed.Function",
    .basicsize = sizeof(struct function_object),
    .flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_HAVE_VECTORCALL,
    .slots = function_slots,
};

PyObject *deedpy_function_type_make(PyObject *module) { return PyType_FromModuleAndSpec(module, &function_spec, NULL); }
