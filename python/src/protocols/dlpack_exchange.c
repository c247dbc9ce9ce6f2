/* SPDX-License-Identifier: BSD-3-Clause */
/* dlpack_exchange.c - what deed.Array offers to C code of other libraries under __dlpack_c_exchange_api__: tensors
 * without a capsule and without a call of Python. The table lives until the process ends, as DLPack asks. */
#include "protocols/dlpack_exchange.h"

#include "claims/release.h"
#include "claims/trace.h"
#include "protocols/dlpack_dtype.h"
#include "protocols/dlpack_in.h"
#include "protocols/dlpack_out.h"

static struct module_state *find_state(PyObject **module) {
  *module = PyImport_ImportModule("deed._core");
  return *module ? deedpy_state(*module) : NULL;
}

/* The layout of a new array like a tensor; false if deed has none. */
static enum deed_status layout_like(const struct dl_tensor *like, struct deed_layout *layout) {
  enum deed_dtype dtype = deedpy_dtype_of_dl(like->dtype);
  if (!dtype) return DEED_EDTYPE;
  if (like->device.type != DL_CPU) return DEED_EUNSUPPORTED;
  return deed_layout_contiguous(dtype, 0, like->ndim, like->shape, NULL, DEED_ORDER_C, layout);
}

/* The new array lives by the claim of its tensor. */
static enum deed_status alloc_like(struct module_state *state, const struct dl_tensor *like,
                                   struct dl_managed_versioned **out) {
  struct deed_layout layout;
  struct deed_array array;
  const struct deed_site site = {.language = DEED_LANGUAGE_PYTHON};
  enum deed_status status = layout_like(like, &layout);
  if (status == DEED_OK) status = deed_alloc(&layout, 0, &site, &array, NULL);
  if (status != DEED_OK) return status;
  deedpy_trace_begin(array);
  *out = deedpy_dl_export(state, array, 0);
  deedpy_end_claim(array);
  if (*out) return DEED_OK;
  PyErr_Clear();
  return DEED_ENOMEM;
}

static int allocate(struct dl_tensor *like, struct dl_managed_versioned **out, void *context,
                    void (*set_error)(void *context, const char *kind, const char *message)) {
  PyGILState_STATE gil = PyGILState_Ensure();
  PyObject *module;
  struct module_state *state = find_state(&module);
  enum deed_status status = state ? alloc_like(state, like, out) : DEED_EUNSUPPORTED;
  PyErr_Clear();
  Py_XDECREF(module);
  PyGILState_Release(gil);
  if (status == DEED_OK) return 0;
  set_error(context, status == DEED_ENOMEM ? "MemoryError" : "BufferError", deed_status_text(status));
  return -1;
}

static int from_object(void *object, struct dl_managed_versioned **out) {
  *out = deedpy_dl_export(deedpy_state_of(object), deedpy_array(object)->array, 0);
  return *out ? 0 : -1;
}

/* The tensor is deed's from the call on, also when it cannot be held. */
static int to_object(struct dl_managed_versioned *managed, void **object) {
  struct deedpy_import import = {0};
  PyObject *module;
  struct module_state *state = find_state(&module);
  int status = state ? deedpy_import_managed(state, managed, &import) : -1;
  *object = status == 0 ? deedpy_import_adopt(state, &import, NULL) : NULL;
  if (status != 0 && managed->deleter) {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    managed->deleter(managed);
    PyErr_Restore(type, value, traceback);
  }
  Py_XDECREF(module);
  return *object ? 0 : -1;
}

static int stream(int32_t device_type, int32_t device_id, void **out) {
  (void)device_type;
  (void)device_id;
  *out = NULL;
  return 0;
}

static const struct dl_exchange exchange = {.version = {DL_MAJOR, DL_MINOR},
                                            .allocate = allocate,
                                            .from_object = from_object,
                                            .to_object = to_object,
                                            .stream = stream};

/* The type is immutable for Python code, so the attribute goes into its dictionary while nobody has seen it. */
int deedpy_dl_exchange_add(PyTypeObject *array_type) {
  PyObject *capsule = PyCapsule_New((void *)(uintptr_t)&exchange, DL_EXCHANGE_CAPSULE, NULL);
  int status = capsule ? PyDict_SetItemString(array_type->tp_dict, "__dlpack_c_exchange_api__", capsule) : -1;
  Py_XDECREF(capsule);
  if (status == 0) PyType_Modified(array_type);
  return status;
}
