/* SPDX-License-Identifier: BSD-3-Clause */
/* release.c - release and recall_later: a claim ends, and with the last one the block. */
#include <pthread.h>

#include "compiler.h"
#include "deed/ledger.h"
#include "fail.h"
#include "judge.h"
#include "keep_loaded.h"
#include "memory.h"
#include "name_table.h"
#include "recall_wait.h"
#include "rules.h"
#include "verbs.h"

static _Atomic int64_t abandoned_count;

int64_t deed__abandoned_count(void) { return atomic_load_explicit(&abandoned_count, memory_order_relaxed); }

void deed_note_abandoned(void) { atomic_fetch_add_explicit(&abandoned_count, 1, memory_order_relaxed); }

/* A thread that is to be cancelled is so later: the callback would stop halfway, or end the process if it is of C++. */
static void run_release(const struct deed__block *block) {
  int cancellation;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancellation);
  block->release(block->data, block->context);
  pthread_setcancelstate(cancellation, NULL);
}

static enum deed_status free_memory(const struct deed__block *block) {
  if (block->is_inherited && !deed__rule_child_frees(block->origin)) {
    deed_note_abandoned();
    return DEED_OK;
  }
  if (block->origin == DEED_ORIGIN_MALLOC) {
    if (deed__memory_is_intact(block->lowest, block->context)) {
      deed__memory_free(block->data, block->context);
      return DEED_OK;
    }
    deed_note_abandoned();
    return DEED_EDAMAGED;
  }
  if (block->release) run_release(block);
  return DEED_OK;
}

static enum deed_status end_block(deed__block_ref ref) {
  struct deed__block block;
  deed__block_end(ref, &block);
  return free_memory(&block);
}

enum deed_status deed__release_block(deed__block_ref ref) { return deed__block_drop(ref) ? end_block(ref) : DEED_OK; }

enum deed_status deed__end_with_block(enum deed__verb verb, struct deed_array array, const struct deed__claim *claim,
                                      const struct deed__verdict *verdict, struct deed_error *error) {
  bool ended = deed__block_end_sole(claim->block);
  if (ended) {
    deed__claim_end(array, claim);
    if (verdict->ends_name) deed__name_end(claim->block);
    deed__block_recycle(claim->block);
  } else {
    deed__claim_unseize(array);
  }
  if (verdict->ends_name) deed__names_unlock();
  return ended ? DEED_OK : deed__fail_rule(error, DEED_EBUSY, verb, array, claim->block, claim->role);
}

/* What a title leaves behind in its block, whose count the caller has still to lower. */
static void forget_title(deed__block_ref ref, const struct deed__verdict *verdict) {
  deed__block_set_owner(ref, DEED_LANGUAGE_NONE);
  if (!verdict->ends_name) return;
  deed__block_set_named(ref, false);
  deed__name_end(ref);
  deed__names_unlock();
}

/* A claim that deed__seize_to_end has seized ends, and with the last one the block. */
static enum deed_status end_claim(struct deed_array array, const struct deed__claim *claim,
                                  const struct deed__verdict *verdict) {
  deed__claim_end(array, claim);
  if (claim->role == DEED_ROLE_TITLE) forget_title(claim->block, verdict);
  return deed__release_block(claim->block);
}

/* The block has its way to be freed before the title's own claim ends: whoever ends the last one finds it. */
enum deed_status deed_recall_later(struct deed_array array, deed_release_fn release, void *context,
                                   struct deed_error *error) {
  struct deed__claim claim;
  struct deed__verdict verdict;
  if (!release) return deed__fail_argument(error, DEED_EINVAL, DEED__RECALL_LATER, "release");
  enum deed_status status = deed__seize_to_end(DEED__RECALL_LATER, array, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  deed__block_set_release(claim.block, release, context);
  (void)end_claim(array, &claim, &verdict); /* lent memory is not damaged */
  deed__recall_wake();                      /* whoever waits to recall by this handle has it no more */
  deed__keep_loaded((deed__code)release);
  return DEED_OK;
}

static enum deed_status released(enum deed_status status, struct deed_error *error) {
  if (status == DEED_OK) return DEED_OK;
  return deed__fail_argument(error, status, DEED__RELEASE, "the claim has ended, its memory is abandoned");
}

/* The table lets every share end, whatever its block is: only for others is it asked. */
DEED__FLATTEN enum deed_status deed_release(struct deed_array array, struct deed_error *error) {
  struct deed__claim claim;
  struct deed__verdict verdict;
  deed__block_ref block;
  if (deed__claim_end_as(DEED_ROLE_SHARE, array, &block)) return released(deed__release_block(block), error);
  enum deed_status status = deed__seize_to_end(DEED__RELEASE, array, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  if (verdict.effect == DEED__GIVES_BACK) {
    return deed__end_with_block(DEED__RELEASE, array, &claim, &verdict, error);
  }
  return released(end_claim(array, &claim, &verdict), error);
}
