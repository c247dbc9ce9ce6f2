/* SPDX-License-Identifier: BSD-3-Clause */
/* layout_tuple.h - the dimensions of a layout as tuples of Python. */
#ifndef DEEDPY_LAYOUT_TUPLE_H
#define DEEDPY_LAYOUT_TUPLE_H

#include "base/module_state.h"

/* A tuple of int. New reference. */
PyObject *deedpy_tuple_of(const int64_t *values, int32_t count);

/* A tuple of one field of each dimension, which lies field_offset_bytes behind the begin of struct deed_dimension. New
 * reference. */
PyObject *deedpy_tuple_of_dimensions(const struct deed_layout *layout, size_t field_offset_bytes);

#define DEEDPY_TUPLE_OF(layout, field) deedpy_tuple_of_dimensions(layout, offsetof(struct deed_dimension, field))

static inline int64_t deedpy_upper_bound(const struct deed_layout *layout, int32_t k) {
  return layout->dim[k].lower + (layout->dim[k].extent - 1);
}

#endif
