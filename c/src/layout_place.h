/* SPDX-License-Identifier: BSD-3-Clause */
/* layout_place.h - whether the elements of a layout lie where there is memory. */
#ifndef DEED_LAYOUT_PLACE_H
#define DEED_LAYOUT_PLACE_H

#include <stdbool.h>

#include "deed/layout.h"

/* Do all bytes of the layout, whose first element is at data, lie in the size_bytes from lowest on? No byte is read. */
static inline bool deed__layout_lies_in(const struct deed_layout *layout, const void *data, uintptr_t lowest,
                                        uintptr_t size_bytes) {
  int64_t begin_bytes;
  int64_t end_bytes;
  uintptr_t first_bytes = (uintptr_t)data - lowest; /* data below lowest: larger than any size */
  deed_layout_hull(layout, &begin_bytes, &end_bytes);
  return first_bytes <= size_bytes && (uint64_t)-begin_bytes <= first_bytes &&
         (uint64_t)end_bytes <= size_bytes - first_bytes;
}

#endif
