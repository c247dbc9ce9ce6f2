/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_in.c - a DLPack tensor of another library on its way into deed. Every field is looked at before it is used:
 * another library wrote it. */
#include "protocols/dlpack_in.h"

#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/memory_root.h"
#include "protocols/dlpack_dtype.h"
#include "protocols/mask.h"

/* What ends with the block: one of the two is set once the tensor has been taken. */
struct tensor_keep {
  struct deedpy_keep keep;
  struct dl_managed_versioned *versioned;
  struct dl_managed *unversioned;
};

/* Without a deleter the memory is static: nothing to do. */
static void end(struct deedpy_keep *keep) {
  struct tensor_keep *self = (struct tensor_keep *)keep;
  if (self->versioned && self->versioned->deleter) self->versioned->deleter(self->versioned);
  if (self->unversioned && self->unversioned->deleter) self->unversioned->deleter(self->unversioned);
}

static const char consumed[] = "the capsule has no DLPack tensor, or somebody has consumed it already";

static int refuse(const struct module_state *state, enum deed_status status, const char *reason) {
  deedpy_raise_status(state, status, "the DLPack tensor cannot be held: %s", reason);
  return -1;
}

static int check_device(const struct module_state *state, int32_t type, int32_t id) {
  if (type == DL_CPU || type == DL_CUDA_HOST || type == DL_ROCM_HOST) return 0;
  deedpy_raise_status(state, DEED_EUNSUPPORTED,
                      "the tensor is on DLPack device (%d, %d), deed holds memory that the CPU reads: (1, 0)",
                      (int)type, (int)id);
  return -1;
}

static int read_dtype(const struct module_state *state, struct dl_dtype dtype, struct deed_layout *layout) {
  layout->dtype = (int32_t)deedpy_dtype_of_dl(dtype);
  if (layout->dtype) {
    layout->element_size_bytes = dtype.bits / 8;
    return 0;
  }
  deedpy_raise_status(state, DEED_EDTYPE, "deed has no type for DLPack code %d with %d bits and %d lanes",
                      (int)dtype.code, (int)dtype.bits, (int)dtype.lanes);
  return -1;
}

static int is_empty(const struct deed_layout *layout) {
  for (int32_t k = 0; k < layout->rank; ++k) {
    if (layout->dim[k].extent == 0) return 1;
  }
  return 0;
}

/* A stride that leads to no second element may be anything; one that does not fit becomes that of a neighbour. */
static int read_strides(const struct module_state *state, const struct dl_tensor *tensor, struct deed_layout *layout) {
  if (!tensor->strides) {
    enum deed_status status = deed_layout_contiguous_like(layout, DEED_ORDER_C, layout);
    return status == DEED_OK ? 0 : refuse(state, status, deed_status_text(status));
  }
  int is_any_used = !is_empty(layout);
  for (int32_t k = 0; k < layout->rank; ++k) {
    if (!__builtin_mul_overflow(tensor->strides[k], layout->element_size_bytes, &layout->dim[k].stride_bytes)) continue;
    if (is_any_used && layout->dim[k].extent > 1) {
      return refuse(state, DEED_EOVERFLOW, "a stride does not fit 64 bits in bytes");
    }
    layout->dim[k].stride_bytes = layout->element_size_bytes;
  }
  return 0;
}

static int read_layout(const struct module_state *state, const struct dl_tensor *tensor, struct deed_layout *layout) {
  *layout = (struct deed_layout){.rank = tensor->ndim};
  if (tensor->ndim < 0 || tensor->ndim > DEED_MAX_RANK) {
    deedpy_raise_status(state, DEED_ERANK, "a DLPack tensor of %d dimensions: deed has 0 to %d", (int)tensor->ndim,
                        DEED_MAX_RANK);
    return -1;
  }
  if (read_dtype(state, tensor->dtype, layout) != 0) return -1;
  if (tensor->ndim > 0 && !tensor->shape) return refuse(state, DEED_ENULL, "it has dimensions and no shape");
  for (int32_t k = 0; k < layout->rank; ++k) {
    layout->dim[k].extent = tensor->shape[k];
    layout->dim[k].lower = 1;
  }
  if (read_strides(state, tensor, layout) != 0) return -1;
  enum deed_status status = deed_layout_check(layout);
  return status == DEED_OK ? 0 : refuse(state, status, deed_status_text(status));
}

/* Where the first element is. A tensor without elements may say anything. */
static int read_data(const struct module_state *state, const struct dl_tensor *tensor, struct deedpy_import *import) {
  uintptr_t address;
  import->data = NULL;
  if (deed_layout_size_bytes(&import->layout) == 0) return 0;
  if (!tensor->data) return refuse(state, DEED_ENULL, "it has elements and no data");
  if (__builtin_add_overflow((uintptr_t)tensor->data, tensor->byte_offset, &address)) {
    return refuse(state, DEED_EOVERFLOW, "its byte_offset leaves the address space");
  }
  import->data = (void *)address;
  return 0;
}

/* 0 and import filled but for its keep, or -1 with an exception. */
static int read_tensor(const struct module_state *state, const struct dl_tensor *tensor, uint64_t flags,
                       struct deedpy_import *import) {
  import->origin = DEED_ORIGIN_FOREIGN;
  import->rights = flags & DL_READ_ONLY ? DEED_READ : DEED_READ | DEED_WRITE;
  if (check_device(state, tensor->device.type, tensor->device.id) != 0) return -1;
  if (read_layout(state, tensor, &import->layout) != 0) return -1;
  return read_data(state, tensor, import);
}

static int refuse_version(const struct module_state *state, uint32_t major) {
  deedpy_raise_status(state, DEED_EUNSUPPORTED, "a tensor of DLPack version %u, deed knows version %u", (unsigned)major,
                      DL_MAJOR);
  return -1;
}

int deedpy_import_managed(struct module_state *state, struct dl_managed_versioned *managed,
                          struct deedpy_import *import) {
  if (managed->version.major != DL_MAJOR) return refuse_version(state, managed->version.major);
  if (read_tensor(state, &managed->tensor, managed->flags, import) != 0) return -1;
  struct tensor_keep *keep = deedpy_keep_new_as(sizeof *keep, NULL, end);
  if (!keep) return -1;
  keep->versioned = managed;
  import->keep = &keep->keep;
  return 0;
}

static int take(struct deedpy_import *import) {
  struct tensor_keep *keep = (struct tensor_keep *)import->keep;
  if (PyCapsule_IsValid(import->source, DL_VERSIONED_CAPSULE)) {
    keep->versioned = PyCapsule_GetPointer(import->source, DL_VERSIONED_CAPSULE);
    return PyCapsule_SetName(import->source, DL_USED_VERSIONED_CAPSULE);
  }
  if (PyCapsule_IsValid(import->source, DL_CAPSULE)) {
    keep->unversioned = PyCapsule_GetPointer(import->source, DL_CAPSULE);
    return PyCapsule_SetName(import->source, DL_USED_CAPSULE);
  }
  PyErr_SetString(PyExc_ValueError, consumed);
  return -1;
}

static void give_back(struct deedpy_import *import) {
  struct tensor_keep *keep = (struct tensor_keep *)import->keep;
  (void)!PyCapsule_SetName(import->source, keep->versioned ? DL_VERSIONED_CAPSULE : DL_CAPSULE);
  keep->versioned = NULL;
  keep->unversioned = NULL;
}

/* Of another major version only the deleter may be used. The capsule is consumed, so that its own destructor does not
 * run the deleter again. */
static int end_other_version(const struct module_state *state, PyObject *capsule,
                             struct dl_managed_versioned *managed) {
  uint32_t major = managed->version.major;
  if (PyCapsule_SetName(capsule, DL_USED_VERSIONED_CAPSULE) != 0) return -1;
  if (managed->deleter) managed->deleter(managed);
  return refuse_version(state, major);
}

/* 0 and import filled but for its keep, or -1 with an exception. */
static int read_capsule(struct module_state *state, PyObject *capsule, struct deedpy_import *import) {
  if (PyCapsule_IsValid(capsule, DL_VERSIONED_CAPSULE)) {
    struct dl_managed_versioned *managed = PyCapsule_GetPointer(capsule, DL_VERSIONED_CAPSULE);
    if (managed->version.major != DL_MAJOR) return end_other_version(state, capsule, managed);
    return read_tensor(state, &managed->tensor, managed->flags, import);
  }
  if (PyCapsule_IsValid(capsule, DL_CAPSULE)) {
    const struct dl_managed *managed = PyCapsule_GetPointer(capsule, DL_CAPSULE);
    return read_tensor(state, &managed->tensor, DL_READ_ONLY, import);
  }
  PyErr_SetString(PyExc_ValueError, consumed);
  return -1;
}

static int import_capsule(struct module_state *state, PyObject *capsule, struct deedpy_import *import) {
  if (read_capsule(state, capsule, import) != 0) return -1;
  import->keep = deedpy_keep_new_as(sizeof(struct tensor_keep), NULL, end);
  if (!import->keep) return -1;
  import->source = Py_NewRef(capsule);
  import->take = take;
  import->give_back = give_back;
  return 0;
}

/* Ask before a capsule is made: making one for another device may cost much. Not every producer can be asked; its
 * tensor says the device too. */
static int check_device_of(struct module_state *state, PyObject *object) {
  int type;
  int id;
  PyObject *method = PyObject_GetAttrString(object, "__dlpack_device__");
  if (!method) {
    if (!PyErr_ExceptionMatches(PyExc_AttributeError)) return -1;
    PyErr_Clear();
    return 0;
  }
  PyObject *pair = PyObject_CallNoArgs(method);
  Py_DECREF(method);
  if (!pair) return -1;
  int is_pair = PyTuple_Check(pair) && PyArg_ParseTuple(pair, "ii", &type, &id);
  Py_DECREF(pair);
  if (is_pair) return check_device(state, type, id);
  if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "__dlpack_device__() did not return a pair of int");
  return -1;
}

int deedpy_dlpack_prepare(struct module_state *state) {
  PyObject *version_name = PyUnicode_InternFromString("max_version");
  PyObject *copy_name = PyUnicode_InternFromString("copy");
  if (version_name && copy_name) state->dlpack_keywords = PyTuple_Pack(2, version_name, copy_name);
  Py_XDECREF(version_name);
  Py_XDECREF(copy_name);
  if (state->dlpack_keywords) state->dlpack_version = Py_BuildValue("(ii)", (int)DL_MAJOR, (int)DL_MINOR);
  return state->dlpack_version ? 0 : -1;
}

/* Producers before DLPack 1.0 know no max_version, those before the array API of 2023 no copy. */
static PyObject *capsule_from(const struct module_state *state, PyObject *method) {
  PyObject *const values[] = {state->dlpack_version, Py_False};
  PyObject *capsule = NULL;
  for (Py_ssize_t count = 2; !capsule && count >= 0; --count) {
    if (count < 2 && !PyErr_ExceptionMatches(PyExc_TypeError)) break;
    PyErr_Clear();
    PyObject *names = PyTuple_GetSlice(state->dlpack_keywords, 0, count);
    if (names) capsule = PyObject_Vectorcall(method, values, 0, names);
    Py_XDECREF(names);
  }
  return capsule;
}

int deedpy_import_dlpack(struct module_state *state, PyObject *object, struct deedpy_import *import) {
  if (PyCapsule_CheckExact(object)) return import_capsule(state, object, import) == 0 ? 1 : -1;
  PyObject *method = PyObject_GetAttrString(object, "__dlpack__");
  if (!method) {
    if (!PyErr_ExceptionMatches(PyExc_AttributeError)) return -1;
    PyErr_Clear();
    return 0;
  }
  int is_memory = deedpy_check_unmasked(state, object, deedpy_is_masked(object)) == 0;
  PyObject *capsule = is_memory && check_device_of(state, object) == 0 ? capsule_from(state, method) : NULL;
  int status = capsule ? import_capsule(state, capsule, import) : -1;
  Py_XDECREF(capsule);
  Py_DECREF(method);
  if (status == 0 && deedpy_root_hold(&import->keep->root, object) == 0) return 1;
  if (status == 0) deedpy_import_drop(import);
  return -1;
}
