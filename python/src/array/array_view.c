/* SPDX-License-Identifier: BSD-3-Clause */
/* array_view.c - the methods of deed.Array that look at the same elements in another form. */
#include "array/array_view.h"

#include "array/array_section.h"
#include "base/arguments.h"
#include "base/dtype_map.h"
#include "base/errors.h"
#include "claims/array_object.h"

static int layout_of(PyObject *self, struct deed_layout *layout) {
  struct deed_descriptor descriptor;
  if (deedpy_describe_anywhere(deedpy_state_of(self), deedpy_array(self)->array, &descriptor) != 0) return -1;
  *layout = descriptor.layout;
  return 0;
}

static PyObject *view_or_raise(PyObject *self, const char *verb, enum deed_status status, int64_t offset_bytes,
                               struct deed_layout *layout) {
  if (status == DEED_OK) return deedpy_array_view(self, offset_bytes, layout, NULL);
  return deedpy_raise_status(deedpy_state_of(self), status, "%s: %s", verb, deed_status_text(status));
}

PyObject *deedpy_array_view_method(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"index", "lower", NULL};
  PyObject *index = Py_Ellipsis;
  PyObject *lower = NULL;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|OO:view", names, &index, &lower)) return NULL;
  if (PyType_Check(index) || PyUnicode_Check(index) || PyArray_DescrCheck(index)) {
    return PyErr_Format(
        PyExc_TypeError,
        "view() takes an index and lower bounds, not %R; component(dtype) shows a part of each element, "
        "numpy(dtype) shows the elements as another type",
        index);
  }
  return deedpy_array_section(self, index, lower);
}

PyObject *deedpy_array_rebound(PyObject *self, PyObject *lower) {
  struct deed_layout layout;
  if (layout_of(self, &layout) != 0) return NULL;
  return deedpy_array_view(self, 0, &layout, lower);
}

PyObject *deedpy_array_transposed(PyObject *self, void *closure) {
  struct deed_layout layout;
  (void)closure;
  if (layout_of(self, &layout) != 0) return NULL;
  return view_or_raise(self, "transpose", deed_layout_transpose(&layout, NULL, &layout), 0, &layout);
}

static int permutation_of(PyObject *self, PyObject *axes, int32_t rank, int32_t permutation[DEED_MAX_RANK]) {
  int64_t values[DEED_MAX_RANK];
  int32_t count = deedpy_integers(deedpy_state_of(self), axes, "axes", values);
  if (count < 0) return -1;
  if (count != rank) {
    deedpy_raise_status(deedpy_state_of(self), DEED_ERANK, "%d axes for an array of %d dimensions", (int)count,
                        (int)rank);
    return -1;
  }
  for (int32_t k = 0; k < rank; ++k) {
    int64_t axis = values[k] < 0 ? values[k] + rank : values[k];
    permutation[k] = axis < 0 || axis >= rank ? -1 : (int32_t)axis;
  }
  return 0;
}

PyObject *deedpy_array_transpose(PyObject *self, PyObject *axes) {
  struct deed_layout layout;
  int32_t permutation[DEED_MAX_RANK];
  if (PyTuple_GET_SIZE(axes) == 0) return deedpy_array_transposed(self, NULL);
  PyObject *only = PyTuple_GET_ITEM(axes, 0);
  if (PyTuple_GET_SIZE(axes) == 1 && only == Py_None) return deedpy_array_transposed(self, NULL);
  if (PyTuple_GET_SIZE(axes) == 1 && PySequence_Check(only)) axes = only;
  if (layout_of(self, &layout) != 0 || permutation_of(self, axes, layout.rank, permutation) != 0) return NULL;
  enum deed_status status = deed_layout_transpose(&layout, permutation, &layout);
  if (status == DEED_OK) return deedpy_array_view(self, 0, &layout, NULL);
  return deedpy_raise_status(deedpy_state_of(self), status, "transpose: axes %R are no order of the axes 0 to %d", axes,
                             (int)layout.rank - 1);
}

/* An extent of -1 is what the others leave. If they do not, it stays and the core refuses it. */
static void fill_in_extent(int64_t element_count, int32_t rank, int64_t *extents) {
  int64_t known = 1;
  int32_t unknown = -1;
  for (int32_t k = 0; k < rank; ++k) {
    if (extents[k] == -1 && unknown < 0) {
      unknown = k;
    } else if (extents[k] <= 0 || __builtin_mul_overflow(known, extents[k], &known)) {
      return;
    }
  }
  if (unknown >= 0 && element_count % known == 0) extents[unknown] = element_count / known;
}

/* order and copy, as NumPy has them. 0, or -1 with an exception. */
static int reshape_keywords(PyObject *keywords, const struct deed_layout *layout, enum deed_order *order) {
  static char *names[] = {"order", "copy", NULL};
  const char *text = "C";
  PyObject *copy = Py_None;
  PyObject *nothing = PyTuple_New(0);
  int is_parsed = nothing && PyArg_ParseTupleAndKeywords(nothing, keywords, "|$sO:reshape", names, &text, &copy);
  Py_XDECREF(nothing);
  if (!is_parsed || deedpy_order(text, order) != 0) return -1;
  if (copy != Py_None && copy != Py_False) {
    PyErr_SetString(PyExc_TypeError, "reshape() gives views and no copies; copy() gives a copy");
    return -1;
  }
  if (strcmp(text, "K") == 0) {
    PyErr_SetString(PyExc_ValueError, "order of reshape must be 'C', 'F' or 'A', not 'K'");
    return -1;
  }
  if (*order != DEED_ORDER_ANY) return 0;
  int is_c = deed_layout_is_contiguous(layout, DEED_ORDER_C) || !deed_layout_is_contiguous(layout, DEED_ORDER_FORTRAN);
  *order = is_c ? DEED_ORDER_C : DEED_ORDER_FORTRAN;
  return 0;
}

static PyObject *refuse_reshape(PyObject *self, PyObject *shape, const struct deed_layout *layout,
                                enum deed_order order, enum deed_status status) {
  const char *way = "";
  if (status == DEED_EORDER && order == DEED_ORDER_C) {
    way = "; order='F' counts in Fortran's order, numpy().reshape() or copy(order='C') copies";
  } else if (status == DEED_EORDER) {
    way = "; numpy().reshape() or copy(order='F') copies";
  }
  return deedpy_raise_status(deedpy_state_of(self), status, "reshape of %lld elements to %R in order '%s': %s%s",
                             (long long)deed_layout_element_count(layout), shape, order == DEED_ORDER_C ? "C" : "F",
                             deed_status_text(status), way);
}

PyObject *deedpy_array_reshape(PyObject *self, PyObject *arguments, PyObject *keywords) {
  enum deed_order order;
  int64_t extents[DEED_MAX_RANK];
  struct deed_layout layout;
  struct deed_layout reshaped;
  if (layout_of(self, &layout) != 0 || reshape_keywords(keywords, &layout, &order) != 0) return NULL;
  if (PyTuple_GET_SIZE(arguments) == 0) {
    return PyErr_Format(PyExc_TypeError, "reshape() missing 1 required argument: 'shape'");
  }
  PyObject *shape = PyTuple_GET_SIZE(arguments) == 1 ? PyTuple_GET_ITEM(arguments, 0) : arguments;
  int32_t rank = deedpy_integers(deedpy_state_of(self), shape, "shape", extents);
  if (rank < 0) return NULL;
  fill_in_extent(deed_layout_element_count(&layout), rank, extents);
  enum deed_status status = deed_layout_reshape(&layout, rank, extents, order, &reshaped);
  if (status == DEED_OK) return deedpy_array_view(self, 0, &reshaped, NULL);
  return refuse_reshape(self, shape, &layout, order, status);
}

static PyObject *component_of(PyObject *self, long long component_bytes, struct deedpy_element element) {
  struct deed_layout layout;
  int64_t offset_bytes = 0;
  if (deedpy_check_sized(deedpy_state_of(self), element) != 0 || layout_of(self, &layout) != 0) return NULL;
  enum deed_status status =
      deed_layout_component(&layout, component_bytes, element.dtype, element.size_bytes, &layout, &offset_bytes);
  if (status == DEED_OK) return deedpy_array_view(self, offset_bytes, &layout, NULL);
  return deedpy_raise_status(deedpy_state_of(self), status, "component of %lld bytes at %lld in elements of %lld: %s",
                             (long long)element.size_bytes, component_bytes, (long long)layout.element_size_bytes,
                             deed_status_text(status));
}

PyObject *deedpy_array_component(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"dtype", "offset_bytes", NULL};
  PyObject *name;
  long long component_bytes = 0;
  struct deedpy_element element;
  struct deedpy_record *record;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|L:component", names, &name, &component_bytes)) return NULL;
  if (deedpy_element_of(deedpy_state_of(self), name, &element, &record) != 0) return NULL;
  return deedpy_array_with_record(component_of(self, component_bytes, element), record);
}

/* The ranges without the ghost cells. 0, or -1 with ShapeError if there are more ghost cells than cells. */
static int interior_ranges(PyObject *self, const struct deed_layout *layout, const int64_t *ghost,
                           struct deed_range *ranges) {
  for (int32_t k = 0; k < layout->rank; ++k) {
    if (ghost[k] < 0 || ghost[k] > layout->dim[k].extent / 2) {
      deedpy_raise_status(deedpy_state_of(self), DEED_ESHAPE, "interior: %lld ghost cells on each side of extent %lld",
                          (long long)ghost[k], (long long)layout->dim[k].extent);
      return -1;
    }
    int64_t first = layout->dim[k].lower + ghost[k];
    ranges[k] = (struct deed_range){first, first + (layout->dim[k].extent - 2 * ghost[k] - 1), 1};
  }
  return 0;
}

PyObject *deedpy_array_interior(PyObject *self, PyObject *ghost) {
  struct deed_layout layout;
  struct deed_range ranges[DEED_MAX_RANK] = {{0, 0, 0}};
  int64_t widths[DEED_MAX_RANK];
  int64_t lower[DEED_MAX_RANK];
  int64_t offset_bytes = 0;
  if (layout_of(self, &layout) != 0) return NULL;
  if (deedpy_per_dimension(deedpy_state_of(self), ghost, "ghost", layout.rank, widths) != 0) return NULL;
  if (interior_ranges(self, &layout, widths, ranges) != 0) return NULL;
  for (int32_t k = 0; k < layout.rank; ++k) lower[k] = ranges[k].first;
  enum deed_status status = deed_layout_section(&layout, ranges, &layout, &offset_bytes);
  if (status == DEED_OK) status = deed_layout_rebound(&layout, lower, &layout);
  return view_or_raise(self, "interior", status, offset_bytes, &layout);
}
