/* SPDX-License-Identifier: BSD-3-Clause */
#include "holders.h"

static struct deed_holder holder_of(const struct deed__claim *claim) {
  return (struct deed_holder){.language = claim->site.language,
                              .role = (uint8_t)claim->role,
                              .rights = (uint8_t)claim->rights,
                              .line = claim->site.line,
                              .file = claim->site.file};
}

/* Put holder number position where there is room, and the title at the front. */
static void list(struct deed_holder *holders, int32_t capacity, int32_t position, struct deed_holder holder) {
  if (capacity == 0) return;
  if (holder.role == DEED_ROLE_TITLE) {
    if (position > 0 && position < capacity) holders[position] = holders[0];
    holders[0] = holder;
  } else if (position < capacity) {
    holders[position] = holder;
  }
}

int32_t deed__holders_of(deed__block_ref block, struct deed_array without, struct deed_holder *holders,
                         int32_t capacity) {
  int32_t count = 0;
  uint32_t records = atomic_load_explicit(&deed__claims.count, memory_order_acquire);
  for (uint32_t index = 0; index < records; ++index) {
    struct deed_array array;
    struct deed__claim claim;
    if (!deed__claim_at(index, &array, &claim) || claim.block != block || array.bits == without.bits) continue;
    list(holders, capacity, count++, holder_of(&claim));
  }
  return count;
}

enum deed_status deed_holders(struct deed_array array, struct deed_holder *holders, int32_t capacity, int32_t *count) {
  struct deed__claim claim;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return status;
  if (!count || capacity < 0 || (capacity > 0 && !holders)) return DEED_EINVAL;
  *count = deed__holders_of(claim.block, (struct deed_array){0}, holders, capacity);
  return DEED_OK;
}
