/* SPDX-License-Identifier: BSD-3-Clause */
/* holder_tally.c - how many claims each language has on a block. */
#include "holder_tally.h"

#include <stdlib.h>

#define FEW 16

static void add(struct deedpy_tally *tally, enum deed_language language) {
  if (language > DEED_LANGUAGE_NONE && language < DEED_LANGUAGE_OTHER) {
    ++tally->claims[language];
  } else {
    ++tally->claims[DEED_LANGUAGE_OTHER];
  }
}

static void add_all(struct deedpy_tally *tally, const struct deed_holder *holders, int32_t count) {
  for (int32_t k = 0; k < count; ++k) add(tally, holders[k].language);
}

/* Claims may come while they are counted, so the array grows until it has held them all. */
static enum deed_status tally_many(struct deed_array array, int32_t count, struct deedpy_tally *tally) {
  struct deed_holder *holders = NULL;
  enum deed_status status = DEED_OK;
  int32_t capacity = 0;
  while (status == DEED_OK && count > capacity) {
    capacity = count + FEW;
    free(holders);
    holders = malloc((size_t)capacity * sizeof *holders);
    status = holders ? deed_holders(array, holders, capacity, &count) : DEED_ENOMEM;
  }
  if (status == DEED_OK) add_all(tally, holders, count);
  free(holders);
  return status;
}

enum deed_status deedpy_tally(struct deed_array array, const struct deed_descriptor *descriptor,
                              struct deedpy_tally *tally) {
  struct deed_holder few[FEW];
  int32_t count;
  *tally = (struct deedpy_tally){{0}};
  if (descriptor->claim_count == 1) {
    add(tally, (enum deed_language)descriptor->language);
    return DEED_OK;
  }
  enum deed_status status = deed_holders(array, few, FEW, &count);
  if (status != DEED_OK) return status;
  if (count > FEW) return tally_many(array, count, tally);
  add_all(tally, few, count);
  return DEED_OK;
}
