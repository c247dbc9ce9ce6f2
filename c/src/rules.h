/* SPDX-License-Identifier: BSD-3-Clause */
/* rules.h - the ownership rules: who may call a verb, decided by the role of the claim that calls, the state of its
 * block and the origin of the memory. The rows are in rule_rows.h; nothing else in the core decides by these three.
 *
 * What a verb is called *with*, it checks itself, and only that: the handle is live (DEED_EHANDLE, DEED_ESTALE), the
 * layout is one and lies in the memory (layout.c, share.c), the rights asked for are a part of the claim's (share.c,
 * weak.c, describe.c: DEED_ERIGHTS), the name is one block's (name_table.c: DEED_EEXIST; registry.c: DEED_ENONAME), the
 * allocator named to reclaim is the one that made the memory (title.c: DEED_EORIGIN). Whether memory is lent already is
 * a state, NEW_LENT; make.c looks for loans only where a row would refuse them.
 *
 * Another thread may change the state between the answer and the act. The act is one compare-and-swap; where it fails,
 * the verb answers as the table would then (release.c: DEED_EBUSY). Two answers are taken for granted, to which
 * tests hold the rows: a share may end whatever its block is (release.c), and a name makes no difference to
 * who may share, view, copy or upgrade (share.c). */
#ifndef DEED_RULES_H
#define DEED_RULES_H

#include <stdbool.h>

#include "deed/array.h"

/* X(VERB, its word). */
#define DEED__VERB_MAP(X)         \
  X(ALLOC, "alloc")               \
  X(ADOPT, "adopt")               \
  X(TAKE, "take")                 \
  X(LEND, "lend")                 \
  X(SHARE, "share")               \
  X(VIEW, "view")                 \
  X(TRANSFER, "transfer")         \
  X(RECLAIM, "reclaim")           \
  X(RECALL, "recall")             \
  X(RECALL_LATER, "recall_later") \
  X(RELEASE, "release")           \
  X(PUBLISH, "publish")           \
  X(LOOKUP, "lookup")             \
  X(WITHDRAW, "withdraw")         \
  X(COPY, "copy")                 \
  X(UPGRADE, "upgrade")

/* The state of a block before the verb. The claim that calls counts: SOLE means that it is the only one. */
#define DEED__STATE_MAP(X)                                               \
  X(NEW, "new")           /* no block yet */                             \
  X(NEW_LENT, "new lent") /* the same, and some of the memory is lent */ \
  X(SOLE, "sole")                                                        \
  X(SOLE_NAMED, "sole named")                                            \
  X(SHARED, "shared")                                                    \
  X(SHARED_NAMED, "shared named")

/* What the verb does to the block when it is allowed. deed_release goes by it; for the other verbs it is what the
 * documentation says, and test_rules.c holds every one of them to it. */
#define DEED__EFFECT_MAP(X)                                                                      \
  X(NOTHING, "nothing")                                                                          \
  X(MAKES_BLOCK, "makes a block")        /* a new block, title to the caller */                  \
  X(ADDS_SHARE, "adds a share")          /* one more claim, role share */                        \
  X(MOVES_TITLE, "moves the title")      /* the title has a new holder and a new handle */       \
  X(GIVES_BACK, "gives the memory back") /* the block ends, the memory is the caller's */        \
  X(FREES, "frees the memory")           /* the block ends, its memory is freed by its origin */ \
  X(ENDS_CLAIM, "ends the claim")        /* the claim ends, others keep the block */             \
  X(NAMES, "names the block")            /* the block gets a name */                             \
  X(UNNAMES, "ends the name")            /* the block loses its name */

#define DEED__ENUMERATOR_(name, word) DEED__##name,
enum deed__verb { DEED__VERB_MAP(DEED__ENUMERATOR_) DEED__VERB_COUNT };
enum deed__state { DEED__STATE_MAP(DEED__ENUMERATOR_) DEED__STATE_COUNT };
enum deed__effect { DEED__EFFECT_MAP(DEED__ENUMERATOR_) DEED__EFFECT_COUNT };
#undef DEED__ENUMERATOR_

#define DEED__ROLE_COUNT (DEED_ROLE_COPY + 1)
#define DEED__ORIGIN_COUNT (DEED_ORIGIN_STATIC + 1)

struct deed__rule {
  enum deed_status status;
  enum deed__effect effect;
};

/* A rule in 16 bits. What no row holds is zero, and zero is refused: DEED_EINVAL, NOTHING. */
#define DEED__CELL(status, effect) ((effect) << 8 | ((status) ^ DEED_EINVAL))

/* The rows, compiled. */
extern const uint16_t deed__rule_cells[DEED__VERB_COUNT][DEED__ROLE_COUNT][DEED__STATE_COUNT][DEED__ORIGIN_COUNT];

/* The rule of a cell: one load. A cell that cannot come about (a share of a block that does not exist, say) has status
 * DEED_EINVAL and effect NOTHING. Total over the four enumerations; the caller has made sure that the four are of
 * them. alloc, adopt and lend ask with DEED_ROLE_NONE and DEED__NEW. */
static inline struct deed__rule deed__rule_of(enum deed__verb verb, enum deed_role role, enum deed__state state,
                                              enum deed_origin origin) {
  unsigned cell = deed__rule_cells[verb][role][state][origin]; /* DEED__CELL, undone */
  return (struct deed__rule){(enum deed_status)((cell & 0xff) ^ DEED_EINVAL), (enum deed__effect)(cell >> 8)};
}

/* At the end of a block: is its memory freed, or abandoned, when the block was made by the parent of this process
 * before a fork? What a release callback ends may be the parent's still. */
bool deed__rule_child_frees(enum deed_origin origin);

const char *deed__verb_name(enum deed__verb verb);
const char *deed__state_name(enum deed__state state);
const char *deed__effect_name(enum deed__effect effect);

#endif
