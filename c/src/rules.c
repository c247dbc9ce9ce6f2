/* SPDX-License-Identifier: BSD-3-Clause */
/* rules.c - the table of ownership rules. It is the only place that decides: docs/ownership.md is generated from it. */
#include "rules.h"

/* Sets of roles, states and origins, as bits. */
#define BIT(n) (1u << (n))

#define NOBODY BIT(DEED_ROLE_NONE)
#define TITLE BIT(DEED_ROLE_TITLE)
#define SHARE BIT(DEED_ROLE_SHARE)
#define HOLDER (TITLE | SHARE)

#define NEW BIT(DEED__NEW)
#define NEW_LENT BIT(DEED__NEW_LENT)
#define SOLE (BIT(DEED__SOLE) | BIT(DEED__SOLE_NAMED))
#define SHARED (BIT(DEED__SHARED) | BIT(DEED__SHARED_NAMED))
#define NAMED (BIT(DEED__SOLE_NAMED) | BIT(DEED__SHARED_NAMED))
#define UNNAMED (BIT(DEED__SOLE) | BIT(DEED__SHARED))
#define LIVE (SOLE | SHARED)

#define MALLOC BIT(DEED_ORIGIN_MALLOC)
#define CXX BIT(DEED_ORIGIN_CXX)
#define FORTRAN BIT(DEED_ORIGIN_FORTRAN)
#define INTERPROCESS BIT(DEED_ORIGIN_INTERPROCESS)
#define LENT BIT(DEED_ORIGIN_LENT)
#define STATIC BIT(DEED_ORIGIN_STATIC)
#define KEPT_BY_OTHERS (BIT(DEED_ORIGIN_PYTHON) | BIT(DEED_ORIGIN_FOREIGN) | STATIC)
#define ADOPTED (CXX | KEPT_BY_OTHERS)
#define OWNED (MALLOC | FORTRAN | ADOPTED)
#define ANY (OWNED | LENT)

#define ROWS_PER_VERB 4

/* The cells of one set each, in one word. */
#define CELLS(roles, states, origins) ((roles) | (states) << 8 | (origins) << 16)

struct row {
  uint32_t cells;
  struct deed__rule rule;
};

/* Of each verb the first row that holds the cell decides. possible() below removes the cells that cannot come about. */
static const struct row rows[DEED__VERB_COUNT][ROWS_PER_VERB] = {
    [DEED__ALLOC] = {{CELLS(NOBODY, NEW, MALLOC), {DEED_OK, DEED__MAKES_BLOCK}}},
    [DEED__ADOPT] = {{CELLS(NOBODY, NEW_LENT, CXX), {DEED_EBUSY, DEED__NOTHING}},
                     {CELLS(NOBODY, NEW | NEW_LENT, ADOPTED), {DEED_OK, DEED__MAKES_BLOCK}},
                     {CELLS(NOBODY, NEW | NEW_LENT, MALLOC | LENT), {DEED_EORIGIN, DEED__NOTHING}},
                     {CELLS(NOBODY, NEW | NEW_LENT, INTERPROCESS), {DEED_EUNSUPPORTED, DEED__NOTHING}}},
    [DEED__TAKE] = {{CELLS(NOBODY, NEW_LENT, FORTRAN), {DEED_EBUSY, DEED__NOTHING}},
                    {CELLS(NOBODY, NEW, FORTRAN), {DEED_OK, DEED__MAKES_BLOCK}}},
    [DEED__LEND] = {{CELLS(NOBODY, NEW | NEW_LENT, LENT), {DEED_OK, DEED__MAKES_BLOCK}}},
    [DEED__SHARE] = {{CELLS(HOLDER, LIVE, ANY), {DEED_OK, DEED__ADDS_SHARE}}},
    [DEED__VIEW] = {{CELLS(HOLDER, LIVE, ANY), {DEED_OK, DEED__ADDS_SHARE}}},
    [DEED__TRANSFER] = {{CELLS(SHARE, LIVE, ANY), {DEED_ENOTTITLE, DEED__NOTHING}},
                        {CELLS(TITLE, LIVE, LENT), {DEED_EORIGIN, DEED__NOTHING}},
                        {CELLS(TITLE, LIVE, OWNED), {DEED_OK, DEED__MOVES_TITLE}}},
    [DEED__RECLAIM] = {{CELLS(SHARE, LIVE, ANY), {DEED_ENOTTITLE, DEED__NOTHING}},
                       {CELLS(TITLE, LIVE, LENT), {DEED_EORIGIN, DEED__NOTHING}},
                       {CELLS(TITLE, SHARED, OWNED), {DEED_EBUSY, DEED__NOTHING}},
                       {CELLS(TITLE, SOLE, OWNED), {DEED_OK, DEED__GIVES_BACK}}},
    [DEED__RECALL] = {{CELLS(SHARE, LIVE, ANY), {DEED_ENOTTITLE, DEED__NOTHING}},
                      {CELLS(TITLE, LIVE, OWNED), {DEED_EORIGIN, DEED__NOTHING}},
                      {CELLS(TITLE, SHARED, LENT), {DEED_EBUSY, DEED__NOTHING}},
                      {CELLS(TITLE, SOLE, LENT), {DEED_OK, DEED__GIVES_BACK}}},
    [DEED__RECALL_LATER] = {{CELLS(SHARE, LIVE, ANY), {DEED_ENOTTITLE, DEED__NOTHING}},
                            {CELLS(TITLE, LIVE, OWNED), {DEED_EORIGIN, DEED__NOTHING}},
                            {CELLS(TITLE, SHARED, LENT), {DEED_OK, DEED__ENDS_CLAIM}},
                            {CELLS(TITLE, SOLE, LENT), {DEED_OK, DEED__FREES}}},
    [DEED__RELEASE] = {{CELLS(TITLE, SHARED, LENT), {DEED_EBUSY, DEED__NOTHING}},
                       {CELLS(HOLDER, SHARED, ANY), {DEED_OK, DEED__ENDS_CLAIM}},
                       {CELLS(TITLE, SOLE, LENT), {DEED_OK, DEED__GIVES_BACK}},
                       {CELLS(HOLDER, SOLE, ANY), {DEED_OK, DEED__FREES}}},
    [DEED__PUBLISH] = {{CELLS(SHARE, LIVE, ANY), {DEED_ENOTTITLE, DEED__NOTHING}},
                       {CELLS(TITLE, NAMED, ANY), {DEED_EEXIST, DEED__NOTHING}},
                       {CELLS(TITLE, UNNAMED, ANY), {DEED_OK, DEED__NAMES}}},
    [DEED__LOOKUP] = {{CELLS(NOBODY, NAMED, ANY), {DEED_OK, DEED__ADDS_SHARE}},
                      {CELLS(NOBODY, UNNAMED, ANY), {DEED_ENONAME, DEED__NOTHING}}},
    [DEED__WITHDRAW] = {{CELLS(SHARE, LIVE, ANY), {DEED_ENOTTITLE, DEED__NOTHING}},
                        {CELLS(TITLE, UNNAMED, ANY), {DEED_ENONAME, DEED__NOTHING}},
                        {CELLS(TITLE, NAMED, ANY), {DEED_OK, DEED__UNNAMES}}},
    [DEED__COPY] = {{CELLS(HOLDER, LIVE, ANY), {DEED_OK, DEED__MAKES_BLOCK}}},
    [DEED__UPGRADE] = {{CELLS(NOBODY, LIVE, ANY), {DEED_OK, DEED__ADDS_SHARE}}},
};

/* A share that is alone has outlived the title, so its block has no name any more. */
static int possible(enum deed_role role, enum deed__state state) {
  return role != DEED_ROLE_SHARE || state != DEED__SOLE_NAMED;
}

struct deed__rule deed__rule_of(enum deed__verb verb, enum deed_role role, enum deed__state state,
                                enum deed_origin origin) {
  static const struct deed__rule impossible = {DEED_EINVAL, DEED__NOTHING};
  if (!possible(role, state)) return impossible;
  const uint32_t cell = CELLS(BIT(role), BIT(state), BIT(origin));
  for (int i = 0; i < ROWS_PER_VERB; ++i) {
    if ((rows[verb][i].cells & cell) == cell) return rows[verb][i].rule;
  }
  return impossible;
}

/* deed's own memory is a copy in the child, as all of its heap is. */
bool deed__rule_child_frees(enum deed_origin origin) { return (BIT(origin) & (MALLOC | STATIC)) != 0; }

const char *deed__verb_name(enum deed__verb verb) {
  static const char *const names[DEED__VERB_COUNT] = {
      "alloc",  "adopt",        "take",    "lend",    "share",  "view",     "transfer", "reclaim",
      "recall", "recall_later", "release", "publish", "lookup", "withdraw", "copy",     "upgrade"};
  return names[verb];
}

const char *deed__state_name(enum deed__state state) {
  static const char *const names[DEED__STATE_COUNT] = {"new",        "new lent", "sole",
                                                       "sole named", "shared",   "shared named"};
  return names[state];
}

const char *deed__effect_name(enum deed__effect effect) {
  static const char *const names[DEED__EFFECT_COUNT] = {"nothing",         "makes a block",         "adds a share",
                                                        "moves the title", "gives the memory back", "frees the memory",
                                                        "ends the claim",  "names the block",       "ends the name"};
  return names[effect];
}
