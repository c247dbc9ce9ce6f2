/* SPDX-License-Identifier: BSD-3-Clause */
/* array_section.c - indexing of a deed.Array with integers and slices, by the rules of NumPy. */
#include "array/array_section.h"

#include "array/array_numbers.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "protocols/ndarray_out.h"

/* What an index selects: a range of each dimension, whether that dimension is dropped, and where new ones come in. */
struct selection {
  struct deed_range ranges[DEED_MAX_RANK];
  int is_dropped[DEED_MAX_RANK];
  int32_t new_axes[DEED_MAX_RANK]; /* dimensions of the result, in ascending order */
  int32_t new_axis_count;
  int32_t result_rank;
  int is_element; /* an integer for each dimension and nothing else */
};

static struct deed_range whole_range(const struct deed_layout *layout, int32_t k) {
  if (layout->dim[k].extent == 0) return (struct deed_range){1, 0, 1};
  return (struct deed_range){layout->dim[k].lower, layout->dim[k].lower + (layout->dim[k].extent - 1), 1};
}

static int select_slice(const struct deed_layout *layout, int32_t k, PyObject *slice, struct deed_range *range) {
  Py_ssize_t start, stop, step;
  if (PySlice_Unpack(slice, &start, &stop, &step) != 0) return -1;
  Py_ssize_t count = PySlice_AdjustIndices((Py_ssize_t)layout->dim[k].extent, &start, &stop, step);
  if (count == 0) {
    *range = (struct deed_range){1, 0, 1};
  } else {
    int64_t first = layout->dim[k].lower + start;
    *range = (struct deed_range){first, first + (count - 1) * step, count == 1 ? 1 : step};
  }
  return 0;
}

static int select_integer(const struct module_state *state, const struct deed_layout *layout, int32_t k, PyObject *item,
                          struct deed_range *range) {
  Py_ssize_t index = PyNumber_AsSsize_t(item, PyExc_IndexError);
  if (index == -1 && PyErr_Occurred()) return -1;
  if (index < -layout->dim[k].extent || index >= layout->dim[k].extent) {
    deedpy_raise_status(state, DEED_EBOUNDS, "index %zd is out of bounds for dimension %d of extent %lld", index,
                        (int)k, (long long)layout->dim[k].extent);
    return -1;
  }
  int64_t first = layout->dim[k].lower + index + (index < 0 ? layout->dim[k].extent : 0);
  *range = (struct deed_range){first, first, 1};
  return 0;
}

/* Arrays have __index__ too, whatever they contain, and truth values of Python and of NumPy 1. */
static int is_integer(PyObject *item) {
  if (PyBool_Check(item) || PyArray_IsScalar(item, Bool)) return 0;
  if (!PyArray_Check(item)) return PyIndex_Check(item);
  return PyArray_NDIM((PyArrayObject *)item) == 0 && PyArray_ISINTEGER((PyArrayObject *)item);
}

static int refuse_index(PyObject *item) {
  PyErr_Format(PyExc_TypeError,
               "deed.Array indices are integers, slices, None and one ellipsis, not %.100s; numpy() knows the others",
               Py_TYPE(item)->tp_name);
  return -1;
}

static int select_dropped(const struct module_state *state, const struct deed_layout *layout, int32_t k, PyObject *item,
                          struct selection *selection) {
  PyObject *integer = deedpy_operand(item);
  int status = -1;
  selection->is_dropped[k] = 1;
  if (integer) {
    status =
        is_integer(integer) ? select_integer(state, layout, k, integer, &selection->ranges[k]) : refuse_index(item);
  }
  Py_XDECREF(integer);
  return status;
}

static int select_new_axis(const struct module_state *state, struct selection *selection) {
  if (selection->new_axis_count == DEED_MAX_RANK) {
    deedpy_raise_status(state, DEED_ERANK, "more than %d new dimensions", DEED_MAX_RANK);
    return -1;
  }
  selection->new_axes[selection->new_axis_count++] = selection->result_rank++;
  return 0;
}

/* What the items are: how many of them use a dimension, and how many are an ellipsis. */
struct items_tally {
  Py_ssize_t used;
  Py_ssize_t ellipses;
};

static struct items_tally tally_of(PyObject *items) {
  struct items_tally tally = {0, 0};
  for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(items); ++k) {
    PyObject *item = PyTuple_GET_ITEM(items, k);
    tally.ellipses += item == Py_Ellipsis;
    tally.used += item != Py_Ellipsis && item != Py_None;
  }
  return tally;
}

/* dimension: the next of the array that no item has used yet. 0, or -1 with an exception. */
static int select_item(const struct module_state *state, const struct deed_layout *layout, PyObject *item,
                       Py_ssize_t used, int32_t *dimension, struct selection *selection) {
  if (item == Py_None) return select_new_axis(state, selection);
  int32_t first = *dimension;
  *dimension += item == Py_Ellipsis ? layout->rank - (int32_t)used : 1;
  if (item != Py_Ellipsis && !PySlice_Check(item)) return select_dropped(state, layout, first, item, selection);
  selection->result_rank += *dimension - first;
  return item == Py_Ellipsis ? 0 : select_slice(layout, first, item, &selection->ranges[first]);
}

static int select_items(const struct module_state *state, const struct deed_layout *layout, PyObject *items,
                        struct selection *selection) {
  struct items_tally tally = tally_of(items);
  int32_t dimension = 0;
  if (tally.ellipses > 1 || tally.used > layout->rank) {
    deedpy_raise_status(state, DEED_EBOUNDS, "%zd indices and %zd ellipses for an array of %d dimensions", tally.used,
                        tally.ellipses, (int)layout->rank);
    return -1;
  }
  for (int32_t k = 0; k < layout->rank; ++k) selection->ranges[k] = whole_range(layout, k);
  for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(items); ++k) {
    PyObject *item = PyTuple_GET_ITEM(items, k);
    if (select_item(state, layout, item, tally.used, &dimension, selection) != 0) return -1;
  }
  selection->is_element = tally.ellipses == 0;
  for (int32_t k = 0; k < layout->rank; ++k) selection->is_element &= selection->is_dropped[k];
  selection->is_element &= selection->new_axis_count == 0;
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

/* As NumPy has it, the stride of a new dimension is 0: nothing follows its only index. */
static enum deed_status insert_dimension(struct deed_layout *layout, int32_t at) {
  if (layout->rank == DEED_MAX_RANK) return DEED_ERANK;
  for (int32_t k = layout->rank++; k > at; --k) {
    layout->dim[k].extent = layout->dim[k - 1].extent;
    layout->dim[k].stride_bytes = layout->dim[k - 1].stride_bytes;
    layout->dim[k].lower = layout->dim[k - 1].lower;
  }
  layout->dim[at].extent = 1;
  layout->dim[at].stride_bytes = 0;
  layout->dim[at].lower = 1;
  return DEED_OK;
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
  for (int32_t k = 0; k < selection->new_axis_count && status == DEED_OK; ++k) {
    status = insert_dimension(layout, selection->new_axes[k]);
  }
  return status;
}

/* Where the elements of an index lie. */
struct section {
  struct deed_array claim; /* that the index was held against: to ask an index for its number may run any code */
  struct deed_layout layout;
  int64_t offset_bytes;
  int is_element;
};

/* section [fills]. 0, or -1 with an exception. */
static int section_of(PyObject *self, PyObject *index, struct section *section) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_descriptor descriptor;
  struct selection selection = {.is_dropped = {0}};
  const struct deed_array claim = deedpy_array(self)->array;
  if (deedpy_describe_anywhere(state, claim, &descriptor) != 0) return -1;
  if (select_index(state, &descriptor.layout, index, &selection) != 0) return -1;
  section->claim = claim;
  section->layout = descriptor.layout;
  section->offset_bytes = 0;
  section->is_element = selection.is_element;
  enum deed_status status = apply(&selection, &section->layout, &section->offset_bytes);
  if (status == DEED_OK) return 0;
  deedpy_raise_status(state, status, "section: %s", deed_status_text(status));
  return -1;
}

PyObject *deedpy_array_section(PyObject *self, PyObject *index, PyObject *lower) {
  struct section section;
  if (section_of(self, index, &section) != 0) return NULL;
  return deedpy_array_view(self, section.offset_bytes, &section.layout, lower);
}

PyObject *deedpy_array_item(PyObject *self, PyObject *index) {
  struct section section;
  if (section_of(self, index, &section) != 0) return NULL;
  if (section.is_element) return deedpy_element_value(self, section.claim, section.offset_bytes);
  return deedpy_array_view(self, section.offset_bytes, &section.layout, NULL);
}

int deedpy_array_set_item(PyObject *self, PyObject *index, PyObject *value) {
  if (!value) {
    PyErr_SetString(PyExc_ValueError, "elements of a deed.Array cannot be deleted");
    return -1;
  }
  PyObject *ndarray = deedpy_ndarray(self, NULL);
  PyObject *elements = ndarray ? deedpy_operand(value) : NULL;
  int status = elements ? PyObject_SetItem(ndarray, index, elements) : -1;
  Py_XDECREF(elements);
  Py_XDECREF(ndarray);
  return status;
}

/* Python has added the length to a negative index, so one that still is negative is out of bounds. */
PyObject *deedpy_array_row(PyObject *self, Py_ssize_t index) {
  if (index < 0) {
    return deedpy_raise_status(deedpy_state_of(self), DEED_EBOUNDS, "the index is out of bounds by %zd", -index);
  }
  PyObject *number = PyLong_FromSsize_t(index);
  PyObject *row = number ? deedpy_array_item(self, number) : NULL;
  Py_XDECREF(number);
  return row;
}

PyObject *deedpy_array_iterator(PyObject *self) { return deedpy_array_length(self) < 0 ? NULL : PySeqIter_New(self); }

Py_ssize_t deedpy_array_length(PyObject *self) {
  struct deed_descriptor descriptor;
  if (deedpy_describe_anywhere(deedpy_state_of(self), deedpy_array(self)->array, &descriptor) != 0) return -1;
  if (descriptor.layout.rank > 0) return (Py_ssize_t)descriptor.layout.dim[0].extent;
  PyErr_SetString(PyExc_TypeError, "an array of rank 0 has no len()");
  return -1;
}

int deedpy_array_contains(PyObject *self, PyObject *value) {
  PyObject *ndarray = deedpy_ndarray(self, NULL);
  PyObject *operand = ndarray ? deedpy_operand(value) : NULL;
  int status = operand ? PySequence_Contains(ndarray, operand) : -1;
  Py_XDECREF(operand);
  Py_XDECREF(ndarray);
  return status;
}
