/* SPDX-License-Identifier: BSD-3-Clause */
/* interface_in.c - objects with __array_interface__ or __array__ on their way into deed. NumPy makes an ndarray of
 * either without a copy; it is kept, and reclaim gives the object itself back. */
#include "protocols/interface_in.h"

#include "claims/array_object.h"
#include "protocols/mask.h"
#include "protocols/ndarray_in.h"

struct interface_keep {
  struct deedpy_keep keep;
  struct deedpy_keep *ndarray;
};

static void end_ndarray(struct deedpy_keep *keep) {
  struct deedpy_keep *ndarray = ((struct interface_keep *)keep)->ndarray;
  if (ndarray) deedpy_keep_drop(ndarray);
}

static int visit_ndarray(struct deedpy_keep *keep, visitproc visit, void *arg) {
  struct deedpy_keep *ndarray = ((struct interface_keep *)keep)->ndarray;
  return ndarray ? deedpy_keep_traverse(ndarray, visit, arg) : 0;
}

/* Steals ndarray: NULL with an exception, NotImplemented if the object does not speak the protocol. NumPy gives that
 * one without a reference, so it is not let go. */
static int import_answer(struct module_state *state, PyObject *object, PyObject *ndarray,
                         struct deedpy_import *import) {
  if (!ndarray) return -1;
  if (ndarray == Py_NotImplemented) return 0;
  int filled = -1;
  struct interface_keep *keep = deedpy_keep_new_as(sizeof *keep, object, end_ndarray);
  if (keep) filled = deedpy_import_ndarray(state, ndarray, import);
  Py_DECREF(ndarray);
  if (filled > 0) {
    keep->ndarray = import->keep;
    keep->keep.visit = visit_ndarray;
    import->keep = &keep->keep;
  } else if (keep) {
    deedpy_keep_drop(&keep->keep);
  }
  return filled;
}

int deedpy_import_interface(struct module_state *state, PyObject *object, struct deedpy_import *import) {
  if (deedpy_is_array(state, object)) return 0;
  if (deedpy_check_unmasked(state, object, deedpy_is_masked_interface(object)) != 0) return -1;
  return import_answer(state, object, PyArray_FromInterface(object), import);
}

int deedpy_import_array_method(struct module_state *state, PyObject *object, struct deedpy_import *import) {
  if (deedpy_is_array(state, object)) return 0;
  return import_answer(state, object, PyArray_FromArrayAttr(object, NULL, NULL), import);
}
