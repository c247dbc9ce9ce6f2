/* SPDX-License-Identifier: BSD-3-Clause */
/* describe.c - what a handle stands for, in readable form. */
#include "claim.h"
#include "deed/array.h"
#include "deed/version.h"
#include "hot.h"

int deed_is_live(struct deed_array array) { return deed__claim_is_live(array); }

static void fill(struct deed_descriptor *descriptor, const struct deed__claim *claim, const struct deed__block *block,
                 uint32_t claim_count) {
  descriptor->abi_version = DEED_ABI_VERSION;
  descriptor->size_bytes = (uint32_t)sizeof *descriptor;
  descriptor->data = claim->data;
  deed__claim_show_layout(claim, &descriptor->layout);
  descriptor->origin = (uint8_t)block->origin;
  descriptor->owner = (uint8_t)block->owner;
  descriptor->role = (uint8_t)claim->role;
  descriptor->rights = (uint8_t)claim->rights;
  descriptor->language = (uint8_t)claim->site.language;
  descriptor->copy_reason = (uint8_t)block->copy_reason;
  descriptor->published = block->named;
  descriptor->reserved = 0;
  descriptor->block_data = block->lowest;
  descriptor->block_size_bytes = block->size_bytes;
  descriptor->claim_count = claim_count;
}

DEED__HOT enum deed_status deed_describe(struct deed_array array, struct deed_descriptor *descriptor,
                                         size_t descriptor_size_bytes) {
  struct deed__claim claim;
  struct deed__block block;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return status;
  if (!descriptor || descriptor_size_bytes < sizeof *descriptor) return DEED_EINVAL;
  bool lives = deed__block_read(claim.block, &block);
  uint32_t claim_count = deed__block_claims(claim.block);
  if (!lives || !deed__claim_is_live(array)) return DEED_ESTALE;
  fill(descriptor, &claim, &block, claim_count);
  return DEED_OK;
}

enum deed_status deed_site_of(struct deed_array array, struct deed_site *site) {
  struct deed__claim claim;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return status;
  if (!site) return DEED_EINVAL;
  *site = claim.site;
  return DEED_OK;
}
