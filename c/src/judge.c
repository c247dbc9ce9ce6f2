/* SPDX-License-Identifier: BSD-3-Clause */
#include "judge.h"

#include "fail.h"

static enum deed__state state_of(uint32_t claims, bool named) {
  if (claims == 1) return named ? DEED__SOLE_NAMED : DEED__SOLE;
  return named ? DEED__SHARED_NAMED : DEED__SHARED;
}

struct deed__rule deed__judge(enum deed__verb verb, const struct deed__claim *claim, struct deed__block *block) {
  deed__block_read(claim->block, block);
  uint32_t claims = deed__block_claims(claim->block);
  if (claims == 0) return (struct deed__rule){DEED_ESTALE, DEED__NOTHING};
  return deed__rule_of(verb, claim->role, state_of(claims, block->named), block->origin);
}

enum deed_status deed__seize_for(enum deed__verb verb, struct deed_array array, struct deed__claim *claim,
                                 struct deed__block *block, enum deed__effect *effect, struct deed_error *error) {
  enum deed_status status = deed__claim_seize(array, claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, verb, array);
  struct deed__rule rule = deed__judge(verb, claim, block);
  *effect = rule.effect;
  if (rule.status == DEED_OK) return DEED_OK;
  deed__claim_unseize(array);
  return deed__fail_rule(error, rule.status, verb, array, claim);
}
