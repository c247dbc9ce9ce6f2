/* SPDX-License-Identifier: BSD-3-Clause */
/* judge.h - hold a live claim against the table of rules. */
#ifndef DEED_JUDGE_H
#define DEED_JUDGE_H

#include <stdbool.h>

#include "claim.h"
#include "rules.h"

/* The rule for a verb on a claim, and whether its block has a name. */
struct deed__verdict {
  enum deed__effect effect;
  uint32_t claims; /* on the block */
  bool named;
  bool ends_name; /* filled by deed__seize_to_end */
};

/* Judge a verb on this claim with the block in the state it is in now. A block that has ended in the meantime gives
 * DEED_ESTALE. verdict [fills]. Returns the status of the rule. */
enum deed_status deed__judge(enum deed__verb verb, const struct deed__claim *claim, struct deed__verdict *verdict);

/* Seize the claim (claim.h) and judge. DEED_OK: the claim is seized, the caller goes on; otherwise error is filled and
 * nothing is seized. with_names: if it is DEED_OK the names are locked (name_table.h), too; the caller unlocks them
 * when it has nothing seized any more. claim, verdict [fill]. */
enum deed_status deed__seize_for(enum deed__verb verb, struct deed_array array, bool with_names,
                                 struct deed__claim *claim, struct deed__verdict *verdict, struct deed_error *error);

/* The same for a verb that ends the claim. A name ends with its title: if there is one, verdict->ends_name is set and
 * the names are locked. */
enum deed_status deed__seize_to_end(enum deed__verb verb, struct deed_array array, struct deed__claim *claim,
                                    struct deed__verdict *verdict, struct deed_error *error);

#endif
