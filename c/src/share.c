/* SPDX-License-Identifier: BSD-3-Clause */
/* share.c - share and view: one more claim on a block, made from another claim. */
#include "share.h"

#include "fail.h"
#include "hot.h"
#include "judge.h"
#include "layout_survey.h"
#include "release.h"
#include "site.h"

/* Does the part lie in what the claim shows, when it starts offset_bytes after that? */
static bool lies_inside(const struct deed__hull *part, int64_t offset_bytes, const struct deed__claim *claim) {
  struct deed__hull whole;
  deed_layout_hull(&claim->layout, &whole.begin_bytes, &whole.end_bytes);
  if (offset_bytes < whole.begin_bytes || offset_bytes > whole.end_bytes) return false;
  return part->begin_bytes >= whole.begin_bytes - offset_bytes && part->end_bytes <= whole.end_bytes - offset_bytes;
}

static enum deed_status narrow(struct deed__claim *claim, uint32_t rights, const struct deed_site *site,
                               enum deed__verb verb, struct deed_error *error) {
  if (!deed__are_rights(rights)) return deed__fail_argument(error, DEED_EINVAL, verb, "rights");
  if (rights & ~claim->rights) {
    return deed__fail(error, DEED_ERIGHTS, "%s refused: %s right asked for, this claim has %s", deed__verb_name(verb),
                      rights & ~claim->rights & DEED_WRITE ? "write" : "read",
                      claim->rights & DEED_WRITE ? "write only" : "read only");
  }
  enum deed_status status = deed__site_keep(site, &claim->site);
  if (status != DEED_OK) return deed__fail_argument(error, status, verb, "site");
  if (rights) claim->rights = rights;
  claim->role = verb == DEED__COPY ? DEED_ROLE_COPY : DEED_ROLE_SHARE;
  return DEED_OK;
}

enum deed_status deed__share_claim(struct deed__claim *claim, uint32_t rights, const struct deed_site *site,
                                   enum deed__verb verb, struct deed_array *share, struct deed_error *error) {
  struct deed__verdict verdict;
  enum deed_status status = deed__judge(verb, claim, &verdict);
  if (status != DEED_OK) return deed__fail_argument(error, status, verb, "array");
  status = narrow(claim, rights, site, verb, error);
  if (status != DEED_OK) return status;
  if (!deed__block_retain(claim->block)) return deed__fail_argument(error, DEED_ESTALE, verb, "array");
  status = deed__claim_make(claim, share);
  if (status == DEED_OK) return DEED_OK;
  (void)deed__release_block(claim->block);
  return deed__fail_argument(error, status, verb, "no record for the claim");
}

DEED__HOT enum deed_status deed_share(struct deed_array array, uint32_t rights, const struct deed_site *site,
                                      struct deed_array *share, struct deed_error *error) {
  struct deed__claim claim;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, DEED__SHARE, array);
  if (!share) return deed__fail_argument(error, DEED_EINVAL, DEED__SHARE, "share");
  return deed__share_claim(&claim, rights, site, DEED__SHARE, share, error);
}

DEED__HOT enum deed_status deed_view(struct deed_array array, int64_t offset_bytes, const struct deed_layout *layout,
                                     uint32_t rights, const struct deed_site *site, struct deed_array *view,
                                     struct deed_error *error) {
  struct deed__claim claim;
  struct deed__hull hull;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, DEED__VIEW, array);
  if (!view || !layout || !deed__are_rights(rights)) {
    return deed__fail_argument(error, DEED_EINVAL, DEED__VIEW, "view, layout or rights");
  }
  status = deed__layout_survey(layout, &hull);
  if (status != DEED_OK) return deed__fail_argument(error, status, DEED__VIEW, "layout");
  if (!lies_inside(&hull, offset_bytes, &claim)) {
    return deed__fail_argument(error, DEED_EBOUNDS, DEED__VIEW, "layout and offset");
  }
  deed__layout_copy(&claim.layout, layout);
  if (claim.data) claim.data = (char *)claim.data + offset_bytes;
  return deed__share_claim(&claim, rights, site, DEED__VIEW, view, error);
}
