/* SPDX-License-Identifier: BSD-3-Clause */
/* alloc.c - deed.alloc: a new block. */
#include "verbs/alloc.h"

#include "base/arguments.h"
#include "base/dtype_map.h"
#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/long_copy.h"
#include "claims/site.h"
#include "verbs/registry.h"

struct wanted {
  PyObject *shape;
  PyObject *dtype;
  struct deedpy_record *record; /* of dtype, taken by the Array */
  const char *order;
  PyObject *lower;
  int is_zeroed;
  const char *name;
};

static int element_of(const struct module_state *state, struct wanted *wanted, struct deedpy_element *element) {
  if (wanted->dtype) return deedpy_element_of(state, wanted->dtype, element, &wanted->record);
  *element = (struct deedpy_element){DEED_REAL64, sizeof(double)};
  return 0;
}

static int layout_of(const struct module_state *state, struct wanted *wanted, struct deed_layout *layout) {
  int64_t shape[DEED_MAX_RANK];
  struct deedpy_element element;
  enum deed_order order;
  int32_t rank = deedpy_integers(state, wanted->shape, "shape", shape);
  if (rank < 0 || element_of(state, wanted, &element) != 0 || deedpy_check_sized(state, element) != 0) return -1;
  if (deedpy_order(wanted->order, &order) != 0) return -1;
  if (order == DEED_ORDER_ANY) order = DEED_ORDER_FORTRAN;
  enum deed_status status = deed_layout_contiguous(element.dtype, element.size_bytes, rank, shape, NULL, order, layout);
  if (status != DEED_OK) {
    deedpy_raise_status(state, status, "alloc of shape %R: %s", wanted->shape, deed_status_text(status));
    return -1;
  }
  return deedpy_rebound(state, wanted->lower, layout);
}

PyObject *deedpy_alloc_function(PyObject *module, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"shape", "dtype", "order", "lower", "zeroed", "name", NULL};
  struct module_state *state = deedpy_state(module);
  struct wanted wanted = {.order = "F"};
  struct deed_layout layout;
  struct deed_error error;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|OsOpz:alloc", names, &wanted.shape, &wanted.dtype,
                                   &wanted.order, &wanted.lower, &wanted.is_zeroed, &wanted.name)) {
    return NULL;
  }
  struct array_object *array = layout_of(state, &wanted, &layout) == 0 ? deedpy_array_new(state) : NULL;
  (void)deedpy_array_with_record((PyObject *)array, wanted.record);
  if (!array) return NULL;
  struct deed_site site = deedpy_begin_verb(state);
  enum deed_status status = deedpy_alloc(&layout, wanted.is_zeroed, &site, &array->array, &error);
  return deedpy_published(state, deedpy_array_finish(state, array, status, &error), wanted.name);
}
