/* SPDX-License-Identifier: BSD-3-Clause */
/* title.c - transfer, reclaim and recall: the verbs of the title holder. */
#include "compiler.h"
#include "fail.h"
#include "judge.h"
#include "layout_survey.h"
#include "recall_wait.h"
#include "site.h"
#include "verbs.h"

/* The claim's record is reserved before the title is seized: others would wait while memory is allocated. */
static enum deed_status move(struct deed_array array, const struct deed_site *holder, uint32_t record,
                             struct deed_array *moved, struct deed_error *error) {
  struct deed__claim claim;
  struct deed__verdict verdict;
  enum deed_status status = deed__seize_for(DEED__TRANSFER, array, false, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  claim.site = *holder;
  deed__block_set_owner(claim.block, holder->language); /* before anybody can use the new handle, or guess it */
  *moved = deed__claim_begin(record, &claim);
  deed__claim_end(array, &claim);
  return DEED_OK;
}

DEED__FLATTEN enum deed_status deed_transfer(struct deed_array array, const struct deed_site *site,
                                             struct deed_array *moved, struct deed_error *error) {
  struct deed__claim claim;
  struct deed_site holder;
  uint32_t record;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, DEED__TRANSFER, array);
  if (!moved) return deed__fail_argument(error, DEED_EINVAL, DEED__TRANSFER, "moved");
  status = deed__site_keep(site, &holder);
  if (status != DEED_OK) return deed__fail_argument(error, status, DEED__TRANSFER, "site");
  status = deed__claim_reserve(&record);
  if (status != DEED_OK) return deed__fail_argument(error, status, DEED__TRANSFER, "no record for the claim");
  status = move(array, &holder, record, moved, error);
  if (status != DEED_OK) deed__claim_unreserve(record);
  return status;
}

/* Does the caller ask for the allocator that the block has? Only the title holder is told. */
static bool is_other_allocator(const struct deed__claim *claim, const struct deed__block *block,
                               enum deed_origin origin, deed_release_fn release) {
  if (claim->role != DEED_ROLE_TITLE || block->origin == DEED_ORIGIN_LENT) return false;
  return block->origin != origin || (release && block->release != release);
}

static enum deed_status fail_allocator(struct deed_error *error, const struct deed__block *block,
                                       enum deed_origin origin) {
  return deed__fail(error, DEED_EORIGIN, "reclaim refused: the memory is of origin %s%s, asked for was %s",
                    deed_origin_name(block->origin), block->origin == origin ? " from another allocator" : "",
                    deed_origin_name(origin));
}

enum deed_status deed_reclaim(struct deed_array array, enum deed_origin origin, deed_release_fn release,
                              struct deed_reclaimed *reclaimed, struct deed_error *error) {
  struct deed__claim claim;
  struct deed__block block;
  struct deed__verdict verdict;
  struct deed_layout layout;
  enum deed_status status = deed__claim_show(array, &claim, &layout);
  if (status != DEED_OK) return deed__fail_handle(error, status, DEED__RECLAIM, array);
  if (!reclaimed) return deed__fail_argument(error, DEED_EINVAL, DEED__RECLAIM, "reclaimed");
  if (deed__block_read(claim.block, &block) && is_other_allocator(&claim, &block, origin, release)) {
    return fail_allocator(error, &block, origin);
  }
  status = deed__seize_to_end(DEED__RECLAIM, array, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  deed__block_read(claim.block, &block);
  status = deed__end_with_block(DEED__RECLAIM, array, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  *reclaimed = (struct deed_reclaimed){.data = block.data, .release = block.release, .context = block.context};
  deed__layout_copy(&reclaimed->layout, &layout);
  return DEED_OK;
}

struct recall {
  struct deed_array array;
  struct deed_error *error;
  enum deed_status status;
};

/* True when waiting would not help. */
DEED__FLATTEN static bool attempt_recall(void *context) {
  struct recall *recall = context;
  struct deed__claim claim;
  struct deed__verdict verdict;
  recall->status = deed__seize_to_end(DEED__RECALL, recall->array, &claim, &verdict, recall->error);
  if (recall->status == DEED_OK) {
    recall->status = deed__end_with_block(DEED__RECALL, recall->array, &claim, &verdict, recall->error);
  }
  return recall->status != DEED_EBUSY;
}

enum deed_status deed_recall(struct deed_array array, int64_t timeout_ms, struct deed_error *error) {
  struct recall recall = {.array = array};
  if (timeout_ms != 0) deed__recall_wait(timeout_ms, attempt_recall, &recall);
  if (timeout_ms != 0 && recall.status == DEED_OK) return DEED_OK;
  recall.error = error;
  attempt_recall(&recall);
  return recall.status;
}
