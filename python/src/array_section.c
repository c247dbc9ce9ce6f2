/* SPDX-License-Identifier: BSD-3-Clause */
/* array_section.c - indexing of a deed.Array with integers and slices, by the rules of NumPy. */
#include "array_section.h"

#include "array_numbers.h"
#include "errors.h"
#include "ndarray_out.h"

/* What an index selects: a range of each dimension, and whether that dimension is dropped. */
struct selection {
  struct deed_range ranges[DEED_MAX_RANK];
  int is_dropped[DEED_MAX_RANK];
};

static struct deed_range whole_range(const struct deed_layout *layout, int32_t k) {
  if (layout->shape[k] == 0) return (struct deed_range){1, 0, 1};
  return (struct deed_range){layout->lower[k], layout->lower[k] + (layout->shape[k] - 1), 1};
}

static int select_slice(const struct deed_layout *layout, int32_t k, PyObject *slice, struct deed_range *range) {
  Py_ssize_t start, stop, step;
  if (PySlice_Unpack(slice, &start, &stop, &step) != 0) return -1;
  Py_ssize_t count = PySlice_AdjustIndices((Py_ssize_t)layout->shape[k], &start, &stop, step);
  if (count == 0) {
    *range = (struct deed_range){1, 0, 1};
  } else {
    int64_t first = layout->lower[k] + start;
    *range = (struct deed_range){first, first + (count - 1) * step, count == 1 ? 1 : step};
  }
  return 0;
}

static int select_integer(const struct module_state *state, const struct deed_layout *layout, int32_t k, PyObject *item,
                          struct deed_range *range) {
  Py_ssize_t index = PyNumber_AsSsize_t(item, PyExc_IndexError);
  if (index == -1 && PyErr_Occurred()) return -1;
  if (index < -layout->shape[k] || index >= layout->shape[k]) {
    deedpy_raise_status(state, DEED_EBOUNDS, "index %zd is out of bounds for dimension %d of extent %lld", index,
                        (int)k, (long long)layout->shape[k]);
    return -1;
  }
  int64_t first = layout->lower[k] + index + (index < 0 ? layout->shape[k] : 0);
  *range = (struct deed_range){first, first, 1};
  return 0;
}

/* An ndarray has __index__ too, whatever it contains. */
static int is_integer(PyObject *item) {
  if (!PyArray_Check(item)) return PyIndex_Check(item) && !PyBool_Check(item);
  return PyArray_NDIM((PyArrayObject *)item) == 0 && PyArray_ISINTEGER((PyArrayObject *)item);
}

static int select_item(const struct module_state *state, const struct deed_layout *layout, int32_t k, PyObject *item,
                       struct selection *selection) {
  if (PySlice_Check(item)) return select_slice(layout, k, item, &selection->ranges[k]);
  if (is_integer(item)) {
    selection->is_dropped[k] = 1;
    return select_integer(state, layout, k, item, &selection->ranges[k]);
  }
  PyErr_Format(PyExc_TypeError,
               "deed.Array indices are integers, slices and one ellipsis, not %.100s; numpy() knows the others",
               Py_TYPE(item)->tp_name);
  return -1;
}

/* How many dimensions the items use; -1 with IndexError if these are too many or there is a second ellipsis. */
static Py_ssize_t used_dimensions(const struct module_state *state, PyObject *items, int32_t rank) {
  Py_ssize_t count = PyTuple_GET_SIZE(items);
  Py_ssize_t ellipses = 0;
  for (Py_ssize_t k = 0; k < count; ++k) ellipses += PyTuple_GET_ITEM(items, k) == Py_Ellipsis;
  if (ellipses <= 1 && count - ellipses <= rank) return count - ellipses;
  deedpy_raise_status(state, DEED_EBOUNDS, "%zd indices and %zd ellipses for an array of %d dimensions",
                      count - ellipses, ellipses, (int)rank);
  return -1;
}

static int select_items(const struct module_state *state, const struct deed_layout *layout, PyObject *items,
                        struct selection *selection) {
  Py_ssize_t used = used_dimensions(state, items, layout->rank);
  int32_t dimension = 0;
  if (used < 0) return -1;
  for (int32_t k = 0; k < layout->rank; ++k) selection->ranges[k] = whole_range(layout, k);
  for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(items); ++k) {
    PyObject *item = PyTuple_GET_ITEM(items, k);
    if (item == Py_Ellipsis) {
      dimension += layout->rank - (int32_t)used;
    } else if (select_item(state, layout, dimension++, item, selection) != 0) {
      return -1;
    }
  }
  return 0;
}

static int select_index(const struct module_state *state, const struct deed_layout *layout, PyObject *index,
                        struct selection *selection) {
  PyObject *items = PyTuple_Check(index) ? Py_NewRef(index) : PyTuple_Pack(1, index);
  if (!items) return -1;
  int status = select_items(state, layout, items, selection);
  Py_DECREF(items);
  return status;
}

/* The sub-layout of a selection. Sections have the lower bound 1, so that is the index of a dropped dimension. */
static enum deed_status apply(const struct selection *selection, struct deed_layout *layout, int64_t *offset_bytes) {
  int32_t rank = layout->rank;
  enum deed_status status = deed_layout_section(layout, selection->ranges, layout, offset_bytes);
  for (int32_t k = rank - 1; k >= 0 && status == DEED_OK; --k) {
    int64_t pick_bytes = 0;
    if (selection->is_dropped[k]) status = deed_layout_pick(layout, k, 1, layout, &pick_bytes);
    *offset_bytes += pick_bytes;
  }
  return status;
}

PyObject *deedpy_array_section(PyObject *self, PyObject *index, PyObject *lower) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_descriptor descriptor;
  struct selection selection = {.is_dropped = {0}};
  int64_t offset_bytes = 0;
  if (deedpy_describe(state, deedpy_array(self)->array, &descriptor) != 0) return NULL;
  if (select_index(state, &descriptor.layout, index, &selection) != 0) return NULL;
  enum deed_status status = apply(&selection, &descriptor.layout, &offset_bytes);
  if (status != DEED_OK) return deedpy_raise_status(state, status, "section: %s", deed_status_text(status));
  return deedpy_array_view(self, offset_bytes, &descriptor.layout, lower);
}

PyObject *deedpy_array_item(PyObject *self, PyObject *index) { return deedpy_array_section(self, index, NULL); }

int deedpy_array_set_item(PyObject *self, PyObject *index, PyObject *value) {
  if (!value) {
    PyErr_SetString(PyExc_TypeError, "elements of a deed.Array cannot be deleted");
    return -1;
  }
  PyObject *ndarray = deedpy_ndarray(self, NULL);
  PyObject *elements = ndarray ? deedpy_operand(value) : NULL;
  int status = elements ? PyObject_SetItem(ndarray, index, elements) : -1;
  Py_XDECREF(elements);
  Py_XDECREF(ndarray);
  return status;
}

PyObject *deedpy_array_row(PyObject *self, Py_ssize_t index) {
  PyObject *number = PyLong_FromSsize_t(index);
  PyObject *row = number ? deedpy_array_item(self, number) : NULL;
  Py_XDECREF(number);
  return row;
}

PyObject *deedpy_array_iterator(PyObject *self) { return deedpy_array_length(self) < 0 ? NULL : PySeqIter_New(self); }

Py_ssize_t deedpy_array_length(PyObject *self) {
  struct deed_descriptor descriptor;
  if (deedpy_describe(deedpy_state_of(self), deedpy_array(self)->array, &descriptor) != 0) return -1;
  if (descriptor.layout.rank > 0) return (Py_ssize_t)descriptor.layout.shape[0];
  PyErr_SetString(PyExc_TypeError, "an array of rank 0 has no len()");
  return -1;
}
