/* SPDX-License-Identifier: BSD-3-Clause */
#include <deed/deed.h>
#include <stdio.h>

int main(void) {
  struct deed_layout layout;
  struct deed_array field = DEED_ARRAY_NONE, share = DEED_ARRAY_NONE;
  struct deed_descriptor seen;
  int failed = deed_layout_contiguous(DEED_REAL64, 0, 2, (int64_t[]){4, 3}, NULL, DEED_ORDER_FORTRAN, &layout) ||
               deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &field, NULL) ||    /* new memory; field has the title */
               deed_publish(field, "hello/field", NULL) ||                     /* others find it by name */
               deed_lookup("hello/field", DEED_READ, DEED_HERE, &share, NULL); /* one more claim, no copy */
  if (deed_is_live(field)) failed |= deed_release(field, NULL) != 0;           /* the share keeps the memory alive */
  failed = failed || deed_describe(share, &seen, sizeof seen);
  if (!failed)
    printf("%d x %d, first element %g\n", (int)seen.layout.dim[0].extent, (int)seen.layout.dim[1].extent,
           *(double *)seen.data);
  if (deed_is_live(share)) failed |= deed_release(share, NULL) != 0; /* the last claim frees it */
  return failed;
}
