/* SPDX-License-Identifier: BSD-3-Clause */
/* layout_copy.h - copies of layouts without moving the dimensions that they do not have. */
#ifndef DEED_LAYOUT_COPY_H
#define DEED_LAYOUT_COPY_H

#include "deed/layout.h"

/* Of the dimensions only those below the rank. to [fills]. */
static inline void deed__layout_copy(struct deed_layout *to, const struct deed_layout *from) {
  to->dtype = from->dtype;
  to->rank = from->rank;
  to->element_size_bytes = from->element_size_bytes;
  for (int32_t d = 0; d < from->rank; ++d) {
    to->shape[d] = from->shape[d];
    to->stride_bytes[d] = from->stride_bytes[d];
    to->lower[d] = from->lower[d];
  }
}

/* As users see a layout: zero past the rank. to [fills]. */
void deed__layout_give(struct deed_layout *to, const struct deed_layout *from);

#endif
