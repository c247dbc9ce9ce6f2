/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_in.c - an exporter of the buffer protocol on its way into deed. */
#include "protocols/buffer_in.h"

#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/memory_root.h"
#include "protocols/buffer_format_in.h"
#include "protocols/mask.h"

struct buffer_keep {
  struct deedpy_keep keep;
  Py_buffer view; /* obj NULL: none held */
};

static void end_buffer(struct deedpy_keep *keep) { PyBuffer_Release(&((struct buffer_keep *)keep)->view); }

static int visit_buffer(struct deedpy_keep *keep, visitproc visit, void *arg) {
  Py_VISIT(((struct buffer_keep *)keep)->view.obj);
  return 0;
}

/* Without a shape the buffer is bytes in a row, without strides it is in C order. Returns the number of dimensions. */
static int fill_shape(const Py_buffer *view, struct deed_layout *layout) {
  int64_t stride_bytes = layout->element_size_bytes;
  for (int k = layout->rank - 1; k >= 0; --k) {
    layout->dim[k].extent = view->shape ? view->shape[k] : view->len / (view->itemsize > 0 ? view->itemsize : 1);
    layout->dim[k].stride_bytes = view->strides ? view->strides[k] : stride_bytes;
    layout->dim[k].lower = 1;
    if (!view->strides && __builtin_mul_overflow(stride_bytes, layout->dim[k].extent, &stride_bytes)) return -1;
  }
  return 0;
}

static int layout_of(struct module_state *state, const Py_buffer *view, struct deed_layout *layout) {
  struct deedpy_element element;
  if (view->ndim < 0 || view->ndim > DEED_MAX_RANK || (view->ndim > 1 && !view->shape)) {
    deedpy_raise_status(state, DEED_ERANK, "a buffer of %d dimensions%s: deed has 0 to %d", view->ndim,
                        view->ndim > 1 && !view->shape ? " without a shape" : "", DEED_MAX_RANK);
    return -1;
  }
  for (int k = 0; view->suboffsets && k < view->ndim; ++k) {
    if (view->suboffsets[k] < 0) continue;
    deedpy_raise_status(state, DEED_EUNSUPPORTED, "a buffer with suboffsets is pointers to memory, not memory");
    return -1;
  }
  if (deedpy_check_sized(state, (struct deedpy_element){DEED_OPAQUE, view->itemsize}) != 0) return -1;
  if (deedpy_element_of_format(state, view->format, view->itemsize, &element) != 0) return -1;
  *layout = (struct deed_layout){.dtype = element.dtype, .rank = view->ndim, .element_size_bytes = element.size_bytes};
  if (fill_shape(view, layout) == 0) return 0;
  deedpy_raise_status(state, DEED_EOVERFLOW, "the size of the buffer does not fit 64 bits");
  return -1;
}

static int check_exporter(const struct module_state *state, PyObject *object) {
  PyObject *exporter = deedpy_exporter(object);
  if (!exporter) return -1;
  int status = deedpy_check_unmasked(state, exporter, deedpy_is_masked(exporter));
  Py_DECREF(exporter);
  return status;
}

/* What an exporter that refuses leaves in the view may be anything. */
static int get_buffer(PyObject *object, Py_buffer *view) {
  if (PyObject_GetBuffer(object, view, PyBUF_FULL_RO) == 0) return 0;
  view->obj = NULL;
  return -1;
}

/* The fields of records, if the format tells NumPy which they are. 0, or -1 with an exception. */
static int fill_record(const Py_buffer *view, struct deedpy_import *import) {
  if (import->layout.dtype != DEED_OPAQUE || !view->format) return 0;
  return deedpy_record_of_format(view->format, view->itemsize, &import->record);
}

int deedpy_import_buffer(struct module_state *state, PyObject *object, struct deedpy_import *import) {
  if (!PyObject_CheckBuffer(object) || deedpy_is_array(state, object)) return 0;
  if (check_exporter(state, object) != 0) return -1;
  struct buffer_keep *keep = deedpy_keep_new_as(sizeof *keep, object, end_buffer);
  if (!keep) return -1;
  keep->keep.visit = visit_buffer;
  if (get_buffer(object, &keep->view) != 0 || deedpy_root_hold(&keep->keep.root, object) != 0 ||
      layout_of(state, &keep->view, &import->layout) != 0 || fill_record(&keep->view, import) != 0) {
    deedpy_keep_drop(&keep->keep);
    return -1;
  }
  import->keep = &keep->keep;
  import->data = keep->view.buf;
  import->origin = DEED_ORIGIN_PYTHON;
  import->rights = keep->view.readonly ? DEED_READ : DEED_READ | DEED_WRITE;
  return 1;
}
