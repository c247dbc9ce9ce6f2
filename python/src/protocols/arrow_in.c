/* SPDX-License-Identifier: BSD-3-Clause */
/* arrow_in.c - an Arrow array on its way into deed. */
#include "protocols/arrow_in.h"

#include "base/errors.h"
#include "protocols/arrow_abi.h"
#include "protocols/arrow_format.h"

struct arrow_keep {
  struct deedpy_keep keep;
  struct arrow_array array;
};

static void end(struct deedpy_keep *keep) {
  struct arrow_array *array = &((struct arrow_keep *)keep)->array;
  if (array->release) array->release(array);
}

static int refuse(const struct module_state *state, enum deed_status status, const char *reason) {
  deedpy_raise_status(state, status, "the Arrow array cannot be held: %s", reason);
  return -1;
}

static int read_type(const struct module_state *state, const struct arrow_schema *schema, struct deed_layout *layout) {
  const char *format = schema->release ? schema->format : NULL;
  if (!format) return refuse(state, DEED_EINVAL, "its schema has been released");
  layout->dtype = (int32_t)deedpy_dtype_of_arrow(format);
  layout->element_size_bytes = deed_dtype_size_bytes((enum deed_dtype)layout->dtype);
  if (layout->dtype && !schema->dictionary && schema->child_count == 0) return 0;
  deedpy_raise_status(state, DEED_EDTYPE, "deed has no type for Arrow format '%s'%s", format,
                      strcmp(format, "b") == 0 ? ", whose logicals are packed into bits" : "");
  return -1;
}

/* What an array may say that deed cannot hold; NULL if nothing. */
static const char *obstacle(const struct arrow_array *array) {
  if (!array->release) return "somebody has moved or released it already";
  if (array->length < 0 || array->offset < 0) return "its length or offset is negative";
  if (array->buffer_count != 2 || !array->buffers) return "it has not the two buffers of a primitive array";
  if (array->child_count != 0 || array->dictionary) return "it has children or a dictionary";
  return NULL;
}

/* Without the bits that say which there are none, whether they were counted (0) or not (-1); another number is a lie.
 */
static int has_nulls(const struct arrow_array *array) {
  return array->null_count != 0 && (array->buffers[0] || array->null_count != -1);
}

static int read_elements(const struct module_state *state, const struct arrow_array *array,
                         struct deedpy_import *import) {
  uintptr_t address;
  int64_t end_bytes;
  int64_t size_bytes = import->layout.element_size_bytes;
  const char *reason = obstacle(array);
  if (reason) return refuse(state, DEED_EINVAL, reason);
  if (has_nulls(array)) return refuse(state, DEED_EUNSUPPORTED, "it has or may have nulls");
  if (__builtin_add_overflow(array->offset, array->length, &end_bytes) ||
      __builtin_mul_overflow(end_bytes, size_bytes, &end_bytes)) {
    return refuse(state, DEED_EOVERFLOW, "its elements do not fit 64 bits");
  }
  import->data = NULL;
  if (array->length == 0) return 0;
  if (!array->buffers[1]) return refuse(state, DEED_ENULL, "it has a length and no elements");
  if (__builtin_add_overflow((uintptr_t)array->buffers[1], (uintptr_t)(array->offset * size_bytes), &address)) {
    return refuse(state, DEED_EOVERFLOW, "its offset leaves the address space");
  }
  import->data = (void *)address;
  return 0;
}

/* As Arrow says: whoever has the release of an array has the array. */
void deedpy_move_arrow(struct deedpy_import *import, struct arrow_array *array) {
  ((struct arrow_keep *)import->keep)->array = *array;
  array->release = NULL;
}

static int take(struct deedpy_import *import) {
  struct arrow_array *array = PyCapsule_GetPointer(import->source, ARROW_ARRAY_CAPSULE);
  if (!array || !array->release) {
    PyErr_SetString(PyExc_ValueError, "somebody has moved or released the Arrow array meanwhile");
    return -1;
  }
  deedpy_move_arrow(import, array);
  return 0;
}

static void give_back(struct deedpy_import *import) {
  struct arrow_keep *keep = (struct arrow_keep *)import->keep;
  struct arrow_array *array = PyCapsule_GetPointer(import->source, ARROW_ARRAY_CAPSULE);
  *array = keep->array;
  keep->array.release = NULL;
}

int deedpy_describe_arrow(struct module_state *state, const struct arrow_schema *schema,
                          const struct arrow_array *array, struct deedpy_import *import) {
  import->origin = DEED_ORIGIN_FOREIGN;
  import->rights = DEED_READ;
  import->layout = (struct deed_layout){.rank = 1};
  if (read_type(state, schema, &import->layout) != 0 || read_elements(state, array, import) != 0) return -1;
  import->layout.dim[0].extent = array->length;
  import->layout.dim[0].stride_bytes = import->layout.element_size_bytes;
  import->layout.dim[0].lower = 1;
  struct arrow_keep *keep = deedpy_keep_new_as(sizeof *keep, NULL, end);
  if (!keep) return -1;
  import->keep = &keep->keep;
  return 0;
}

static int is_pair_of_capsules(PyObject *pair) {
  return PyTuple_Check(pair) && PyTuple_GET_SIZE(pair) == 2 &&
         PyCapsule_IsValid(PyTuple_GET_ITEM(pair, 0), ARROW_SCHEMA_CAPSULE) &&
         PyCapsule_IsValid(PyTuple_GET_ITEM(pair, 1), ARROW_ARRAY_CAPSULE);
}

static int import_pair(struct module_state *state, PyObject *pair, struct deedpy_import *import) {
  if (!is_pair_of_capsules(pair)) {
    PyErr_Format(PyExc_TypeError, "__arrow_c_array__() did not return a pair of Arrow's capsules, but %R", pair);
    return -1;
  }
  struct arrow_schema *schema = PyCapsule_GetPointer(PyTuple_GET_ITEM(pair, 0), ARROW_SCHEMA_CAPSULE);
  struct arrow_array *array = PyCapsule_GetPointer(PyTuple_GET_ITEM(pair, 1), ARROW_ARRAY_CAPSULE);
  if (deedpy_describe_arrow(state, schema, array, import) != 0) return -1;
  import->source = Py_NewRef(PyTuple_GET_ITEM(pair, 1));
  import->take = take;
  import->give_back = give_back;
  return 0;
}

int deedpy_import_arrow(struct module_state *state, PyObject *object, struct deedpy_import *import) {
  PyObject *method = PyObject_GetAttrString(object, "__arrow_c_array__");
  if (!method) {
    if (!PyErr_ExceptionMatches(PyExc_AttributeError)) return -1;
    PyErr_Clear();
    return 0;
  }
  PyObject *pair = PyObject_CallNoArgs(method);
  int status = pair ? import_pair(state, pair, import) : -1;
  Py_XDECREF(pair);
  Py_DECREF(method);
  return status == 0 ? 1 : -1;
}
