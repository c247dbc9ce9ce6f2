/* SPDX-License-Identifier: BSD-3-Clause */
/* rules.h - the ownership rules: what a verb may do, decided by role, block state and origin alone. */
#ifndef DEED_RULES_H
#define DEED_RULES_H

#include <stdbool.h>

#include "deed/array.h"

enum deed__verb {
  DEED__ALLOC,
  DEED__ADOPT,
  DEED__TAKE,
  DEED__LEND,
  DEED__SHARE,
  DEED__VIEW,
  DEED__TRANSFER,
  DEED__RECLAIM,
  DEED__RECALL,
  DEED__RECALL_LATER,
  DEED__RELEASE,
  DEED__PUBLISH,
  DEED__LOOKUP,
  DEED__WITHDRAW,
  DEED__COPY,
  DEED__UPGRADE,
  DEED__VERB_COUNT
};

/* The state of a block before the verb. The claim that calls counts: SOLE means that it is the only one. */
enum deed__state {
  DEED__NEW,      /* no block yet */
  DEED__NEW_LENT, /* the same, and some of the memory is lent */
  DEED__SOLE,
  DEED__SOLE_NAMED,
  DEED__SHARED,
  DEED__SHARED_NAMED,
  DEED__STATE_COUNT
};

/* What the verb does to the block when it is allowed. */
enum deed__effect {
  DEED__NOTHING,
  DEED__MAKES_BLOCK, /* a new block, title to the caller */
  DEED__ADDS_SHARE,  /* one more claim, role share */
  DEED__MOVES_TITLE, /* the title has a new holder and a new handle */
  DEED__GIVES_BACK,  /* the block ends, the memory is the caller's */
  DEED__FREES,       /* the block ends, its memory is freed by its origin */
  DEED__ENDS_CLAIM,  /* the claim ends, others keep the block */
  DEED__NAMES,       /* the block gets a name */
  DEED__UNNAMES,     /* the block loses its name */
  DEED__EFFECT_COUNT
};

struct deed__rule {
  enum deed_status status;
  enum deed__effect effect;
};

#define DEED__ROLE_COUNT 3
#define DEED__ORIGIN_COUNT 9

/* The rule of a cell. A cell that cannot come about (a share of a block that does not exist, say) has status
 * DEED_EINVAL and effect NOTHING. Total over the four enumerations. */
struct deed__rule deed__rule_of(enum deed__verb verb, enum deed_role role, enum deed__state state,
                                enum deed_origin origin);

/* At the end of a block: is its memory freed, or abandoned, when the block was made by the parent of this process
 * before a fork? What a release callback ends may be the parent's still. */
bool deed__rule_child_frees(enum deed_origin origin);

const char *deed__verb_name(enum deed__verb verb);
const char *deed__state_name(enum deed__state state);
const char *deed__effect_name(enum deed__effect effect);

#endif
