/* SPDX-License-Identifier: BSD-3-Clause */
#include "judge.h"

#include "fail.h"

static enum deed__state state_of(uint32_t claims, bool named) {
  if (claims == 1) return named ? DEED__SOLE_NAMED : DEED__SOLE;
  return named ? DEED__SHARED_NAMED : DEED__SHARED;
}

struct deed__verdict deed__judge(enum deed__verb verb, const struct deed__claim *claim) {
  struct deed__standing block = deed__block_standing(claim->block);
  if (block.claims == 0) return (struct deed__verdict){.status = DEED_ESTALE};
  struct deed__rule rule = deed__rule_of(verb, claim->role, state_of(block.claims, block.named), block.origin);
  return (struct deed__verdict){.status = rule.status, .effect = rule.effect, .named = block.named};
}

enum deed_status deed__seize_for(enum deed__verb verb, struct deed_array array, struct deed__claim *claim,
                                 struct deed__verdict *verdict, struct deed_error *error) {
  enum deed_status status = deed__claim_seize(array, claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, verb, array);
  *verdict = deed__judge(verb, claim);
  if (verdict->status == DEED_OK) return DEED_OK;
  deed__claim_unseize(array);
  return deed__fail_rule(error, verdict->status, verb, array, claim);
}
