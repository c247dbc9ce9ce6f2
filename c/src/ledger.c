/* SPDX-License-Identifier: BSD-3-Clause */
/* ledger.c - counts and the list of live blocks. Nothing is counted on the way: the generations of the records tell how
 * often each was used. */
#include "deed/ledger.h"

#include <string.h>

#include "claim.h"
#include "holders.h"
#include "name_table.h"
#include "sized.h"
#include "verbs.h"

static void count_blocks(struct deed_counts *counts) {
  for (uint32_t index = deed__block_after(DEED__NO_RECORD); index != DEED__NO_RECORD;
       index = deed__block_after(index)) {
    deed__block_ref ref;
    struct deed__block block;
    counts->blocks_ended += deed__block_ended_at(index);
    if (!deed__block_at(index, &ref) || !deed__block_read(ref, &block)) continue;
    counts->live_blocks += 1;
    counts->live_bytes += block.size_bytes;
  }
  counts->blocks_made = counts->live_blocks + counts->blocks_ended;
}

static int64_t count_claims(void) {
  int64_t live = 0;
  uint32_t records = atomic_load_explicit(&deed__claims.count, memory_order_acquire);
  for (uint32_t index = 0; index < records; ++index) {
    live += deed__use(deed__load_state(deed__pool_at(&deed__claims, index))) != 0;
  }
  return live;
}

void deed_count(struct deed_counts *counts, size_t counts_size_bytes) {
  struct deed_counts now = {0};
  if (!counts) return;
  count_blocks(&now);
  now.live_claims = count_claims();
  now.copies = deed__copy_count();
  now.abandoned = deed__abandoned_count();
  deed__fill_sized(counts, counts_size_bytes, &now, sizeof now);
}

/* False when the block has ended in the meantime. */
static bool enter(deed__block_ref ref, struct deed_ledger_entry *entry) {
  struct deed__block block;
  struct deed_holder holder = {0};
  if (!deed__block_read(ref, &block)) return false;
  memset(entry, 0, sizeof *entry);
  entry->data = block.lowest;
  entry->size_bytes = block.size_bytes;
  entry->claim_count = deed__block_claims(ref);
  entry->origin = (uint8_t)block.origin;
  entry->owner = (uint8_t)block.owner;
  entry->copy_reason = (uint8_t)block.copy_reason;
  entry->published = deed__name_of(ref, entry->name);
  deed__holders_of(ref, (struct deed_array){0}, &holder, 1);
  entry->holder = holder;
  return true;
}

enum deed_status deed_ledger(struct deed_ledger_entry *entries, size_t entry_size_bytes, int64_t capacity,
                             int64_t *count) {
  if (!count || capacity < 0 || (capacity > 0 && (!entries || entry_size_bytes == 0))) return DEED_EINVAL;
  int64_t found = 0;
  for (uint32_t index = deed__block_after(DEED__NO_RECORD); index != DEED__NO_RECORD;
       index = deed__block_after(index)) {
    deed__block_ref ref;
    if (!deed__block_at(index, &ref)) continue;
    struct deed_ledger_entry entry;
    if (found < capacity) {
      if (!enter(ref, &entry)) continue;
      deed__fill_sized((char *)entries + (size_t)found * entry_size_bytes, entry_size_bytes, &entry, sizeof entry);
    }
    ++found;
  }
  *count = found;
  return DEED_OK;
}
