/* SPDX-License-Identifier: BSD-3-Clause */
/* A C program that makes, shares and releases an array. */
#include <deed/deed.h>
#include <stdio.h>

static enum deed_status make_and_share(struct deed_array *share) {
  struct deed_layout layout;
  struct deed_array title;
  enum deed_status status =
      deed_layout_contiguous(DEED_REAL64, 0, 1, (int64_t[]){8}, NULL, DEED_ORDER_FORTRAN, &layout);
  if (status == DEED_OK) status = deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &title, NULL);
  if (status == DEED_OK) status = deed_share(title, DEED_READ, DEED_HERE, share, NULL);
  return status == DEED_OK ? deed_release(title, NULL) : status;
}

static int is_right(struct deed_array share) {
  struct deed_descriptor seen;
  if (deed_describe(share, &seen, sizeof seen)) return 0;
  if (seen.layout.dim[0].extent != 8 || seen.claim_count != 1 || *(double *)seen.data != 0) return 0;
  return deed_release(share, NULL) == DEED_OK;
}

int main(void) {
  struct deed_array share;
  struct deed_counts counts;
  int right = make_and_share(&share) == DEED_OK && is_right(share);
  deed_count(&counts, sizeof counts);
  right = right && counts.live_blocks == 0 && counts.live_claims == 0;
  puts(right ? "consumer works" : "consumer fails");
  return right ? 0 : 1;
}
