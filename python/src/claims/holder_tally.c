/* SPDX-License-Identifier: BSD-3-Clause */
/* holder_tally.c - who holds a block, and how many claims each language has on it. */
#include "claims/holder_tally.h"

#include "base/module_state.h"

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

/* Claims may come while they are listed, so the room grows until it has held them all. */
enum deed_status deedpy_list_holders(struct deed_array array, struct deed_holder **list, int32_t *count) {
  struct deed_holder *holders = NULL;
  int32_t capacity = 0;
  enum deed_status status = deed_holders(array, NULL, 0, count);
  while (status == DEED_OK && *count > capacity) {
    capacity = *count + FEW;
    PyMem_RawFree(holders);
    holders = PyMem_RawMalloc((size_t)capacity * sizeof *holders);
    status = holders ? deed_holders(array, holders, capacity, count) : DEED_ENOMEM;
  }
  if (status == DEED_OK) {
    *list = holders;
  } else {
    PyMem_RawFree(holders);
  }
  return status;
}

static enum deed_status tally_many(struct deed_array array, struct deedpy_tally *tally) {
  struct deed_holder *holders;
  int32_t count;
  enum deed_status status = deedpy_list_holders(array, &holders, &count);
  if (status != DEED_OK) return status;
  add_all(tally, holders, count);
  PyMem_RawFree(holders);
  return DEED_OK;
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
  if (count > FEW) return tally_many(array, tally);
  add_all(tally, few, count);
  return DEED_OK;
}
