/* SPDX-License-Identifier: BSD-3-Clause */
/* holder_tally.c - who holds a block, and how many claims each language has on it. */
#include "claims/holder_tally.h"

#include "base/list_all.h"
#include "base/numpy_api.h"

#define FEW 16

static void add(struct deedpy_tally *tally, enum deed_language language) {
  if (language > DEED_LANGUAGE_NONE && language < DEED_LANGUAGE_OTHER) {
    ++tally->claims[language];
  } else {
    ++tally->claims[DEED_LANGUAGE_OTHER];
  }
}

static void add_all(struct deedpy_tally *tally, const struct deed_holder *holders, int64_t count) {
  for (int64_t k = 0; k < count; ++k) add(tally, holders[k].language);
}

static enum deed_status list(const void *array, void *holders, int64_t capacity, int64_t *count) {
  int32_t count_32 = 0;
  int32_t capacity_32 = capacity > INT32_MAX ? INT32_MAX : (int32_t)capacity;
  enum deed_status status = deed_holders(*(const struct deed_array *)array, holders, capacity_32, &count_32);
  *count = count_32;
  return status;
}

enum deed_status deedpy_list_holders(struct deed_array array, struct deed_holder **holders, int64_t *count) {
  void *items;
  enum deed_status status = deedpy_list_all(list, &array, sizeof **holders, &items, count);
  *holders = items;
  return status;
}

static enum deed_status tally_many(struct deed_array array, struct deedpy_tally *tally) {
  struct deed_holder *holders;
  int64_t count;
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
