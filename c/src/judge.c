/* SPDX-License-Identifier: BSD-3-Clause */
#include "judge.h"

#include "fail.h"
#include "name_table.h"

static enum deed__state state_of(uint32_t claims, bool named) {
  if (claims == 1) return named ? DEED__SOLE_NAMED : DEED__SOLE;
  return named ? DEED__SHARED_NAMED : DEED__SHARED;
}

/* A share cannot be the only claim of a block with a name, because the name ends with the title. One that seems to be
 * has ended since it was read, and the claim that is left is the title. */
static bool has_ended(const struct deed__claim *claim, const struct deed__standing *block) {
  return block->claims == 0 || (claim->role == DEED_ROLE_SHARE && block->claims == 1 && block->named);
}

enum deed_status deed__judge(enum deed__verb verb, const struct deed__claim *claim, struct deed__verdict *verdict) {
  struct deed__standing block;
  deed__block_standing(claim->block, &block);
  struct deed__rule rule = {DEED_ESTALE, DEED__NOTHING};
  if (!has_ended(claim, &block))
    rule = deed__rule_of(verb, claim->role, state_of(block.claims, block.named), block.origin);
  verdict->effect = rule.effect;
  verdict->claims = block.claims;
  verdict->named = block.named;
  return rule.status;
}

/* Who waits for a claim that another has seized does not hold the lock. */
static enum deed_status seize(struct deed_array array, bool with_names, struct deed__claim *claim) {
  for (;;) {
    if (with_names) deed__names_lock();
    enum deed_status status = deed__claim_try_seize(array, claim);
    if (status == DEED_OK) return DEED_OK;
    if (with_names) deed__names_unlock();
    if (status != DEED_EBUSY) return status;
    deed__claim_settle(array);
  }
}

static void let_go(struct deed_array array, bool with_names) {
  deed__claim_unseize(array);
  if (with_names) deed__names_unlock();
}

/* The claim is seized before its block is looked at: until then another thread may publish it. */
enum deed_status deed__seize_for(enum deed__verb verb, struct deed_array array, bool with_names,
                                 struct deed__claim *claim, struct deed__verdict *verdict, struct deed_error *error) {
  enum deed_status status = seize(array, with_names, claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, verb, array);
  status = deed__judge(verb, claim, verdict);
  if (status == DEED_OK) return DEED_OK;
  let_go(array, with_names);
  return deed__fail_rule(error, status, verb, array, claim->block, claim->role);
}

/* While the title is let go of, in order to lock the names, it may lose its name. */
enum deed_status deed__seize_to_end(enum deed__verb verb, struct deed_array array, struct deed__claim *claim,
                                    struct deed__verdict *verdict, struct deed_error *error) {
  enum deed_status status = deed__seize_for(verb, array, false, claim, verdict, error);
  verdict->ends_name = false;
  if (status != DEED_OK || !verdict->named || claim->role != DEED_ROLE_TITLE) return status;
  deed__claim_unseize(array);
  status = deed__seize_for(verb, array, true, claim, verdict, error);
  verdict->ends_name = status == DEED_OK && verdict->named;
  if (status == DEED_OK && !verdict->named) deed__names_unlock();
  return status;
}
