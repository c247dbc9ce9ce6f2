/* SPDX-License-Identifier: BSD-3-Clause */
/* shown.h - how ndarrays show a claim: address, extents, strides and type as NumPy wants them. What a claim shows never
 * changes, so it is asked once for all ndarrays on it. */
#ifndef DEEDPY_SHOWN_H
#define DEEDPY_SHOWN_H

#include "base/dtype_map.h"
#include "base/record_dtype.h"

/* Counted, guarded by the GIL. */
struct deedpy_shown {
  Py_ssize_t users;        /* the Array, and each claim made of it for ndarrays */
  struct deed_array array; /* the claim: an Array that goes to Fortran and back has another one afterwards */
  void *data;
  PyArray_Descr *descr; /* the one that came in, else of the dtype map; NULL: not asked for yet */
  struct deedpy_element element;
  int is_large; /* of a large block, release.h */
  int flags;
  int rank;
  int order;          /* of a gapless layout, whose strides NumPy finds itself: the flag for F, 0 for C; of others -1 */
  npy_intp extents[]; /* shape, then strides */
};

/* Of a claim, whose descriptor this is, and the fields of its elements, of which a reference is kept (NULL: none are
 * known). With one user. NULL with MemoryError. */
struct deedpy_shown *deedpy_shown_new(struct deed_array claim, const struct deedpy_record *record,
                                      const struct deed_descriptor *descriptor);

/* One of its users goes. shown may be NULL. */
void deedpy_shown_drop(struct deedpy_shown *shown);

#endif
