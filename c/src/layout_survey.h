/* SPDX-License-Identifier: BSD-3-Clause */
/* layout_survey.h - what verbs ask of a layout that they are given: is it one, and where are its elements. */
#ifndef DEED_LAYOUT_SURVEY_H
#define DEED_LAYOUT_SURVEY_H

#include <stdbool.h>

#include "deed/layout.h"

/* The bytes that elements lie in, as offsets from the first element: [begin_bytes, end_bytes). begin <= 0 <= end; both
 * are 0 for an array without bytes. */
struct deed__hull {
  int64_t begin_bytes;
  int64_t end_bytes;
};

/* deed_layout_check and deed_layout_hull in one pass. layout [borrows, not NULL]. hull [fills]. */
enum deed_status deed__layout_survey(const struct deed_layout *layout, struct deed__hull *hull);

/* An assignment that leaves out what is past the rank, which may be uninitialised. */
static inline void deed__layout_copy(struct deed_layout *to, const struct deed_layout *from) {
  to->dtype = from->dtype;
  to->rank = from->rank;
  to->element_size_bytes = from->element_size_bytes;
  for (int32_t d = 0; d < from->rank; ++d) to->dim[d] = from->dim[d];
}

static inline int64_t deed__hull_size_bytes(const struct deed__hull *hull) {
  return hull->end_bytes - hull->begin_bytes;
}

/* Does everything from a first element at data lie in the size_bytes from lowest on? No byte is read. */
static inline bool deed__hull_lies_in(const struct deed__hull *hull, const void *data, uintptr_t lowest,
                                      uintptr_t size_bytes) {
  uintptr_t first_bytes = (uintptr_t)data - lowest; /* data below lowest: larger than any size */
  return first_bytes <= size_bytes && (uint64_t)-hull->begin_bytes <= first_bytes &&
         (uint64_t)hull->end_bytes <= size_bytes - first_bytes;
}

#endif
