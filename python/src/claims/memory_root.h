/* SPDX-License-Identifier: BSD-3-Clause */
/* memory_root.h - the object that the memory of an ndarray belongs to. NumPy keeps it alive, but holds no buffer of it:
 * a bytearray may still grow, a file may still be unmapped. */
#ifndef DEEDPY_MEMORY_ROOT_H
#define DEEDPY_MEMORY_ROOT_H

#include "base/module_state.h"

/* What keeps memory where it is; zero: nothing does. */
struct deedpy_root {
  Py_buffer *buffer;   /* of what the memory of an ndarray belongs to; or NULL */
  PyObject *no_resize; /* a weak reference: an ndarray that has one refuses to be resized in place; or NULL */
};

/* The object whose memory a memoryview shows (None: that of C code), or any other object itself. New reference; NULL
 * with ValueError if the memoryview has been released, and then what it says of its object means nothing. */
PyObject *deedpy_exporter(PyObject *object);

/* Where object is an ndarray, or a memoryview of one, see to it that the memory stays where it is until the root ends.
 * The last ndarray in the chain of bases cannot be resized in place (ValueError), and a buffer is held of what comes
 * after it, if that exports any: so what would move or unmap the memory is refused with BufferError. 0, or -1 with the
 * exception of the exporter. */
int deedpy_root_hold(struct deedpy_root *root, PyObject *object);

/* Let the memory move again. May run any Python code, and does not free what root holds: deedpy_root_free() does. */
void deedpy_root_end(struct deedpy_root *root);

/* Free what a root has allocated, without Python: the end of one that has ended, or of one that is abandoned. */
void deedpy_root_free(struct deedpy_root *root);

/* Visit the exporter that is held, for the collector. */
int deedpy_root_traverse(const struct deedpy_root *root, visitproc visit, void *arg);

/* Visit an ndarray for the collector, and what it alone keeps alive: NumPy's type is not known to the collector. */
int deedpy_root_visit(PyObject *ndarray, visitproc visit, void *arg);

#endif
