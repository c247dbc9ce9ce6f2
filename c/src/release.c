/* SPDX-License-Identifier: BSD-3-Clause */
/* release.c - release and recall_later: a claim ends, and with the last one the block. */
#include "release.h"

#include "deed/ledger.h"
#include "fail.h"
#include "hot.h"
#include "judge.h"
#include "memory.h"
#include "name_table.h"
#include "pin.h"
#include "recall_wait.h"
#include "rules.h"

static _Atomic int64_t abandoned_count;

int64_t deed__abandoned_count(void) { return atomic_load_explicit(&abandoned_count, memory_order_relaxed); }

void deed_note_abandoned(void) { atomic_fetch_add_explicit(&abandoned_count, 1, memory_order_relaxed); }

static enum deed_status free_memory(const struct deed__block *block) {
  if (block->is_inherited && !deed__rule_child_frees(block->origin)) {
    deed_note_abandoned();
    return DEED_OK;
  }
  if (block->origin == DEED_ORIGIN_MALLOC && !deed__memory_is_intact(block->lowest, block->context)) {
    deed_note_abandoned();
    return DEED_EDAMAGED;
  }
  if (block->release) block->release(block->data, block->context);
  return DEED_OK;
}

enum deed_status deed__release_block(deed__block_ref ref) {
  struct deed__block block;
  return deed__block_drop(ref, &block) ? free_memory(&block) : DEED_OK;
}

/* The title of a loan ends with the block, and only if nobody has made a share since the rule was looked up. */
static enum deed_status end_loan(struct deed_array array, const struct deed__claim *claim, struct deed_error *error) {
  if (!deed__block_end_sole(claim->block)) {
    deed__claim_unseize(array);
    return deed__fail_rule(error, DEED_EBUSY, DEED__RELEASE, array, claim);
  }
  deed__claim_end(array, claim->rank);
  return DEED_OK;
}

/* A seized claim ends, and with the last one the block. */
static enum deed_status end_claim(struct deed_array array, const struct deed__claim *claim, bool is_named) {
  deed__block_ref ref = claim->block;
  if (claim->role == DEED_ROLE_TITLE) {
    deed__block_set_owner(ref, DEED_LANGUAGE_NONE);
    if (is_named) deed__name_withdraw(ref);
  }
  deed__claim_end(array, claim->rank);
  return deed__release_block(ref);
}

/* The block has its way to be freed before the title's own claim ends: whoever ends the last one finds it. */
enum deed_status deed_recall_later(struct deed_array array, deed_release_fn release, void *context,
                                   struct deed_error *error) {
  struct deed__claim claim;
  struct deed__verdict verdict;
  if (!release) return deed__fail_argument(error, DEED_EINVAL, DEED__RECALL_LATER, "release");
  enum deed_status status = deed__seize_for(DEED__RECALL_LATER, array, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  deed__block_set_release(claim.block, release, context);
  (void)end_claim(array, &claim, verdict.named);
  deed__recall_wake(); /* whoever waits to recall by this handle has it no more */
  deed__pin((deed__code)release);
  return DEED_OK;
}

DEED__HOT enum deed_status deed_release(struct deed_array array, struct deed_error *error) {
  struct deed__claim claim;
  struct deed__verdict verdict;
  enum deed_status status = deed__seize_for(DEED__RELEASE, array, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  if (verdict.effect == DEED__GIVES_BACK) {
    status = end_loan(array, &claim, error);
    if (status == DEED_OK && verdict.named) deed__name_end(claim.block);
    return status;
  }
  status = end_claim(array, &claim, verdict.named);
  if (status == DEED_OK) return DEED_OK;
  return deed__fail_argument(error, status, DEED__RELEASE, "the claim has ended, its memory is abandoned");
}
