/* SPDX-License-Identifier: BSD-3-Clause */
/* weak.c - weak handles: what a claim showed, and a claim made from that if the block still lives. */
#include "deed/weak.h"

#include "fail.h"
#include "layout_survey.h"
#include "verbs.h"

enum deed_status deed_weak_of(struct deed_array array, struct deed_weak *weak) {
  struct deed__claim claim;
  struct deed_layout layout;
  enum deed_status status = deed__claim_show(array, &claim, &layout);
  if (status != DEED_OK) return status;
  if (!weak) return DEED_EINVAL;
  weak->block = claim.block;
  weak->data = claim.data;
  weak->rights = claim.rights;
  weak->reserved = 0;
  deed__layout_copy(&weak->layout, &layout);
  return DEED_OK;
}

/* Nothing that a weak handle says is believed: it was in the user's hands. */
static enum deed_status check(const struct deed_weak *weak) {
  struct deed__block block;
  struct deed__hull hull;
  if (weak->rights == 0 || weak->reserved != 0) return DEED_EHANDLE;
  enum deed_status status = deed__block_find(weak->block);
  if (status != DEED_OK) return status;
  if (!deed__block_read(weak->block, &block)) return DEED_ESTALE;
  status = deed__layout_survey(&weak->layout, &hull);
  if (status != DEED_OK) return status;
  if (!deed__hull_lies_in(&hull, weak->data, (uintptr_t)block.lowest, (uintptr_t)block.size_bytes)) {
    return DEED_EBOUNDS;
  }
  return weak->rights & ~block.rights ? DEED_ERIGHTS : DEED_OK;
}

enum deed_status deed_upgrade(const struct deed_weak *weak, uint32_t rights, const struct deed_site *site,
                              struct deed_array *array, struct deed_error *error) {
  if (!weak || !array || !deed__are_rights(rights)) {
    return deed__fail_argument(error, DEED_EINVAL, DEED__UPGRADE, "weak, rights or array");
  }
  if (deed__core_is_duplicate()) return deed_core_check(error);
  enum deed_status status = check(weak);
  if (status != DEED_OK) return deed__fail_argument(error, status, DEED__UPGRADE, "weak");
  struct deed__claim source = {
      .block = weak->block, .data = weak->data, .role = DEED_ROLE_NONE, .rights = weak->rights};
  return deed__share_part(&source, &weak->layout, rights, site, DEED__UPGRADE, array, error);
}

int deed_weak_is_live(const struct deed_weak *weak) { return weak && deed__block_find(weak->block) == DEED_OK; }
