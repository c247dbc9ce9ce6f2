/* SPDX-License-Identifier: BSD-3-Clause */
/* share.c - share and view: one more claim on a block, made from another claim. */
#include "compiler.h"
#include "fail.h"
#include "judge.h"
#include "layout_record.h"
#include "layout_survey.h"
#include "site.h"
#include "verbs.h"

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

/* Whether the block has a name may change between the judgement and the count: of all verbs that come here but lookup
 * the table says the same for both, and a name that was just found may be withdrawn. */
enum deed_status deed__share_claim(struct deed__claim *claim, uint32_t rights, const struct deed_site *site,
                                   enum deed__verb verb, struct deed_array *share, struct deed_error *error) {
  struct deed__verdict verdict;
  uint32_t record;
  enum deed_status status = deed__judge(verb, claim, &verdict);
  if (status != DEED_OK) return deed__fail_argument(error, status, verb, "array");
  status = narrow(claim, rights, site, verb, error);
  if (status != DEED_OK) return status;
  status = deed__claim_reserve(&record);
  if (status != DEED_OK) return deed__fail_argument(error, status, verb, "no record for the claim");
  if (deed__block_retain(claim->block, verdict.claims)) {
    *share = deed__claim_begin(record, claim);
    return DEED_OK;
  }
  deed__claim_unreserve(record);
  return deed__fail_argument(error, DEED_ESTALE, verb, "array");
}

enum deed_status deed__share_part(struct deed__claim *claim, const struct deed_layout *layout, uint32_t rights,
                                  const struct deed_site *site, enum deed__verb verb, struct deed_array *share,
                                  struct deed_error *error) {
  enum deed_status status = deed__layout_make(layout, &claim->layout);
  if (status != DEED_OK) return deed__fail_argument(error, status, verb, "no record for the layout");
  claim->owns_layout = true;
  status = deed__share_claim(claim, rights, site, verb, share, error);
  if (status != DEED_OK) deed__layout_give_back(claim->layout);
  return status;
}

/* A claim that owns its layout shares a copy of that: either may end first. */
DEED__NOINLINE DEED__FLATTEN static enum deed_status share_view(struct deed_array array, uint32_t rights,
                                                                const struct deed_site *site, enum deed__verb verb,
                                                                struct deed_array *share, struct deed_error *error) {
  struct deed__claim claim;
  struct deed_layout layout;
  enum deed_status status = deed__claim_show(array, &claim, &layout);
  if (status != DEED_OK) return deed__fail_handle(error, status, verb, array);
  return deed__share_part(&claim, &layout, rights, site, verb, share, error);
}

enum deed_status deed__share_array(struct deed_array array, uint32_t rights, const struct deed_site *site,
                                   enum deed__verb verb, struct deed_array *share, struct deed_error *error) {
  struct deed__claim claim;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, verb, array);
  if (!share) return deed__fail_argument(error, DEED_EINVAL, verb, "share");
  if (claim.owns_layout) return share_view(array, rights, site, verb, share, error);
  return deed__share_claim(&claim, rights, site, verb, share, error);
}

DEED__FLATTEN enum deed_status deed_share(struct deed_array array, uint32_t rights, const struct deed_site *site,
                                          struct deed_array *share, struct deed_error *error) {
  return deed__share_array(array, rights, site, DEED__SHARE, share, error);
}

/* Where the elements of a view lie. */
DEED__NOINLINE DEED__FLATTEN static enum deed_status survey_view(struct deed_array array, struct deed__hull *hull) {
  struct deed__claim claim;
  struct deed_layout layout;
  enum deed_status status = deed__claim_show(array, &claim, &layout);
  if (status == DEED_OK) deed_layout_hull(&layout, &hull->begin_bytes, &hull->end_bytes);
  return status;
}

/* Where the elements of a claim lie: those of a whole array fill its block. */
static enum deed_status survey_claim(struct deed_array array, const struct deed__claim *claim,
                                     struct deed__hull *hull) {
  struct deed__block block;
  if (claim->owns_layout) return survey_view(array, hull);
  if (!deed__block_read(claim->block, &block)) return DEED_ESTALE;
  hull->begin_bytes = (char *)block.lowest - (char *)claim->data;
  hull->end_bytes = hull->begin_bytes + block.size_bytes;
  return DEED_OK;
}

/* Does the part lie in the whole, when it starts offset_bytes after that? */
static bool lies_inside(const struct deed__hull *part, int64_t offset_bytes, const struct deed__hull *whole) {
  if (offset_bytes < whole->begin_bytes || offset_bytes > whole->end_bytes) return false;
  return part->begin_bytes >= whole->begin_bytes - offset_bytes && part->end_bytes <= whole->end_bytes - offset_bytes;
}

DEED__FLATTEN enum deed_status deed_view(struct deed_array array, int64_t offset_bytes,
                                         const struct deed_layout *layout, uint32_t rights,
                                         const struct deed_site *site, struct deed_array *view,
                                         struct deed_error *error) {
  struct deed__claim claim;
  struct deed__hull whole, part;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status == DEED_OK) status = survey_claim(array, &claim, &whole);
  if (status != DEED_OK) return deed__fail_handle(error, status, DEED__VIEW, array);
  if (!view || !layout || !deed__are_rights(rights)) {
    return deed__fail_argument(error, DEED_EINVAL, DEED__VIEW, "view, layout or rights");
  }
  status = deed__layout_survey(layout, &part);
  if (status != DEED_OK) return deed__fail_argument(error, status, DEED__VIEW, "layout");
  if (!lies_inside(&part, offset_bytes, &whole)) {
    return deed__fail_argument(error, DEED_EBOUNDS, DEED__VIEW, "layout and offset");
  }
  if (claim.data) claim.data = (char *)claim.data + offset_bytes;
  return deed__share_part(&claim, layout, rights, site, DEED__VIEW, view, error);
}
