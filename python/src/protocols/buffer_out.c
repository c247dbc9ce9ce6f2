/* SPDX-License-Identifier: BSD-3-Clause */
/* buffer_out.c - deed.Array as an exporter of the buffer protocol. Each buffer has a claim of its own, and the numbers
 * that it shows. */
#include "protocols/buffer_out.h"

#include "base/errors.h"
#include "claims/array_object.h"
#include "claims/held_claim.h"
#include "claims/long_copy.h"
#include "claims/release.h"
#include "claims/share.h"
#include "claims/site.h"
#include "protocols/buffer_format.h"

struct export {
  struct deed_array claim;
  Py_ssize_t shape[DEED_MAX_RANK];
  Py_ssize_t stride_bytes[DEED_MAX_RANK];
  char format[DEEDPY_FORMAT_BYTES];
  struct deedpy_record *record; /* whose format it is instead; NULL: none */
  const char *record_format;
};

struct deed_array deedpy_buffer_claim(const Py_buffer *view) { return ((struct export *)view->internal)->claim; }

static int has(int flags, int request) { return (flags & request) == request; }

/* What was asked for and this array cannot give; NULL if nothing. */
static const char *obstacle(const struct deed_descriptor *descriptor, int flags) {
  int is_c = deed_layout_is_contiguous(&descriptor->layout, DEED_ORDER_C);
  int is_fortran = deed_layout_is_contiguous(&descriptor->layout, DEED_ORDER_FORTRAN);
  if (has(flags, PyBUF_WRITABLE) && !(descriptor->rights & DEED_WRITE)) {
    return "a writable buffer was asked for, this claim is read-only";
  }
  if (has(flags, PyBUF_C_CONTIGUOUS) && !is_c) return "C order was asked for, the elements are not in C order";
  if (has(flags, PyBUF_F_CONTIGUOUS) && !is_fortran) {
    return "Fortran order was asked for, the elements are not in Fortran order";
  }
  if (has(flags, PyBUF_ANY_CONTIGUOUS) && !is_c && !is_fortran) {
    return "elements without gaps were asked for, this layout has gaps";
  }
  if (!has(flags, PyBUF_STRIDES) && !is_c) {
    return "a buffer without strides was asked for, the elements are not in C order";
  }
  if (has(flags, PyBUF_FORMAT) && !has(flags, PyBUF_ND)) {
    return "a format was asked for without a shape, and without a shape a buffer is plain bytes";
  }
  return NULL;
}

/* Nobody writes to it, as the protocol has it. */
static char *format_of(struct export *export) {
  return export->record_format ? (char *)(uintptr_t)export->record_format : export->format;
}

/* Whoever asks for no shape gets plain bytes in a row, which is one dimension, whatever the rank. */
static void fill(Py_buffer *view, struct export *export, const struct deed_descriptor *descriptor, int flags) {
  static _Alignas(64) char no_bytes[64];
  const struct deed_layout *layout = &descriptor->layout;
  for (int32_t k = 0; export && k < layout->rank; ++k) {
    export->shape[k] = (Py_ssize_t)layout->dim[k].extent;
    export->stride_bytes[k] = (Py_ssize_t)layout->dim[k].stride_bytes;
  }
  view->buf = descriptor->data ? descriptor->data : no_bytes;
  view->len = (Py_ssize_t)deed_layout_size_bytes(layout);
  view->itemsize = (Py_ssize_t)layout->element_size_bytes;
  view->readonly = !(descriptor->rights & DEED_WRITE);
  view->ndim = has(flags, PyBUF_ND) ? layout->rank : 1;
  view->format = export && has(flags, PyBUF_FORMAT) ? format_of(export) : NULL;
  view->shape = has(flags, PyBUF_ND) && layout->rank > 0 ? export->shape : NULL;
  view->strides = has(flags, PyBUF_STRIDES) && layout->rank > 0 ? export->stride_bytes : NULL;
  view->suboffsets = NULL;
  view->internal = export;
}

/* Fields that came in are said if NumPy can say them, else the bytes. 0, or -1 with an exception. */
static int say_format(struct module_state *state, const struct deed_descriptor *descriptor, struct export *export) {
  struct deedpy_element element = {(enum deed_dtype)descriptor->layout.dtype, descriptor->layout.element_size_bytes};
  if (export->record && deedpy_record_format(export->record, &export->record_format) != 0) return -1;
  return export->record_format ? 0 : deedpy_format_of(state, element, export->format);
}

/* A claim of its own for a buffer, and what it shows: to ask for the place may run any code, which may give the Array
 * other memory, so nothing that was known of it before counts. 0 if the request can be met, or -1 with an exception. */
static int claim_for(PyObject *self, int flags, struct deed_site *site, struct deed_array *claim,
                     struct deed_descriptor *descriptor) {
  struct module_state *state = deedpy_state_of(self);
  *site = deedpy_begin_verb(state);
  if (deedpy_share_at(state, deedpy_array(self)->array, site, claim) != 0) return -1;
  if (deedpy_describe(state, *claim, descriptor) != 0) return -1;
  const char *reason = obstacle(descriptor, flags);
  if (!reason) return 0;
  PyErr_Format(PyExc_BufferError, "deed.Array: %s", reason);
  return -1;
}

/* A consumer that gives the buffer back at once has it in a frame above ours; one that keeps it has it in the heap. */
static int is_on_the_stack(const Py_buffer *view) {
  uintptr_t distance_bytes = (uintptr_t)view - (uintptr_t)__builtin_frame_address(0);
  return distance_bytes < (16 << 10);
}

/* numpy.ndarray(buffer=a) asks for elements without gaps in any order, with the right to write or else without, and for
 * no format. It gives the buffer back at once and keeps the Array in its place. mpi4py asks for the same, but keeps the
 * buffer. */
static int keeps_the_array(const Py_buffer *view, int flags, const struct deed_descriptor *descriptor) {
  int is_as_numpy_asks = has(flags, PyBUF_ANY_CONTIGUOUS) && !has(flags, PyBUF_FORMAT) &&
                         has(flags, PyBUF_WRITABLE) == ((descriptor->rights & DEED_WRITE) != 0);
  return is_as_numpy_asks && is_on_the_stack(view);
}

/* Once such a buffer was given, the memory stays until the Array object goes. claim: of the buffer. 0, or -1 with an
 * exception. */
static int hold_for_buffer(struct module_state *state, struct array_object *self, struct deed_array claim,
                           const struct deed_site *site) {
  if (self->in_place_of_buffer.bits != 0) return 0;
  if (!self->buffer_place) {
    self->buffer_place = PyUnicode_FromFormat("%s:%d", site->file ? site->file : "?", (int)site->line);
  }
  if (!self->buffer_place) return -1;
  return deedpy_share_at(state, claim, site, &self->in_place_of_buffer);
}

static int export_claim(PyObject *self, struct array_object *named, Py_buffer *view, int flags, struct export *export) {
  struct module_state *state = deedpy_state_of(self);
  struct deed_descriptor descriptor;
  struct deed_site site;
  if (claim_for(self, flags, &site, &named->array, &descriptor) != 0) return -1;
  export->claim = named->array;
  export->record = deedpy_record_hold(deedpy_array(self)->record);
  if (keeps_the_array(view, flags, &descriptor) &&
      hold_for_buffer(state, deedpy_array(self), export->claim, &site) != 0) {
    return -1;
  }
  if (has(flags, PyBUF_FORMAT) && say_format(state, &descriptor, export) != 0) return -1;
  fill(view, export, &descriptor, flags);
  return 0;
}

static void free_export(struct export *export) {
  deedpy_record_drop(export->record);
  PyMem_Free(export);
}

/* Bytes in a row go with a claim that is an object of its own: torch.frombuffer(a) gives the buffer back at once and
 * keeps the object that the buffer names. */
static int get_bytes(PyObject *self, Py_buffer *view, int flags) {
  struct deed_descriptor descriptor;
  struct deed_site site;
  struct held_claim *held = deedpy_held_claim_new(deedpy_state_of(self));
  if (!held) return -1;
  if (claim_for(self, flags, &site, &held->claim, &descriptor) != 0) {
    Py_DECREF((PyObject *)held);
    return -1;
  }
  held->is_large = descriptor.block_size_bytes >= DEEDPY_LARGE_BYTES;
  fill(view, NULL, &descriptor, flags);
  view->obj = (PyObject *)held;
  return 0;
}

/* What a buffer names is another Array, with the claim of the buffer: numpy.ndarray(buffer=memoryview(a)) keeps that
 * and not the memoryview. */
static int get_buffer(PyObject *self, Py_buffer *view, int flags) {
  struct array_object *named = deedpy_array_new(deedpy_state_of(self));
  if (!named) return -1;
  struct export *export = PyMem_Calloc(1, sizeof *export);
  if (!export) PyErr_NoMemory();
  if (export && export_claim(self, named, view, flags, export) == 0) {
    view->obj = deedpy_array_like((PyObject *)named, self);
    return 0;
  }
  if (export) free_export(export);
  Py_DECREF((PyObject *)named);
  return -1;
}

int deedpy_get_buffer(PyObject *self, Py_buffer *view, int flags) {
  view->obj = NULL;
  return (flags & ~PyBUF_WRITABLE) == PyBUF_SIMPLE ? get_bytes(self, view, flags) : get_buffer(self, view, flags);
}

void deedpy_release_buffer(PyObject *self, Py_buffer *view) {
  (void)self;
  free_export(view->internal);
}

/* Python looks at the format before it copies elements that are not in a row, and only to see that it stays the same.
 */
static int copy_in_c_order(char *to, Py_buffer *view) {
  view->format = memcpy(((struct export *)view->internal)->format, "B", 2);
  if (!PyBuffer_IsContiguous(view, 'C')) return PyBuffer_ToContiguous(to, view, view->len, 'C');
  deedpy_copy_bytes(to, view->buf, (size_t)view->len);
  return 0;
}

PyObject *deedpy_array_bytes(PyObject *self, PyObject *unused) {
  Py_buffer view;
  (void)unused;
  view.obj = NULL;
  if (get_buffer(self, &view, PyBUF_STRIDES) != 0) return NULL;
  PyObject *bytes = PyBytes_FromStringAndSize(NULL, view.len);
  if (bytes && copy_in_c_order(PyBytes_AS_STRING(bytes), &view) != 0) Py_CLEAR(bytes);
  PyBuffer_Release(&view);
  return bytes;
}
