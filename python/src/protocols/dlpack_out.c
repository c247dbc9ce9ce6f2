/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_out.c - an array of deed as a DLPack tensor: one allocation with the tensor, its extents and the claim that
 * keeps the memory. */
#include "protocols/dlpack_out.h"

#include <stdlib.h>

#include "base/errors.h"
#include "claims/long_copy.h"
#include "claims/release.h"
#include "claims/share.h"
#include "claims/site.h"
#include "protocols/dlpack_dtype.h"

/* What the pointer to the tensor of either form points into. */
struct exported {
  union {
    struct dl_managed_versioned versioned;
    struct dl_managed unversioned;
  } managed;
  struct deed_array claim;
  int64_t extents[]; /* shape, then strides */
};

static void end(struct exported *exported) {
  deedpy_end_claim(exported->claim);
  free(exported);
}

static void end_versioned(struct dl_managed_versioned *self) { end(self->context); }
static void end_unversioned(struct dl_managed *self) { end(self->context); }

static int refuse(const char *reason) {
  PyErr_Format(PyExc_BufferError, "DLPack cannot take this array: %s", reason);
  return -1;
}

/* Extents, and strides in elements; one that leads to no second element may be rounded. 0, or -1 with BufferError. */
static int fill_extents(const struct deed_layout *layout, int64_t *shape, int64_t *strides) {
  int is_any_used = deed_layout_element_count(layout) > 0;
  for (int32_t k = 0; k < layout->rank; ++k) {
    if (is_any_used && layout->dim[k].extent > 1 && layout->dim[k].stride_bytes % layout->element_size_bytes != 0) {
      return refuse("a stride is no multiple of the size of an element");
    }
    shape[k] = layout->dim[k].extent;
    strides[k] = layout->dim[k].stride_bytes / layout->element_size_bytes;
  }
  return 0;
}

static int fill_tensor(const struct deed_descriptor *descriptor, struct exported *exported, struct dl_tensor *tensor) {
  const struct deed_layout *layout = &descriptor->layout;
  *tensor = (struct dl_tensor){.data = descriptor->data, .device = {DL_CPU, 0}, .ndim = layout->rank};
  if (deedpy_dl_dtype((enum deed_dtype)layout->dtype, &tensor->dtype) != 0) {
    PyErr_Format(PyExc_BufferError, "DLPack has no type for %s", deed_dtype_name((enum deed_dtype)layout->dtype));
    return -1;
  }
  if (layout->rank > 0) {
    tensor->shape = exported->extents;
    tensor->strides = exported->extents + layout->rank;
  }
  return fill_extents(layout, exported->extents, exported->extents + layout->rank);
}

/* Memory for a tensor of this array with a claim of its own; descriptor [fills] is of the array. NULL with an
 * exception. */
static struct exported *begin(struct module_state *state, struct deed_array array, struct deed_descriptor *descriptor) {
  if (deedpy_describe(state, array, descriptor) != 0) return NULL;
  size_t extents = 2 * (size_t)descriptor->layout.rank;
  struct exported *exported = malloc(sizeof *exported + extents * sizeof(int64_t));
  if (!exported) {
    PyErr_NoMemory();
    return NULL;
  }
  if (deedpy_share_here(state, array, &exported->claim) == 0) return exported;
  free(exported);
  return NULL;
}

struct dl_managed_versioned *deedpy_dl_export(struct module_state *state, struct deed_array array, uint64_t flags) {
  struct deed_descriptor descriptor;
  struct exported *exported = begin(state, array, &descriptor);
  if (!exported) return NULL;
  struct dl_managed_versioned *managed = &exported->managed.versioned;
  managed->version = (struct dl_version){DL_MAJOR, DL_MINOR};
  managed->context = exported;
  managed->deleter = end_versioned;
  managed->flags = flags | (descriptor.rights & DEED_WRITE ? 0 : DL_READ_ONLY);
  if (fill_tensor(&descriptor, exported, &managed->tensor) == 0) return managed;
  end(exported);
  return NULL;
}

/* The unversioned form cannot say that memory is read-only. */
static struct dl_managed *export_unversioned(struct module_state *state, struct deed_array array) {
  struct deed_descriptor descriptor;
  struct exported *exported = begin(state, array, &descriptor);
  if (!exported) return NULL;
  struct dl_managed *managed = &exported->managed.unversioned;
  managed->context = exported;
  managed->deleter = end_unversioned;
  int status = descriptor.rights & DEED_WRITE
                   ? fill_tensor(&descriptor, exported, &managed->tensor)
                   : refuse("it is read-only, which DLPack can say from version 1.0 on (max_version)");
  if (status == 0) return managed;
  end(exported);
  return NULL;
}

/* A capsule that was consumed has another name and owns nothing. */
static void end_capsule(PyObject *capsule) {
  if (PyCapsule_IsValid(capsule, DL_VERSIONED_CAPSULE)) {
    end_versioned(PyCapsule_GetPointer(capsule, DL_VERSIONED_CAPSULE));
  } else if (PyCapsule_IsValid(capsule, DL_CAPSULE)) {
    end_unversioned(PyCapsule_GetPointer(capsule, DL_CAPSULE));
  }
}

static PyObject *versioned_capsule(struct module_state *state, struct deed_array array, uint64_t flags) {
  struct dl_managed_versioned *managed = deedpy_dl_export(state, array, flags);
  PyObject *capsule = managed ? PyCapsule_New(managed, DL_VERSIONED_CAPSULE, end_capsule) : NULL;
  if (managed && !capsule) end_versioned(managed);
  return capsule;
}

static PyObject *unversioned_capsule(struct module_state *state, struct deed_array array) {
  struct dl_managed *managed = export_unversioned(state, array);
  PyObject *capsule = managed ? PyCapsule_New(managed, DL_CAPSULE, end_capsule) : NULL;
  if (managed && !capsule) end_unversioned(managed);
  return capsule;
}

struct wanted {
  PyObject *stream;
  PyObject *max_version;
  PyObject *device;
  PyObject *copy;
};

/* None, or the pair (1, 0): this processor. */
static int check_device(PyObject *device) {
  int type;
  int id;
  if (device == Py_None) return 0;
  if (!PyTuple_Check(device) || !PyArg_ParseTuple(device, "ii", &type, &id)) {
    PyErr_Clear();
    PyErr_Format(PyExc_TypeError, "dl_device must be None or a pair of int, not %R", device);
    return -1;
  }
  return type == DL_CPU && id == 0 ? 0 : refuse("it is on the CPU, dl_device (1, 0); another device is asked for");
}

/* major [fills]: 0 where the unversioned form is asked for. */
static int major_of(PyObject *version, int *major) {
  int minor;
  *major = 0;
  if (version == Py_None) return 0;
  if (PyTuple_Check(version) && PyArg_ParseTuple(version, "ii", major, &minor)) return 0;
  PyErr_Clear();
  PyErr_Format(PyExc_TypeError, "max_version must be None or a pair of int, not %R", version);
  return -1;
}

/* The array whose elements go out: a copy if one is asked for. copy [fills]: to be released, or no array. */
static int copy_if_wanted(PyObject *self, PyObject *wanted, struct deed_array *copy) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_error error;
  copy->bits = 0;
  if (wanted == Py_None) return 0;
  int is_wanted = PyObject_IsTrue(wanted);
  if (is_wanted <= 0) return is_wanted;
  struct deed_site site = deedpy_begin_verb(state);
  if (deedpy_copy(deedpy_array(self)->array, DEED_ORDER_ANY, DEED_COPY_REQUESTED, &site, copy, &error) == DEED_OK) {
    return 0;
  }
  deedpy_raise(state, &error);
  return -1;
}

static PyObject *capsule_of(PyObject *self, const struct wanted *wanted, int major) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_array copy;
  if (copy_if_wanted(self, wanted->copy, &copy) != 0) return NULL;
  struct deed_array array = copy.bits ? copy : deedpy_array(self)->array;
  PyObject *capsule =
      major > 0 ? versioned_capsule(state, array, copy.bits ? DL_IS_COPIED : 0) : unversioned_capsule(state, array);
  deedpy_end_claim(copy);
  return capsule;
}

PyObject *deedpy_array_dlpack(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"stream", "max_version", "dl_device", "copy", NULL};
  struct wanted wanted = {Py_None, Py_None, Py_None, Py_None};
  int major;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|$OOOO:__dlpack__", names, &wanted.stream, &wanted.max_version,
                                   &wanted.device, &wanted.copy)) {
    return NULL;
  }
  if (wanted.stream != Py_None) {
    refuse("it is on the CPU, which has no streams; stream must be None");
    return NULL;
  }
  if (major_of(wanted.max_version, &major) != 0 || check_device(wanted.device) != 0) return NULL;
  return capsule_of(self, &wanted, major);
}

PyObject *deedpy_array_dlpack_device(PyObject *self, PyObject *unused) {
  struct deed_descriptor descriptor;
  (void)unused;
  enum deed_status status = deed_describe(deedpy_array(self)->array, &descriptor, sizeof descriptor);
  if (status != DEED_OK || descriptor.device_type == 0) return Py_BuildValue("(ii)", DL_CPU, 0);
  return Py_BuildValue("(ii)", (int)descriptor.device_type, (int)descriptor.device_id);
}
