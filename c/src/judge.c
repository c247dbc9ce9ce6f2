/* SPDX-License-Identifier: BSD-3-Clause */
#include "judge.h"

#include "compiler.h"
#include "fail.h"
#include "name_table.h"

static enum deed__state state_of(uint32_t claims, bool named) {
  if (claims == 1) return named ? DEED__SOLE_NAMED : DEED__SOLE;
  return named ? DEED__SHARED_NAMED : DEED__SHARED;
}

enum deed_status deed__judge(enum deed__verb verb, const struct deed__claim *claim, struct deed__verdict *verdict) {
  struct deed__standing block;
  deed__block_standing(claim->block, &block);
  struct deed__rule rule = {DEED_ESTALE, DEED__NOTHING};
  if (block.claims > 0) rule = deed__rule_of(verb, claim->role, state_of(block.claims, block.named), block.origin);
  verdict->effect = rule.effect;
  verdict->claims = block.claims;
  verdict->named = block.named;
  return rule.status;
}

enum deed_status deed__seize_for(enum deed__verb verb, struct deed_array array, struct deed__claim *claim,
                                 struct deed__verdict *verdict, struct deed_error *error) {
  enum deed_status status = deed__claim_seize(array, claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, verb, array);
  status = deed__judge(verb, claim, verdict);
  if (status == DEED_OK) return DEED_OK;
  deed__claim_unseize(array);
  return deed__fail_rule(error, status, verb, array, claim);
}

/* Who waits for a claim that another has seized does not hold the lock. */
static enum deed_status lock_names_and_seize(struct deed_array array, struct deed__claim *claim) {
  for (;;) {
    deed__names_lock();
    enum deed_status status = deed__claim_try_seize(array, claim);
    if (status == DEED_OK) return DEED_OK;
    deed__names_unlock();
    if (status != DEED_EBUSY) return status;
    deed__claim_settle(array);
  }
}

enum deed_status deed__seize_with_names(enum deed__verb verb, struct deed_array array, struct deed__claim *claim,
                                        struct deed__verdict *verdict, struct deed_error *error) {
  enum deed_status status = lock_names_and_seize(array, claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, verb, array);
  status = deed__judge(verb, claim, verdict);
  if (status == DEED_OK) return DEED_OK;
  deed__claim_unseize(array);
  deed__names_unlock();
  return deed__fail_rule(error, status, verb, array, claim);
}

/* The title of a block that had a name. Before the lock is had it may have lost it. */
DEED__NOINLINE static enum deed_status seize_to_end_with_name(enum deed__verb verb, struct deed_array array,
                                                              struct deed__claim *claim, struct deed__verdict *verdict,
                                                              struct deed_error *error) {
  enum deed_status status = deed__seize_with_names(verb, array, claim, verdict, error);
  verdict->ends_name = status == DEED_OK && verdict->named;
  if (status == DEED_OK && !verdict->named) deed__names_unlock();
  return status;
}

enum deed_status deed__seize_to_end(enum deed__verb verb, struct deed_array array, struct deed__claim *claim,
                                    struct deed__verdict *verdict, struct deed_error *error) {
  enum deed_status status = deed__seize_for(verb, array, claim, verdict, error);
  verdict->ends_name = false;
  if (status != DEED_OK || !verdict->named || claim->role != DEED_ROLE_TITLE) return status;
  deed__claim_unseize(array);
  return seize_to_end_with_name(verb, array, claim, verdict, error);
}
