/* SPDX-License-Identifier: BSD-3-Clause */
/* describe.c - what a handle stands for, in readable form. */
#include "claim.h"
#include "compiler.h"
#include "deed/array.h"
#include "deed/version.h"
#include "layout_survey.h"
#include "sized.h"

int deed_is_live(struct deed_array array) { return deed__claim_is_live(array); }

/* For a caller that was compiled with another size of the struct. */
DEED__COLD static enum deed_status describe_part(struct deed_array array, struct deed_descriptor *descriptor,
                                                 size_t size_bytes) {
  struct deed_descriptor whole;
  enum deed_status status = deed_describe(array, &whole, sizeof whole);
  if (status != DEED_OK) return status;
  if (size_bytes < offsetof(struct deed_descriptor, data)) return DEED_EINVAL;
  whole.size_bytes = (uint32_t)(size_bytes < sizeof whole ? size_bytes : sizeof whole);
  deed__fill_sized(descriptor, size_bytes, &whole, sizeof whole);
  return DEED_OK;
}

DEED__FLATTEN enum deed_status deed_describe(struct deed_array array, struct deed_descriptor *descriptor,
                                             size_t descriptor_size_bytes) {
  struct deed__claim claim;
  struct deed__block block;
  struct deed_layout layout;
  if (descriptor && descriptor_size_bytes != sizeof *descriptor)
    return describe_part(array, descriptor, descriptor_size_bytes);
  enum deed_status status = deed__claim_show(array, &claim, &layout);
  if (status != DEED_OK) return status;
  if (!descriptor) return DEED_EINVAL;
  bool lives = deed__block_read(claim.block, &block);
  uint32_t claim_count = deed__block_claims(claim.block);
  if (!lives || !deed__claim_is_live(array)) return DEED_ESTALE;
  descriptor->abi_version = DEED_ABI_VERSION;
  descriptor->size_bytes = (uint32_t)sizeof *descriptor;
  descriptor->data = claim.data;
  deed__layout_copy(&descriptor->layout, &layout);
  descriptor->origin = (uint8_t)block.origin;
  /* A transfer changes the owner a moment before the title; of a title the two are the same by definition. */
  descriptor->owner = (uint8_t)(claim.role == DEED_ROLE_TITLE ? claim.site.language : block.owner);
  descriptor->role = (uint8_t)claim.role;
  descriptor->rights = (uint8_t)claim.rights;
  descriptor->language = (uint8_t)claim.site.language;
  descriptor->copy_reason = (uint8_t)block.copy_reason;
  descriptor->published = block.named;
  descriptor->reserved = 0;
  descriptor->block_data = block.lowest;
  descriptor->block_size_bytes = block.size_bytes;
  descriptor->claim_count = claim_count;
  descriptor->device_type = 0;
  descriptor->device_id = 0;
  descriptor->device_sync = 0;
  return DEED_OK;
}

/* Why deed_point has refused. */
DEED__COLD static enum deed_status why_not_pointed(struct deed_array array, enum deed_dtype dtype, int32_t rank,
                                                   bool has_outputs) {
  struct deed__claim claim;
  struct deed_layout layout;
  enum deed_status status = deed__claim_show(array, &claim, &layout);
  if (status != DEED_OK) return status;
  if (!has_outputs) return DEED_EINVAL;
  if (layout.dtype != (int32_t)dtype) return DEED_EDTYPE;
  return layout.rank != rank ? DEED_ERANK : DEED_ERIGHTS;
}

DEED__FLATTEN enum deed_status deed_point(struct deed_array array, enum deed_dtype dtype, int32_t rank, uint32_t rights,
                                          void **data, int64_t *element_size_bytes, struct deed_dimension *dim) {
  bool has_outputs = data && element_size_bytes && (dim || rank <= 0);
  if (has_outputs && deed__claim_point(array, dtype, rank, rights, data, element_size_bytes, dim)) return DEED_OK;
  return why_not_pointed(array, dtype, rank, has_outputs);
}

enum deed_status deed_site_of(struct deed_array array, struct deed_site *site) {
  struct deed__claim claim;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return status;
  if (!site) return DEED_EINVAL;
  *site = claim.site;
  return DEED_OK;
}
