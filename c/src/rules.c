/* SPDX-License-Identifier: BSD-3-Clause */
/* rules.c - the rows of rule_rows.h as a table of cells, made by the compiler: each cell is a constant expression. */
#include "rules.h"

#include "rule_rows.h"

_Static_assert(DEED_STATUS_COUNT <= 0x100 && DEED__EFFECT_COUNT <= 0x100, "a cell holds every answer");
_Static_assert(DEED__CELL(DEED_EINVAL, DEED__NOTHING) == 0, "a cell that no row holds is refused");

/* The cell's value if the row holds it, else go on with the next row. */
#define DECIDE(roles, states, origins, status, effect, role, state, origin) \
  ((roles) >> (role) & (states) >> (state) & (origins) >> (origin) & 1) ? DEED__CELL(status, DEED__##effect):

#define CELL(verb, role, state, origin) \
  DEED__ROWS_OF_ALL(DECIDE, role, state, origin) DEED__ROWS_##verb(DECIDE, role, state, origin) 0

#define ORIGINS(verb, role, state)                                                     \
  {CELL(verb, role, state, 0), CELL(verb, role, state, 1), CELL(verb, role, state, 2), \
   CELL(verb, role, state, 3), CELL(verb, role, state, 4), CELL(verb, role, state, 5), \
   CELL(verb, role, state, 6), CELL(verb, role, state, 7), CELL(verb, role, state, 8)}

#define STATES(verb, role)                                                 \
  {ORIGINS(verb, role, 0), ORIGINS(verb, role, 1), ORIGINS(verb, role, 2), \
   ORIGINS(verb, role, 3), ORIGINS(verb, role, 4), ORIGINS(verb, role, 5)}

#define ROLES(verb, word) [DEED__##verb] = {STATES(verb, 0), STATES(verb, 1), STATES(verb, 2), STATES(verb, 3)},

_Static_assert(DEED__ORIGIN_COUNT == 9, "ORIGINS names every origin");
_Static_assert(DEED__STATE_COUNT == 6, "STATES names every state");
_Static_assert(DEED__ROLE_COUNT == 4, "ROLES names every role");

const uint16_t deed__rule_cells[DEED__VERB_COUNT][DEED__ROLE_COUNT][DEED__STATE_COUNT][DEED__ORIGIN_COUNT] = {
    DEED__VERB_MAP(ROLES)};

bool deed__rule_child_frees(enum deed_origin origin) { return (CHILD_FREES >> origin & 1) != 0; }

#define WORD(name, word) [DEED__##name] = (word),

const char *deed__verb_name(enum deed__verb verb) {
  static const char *const words[] = {DEED__VERB_MAP(WORD)};
  return words[verb];
}

const char *deed__state_name(enum deed__state state) {
  static const char *const words[] = {DEED__STATE_MAP(WORD)};
  return words[state];
}

const char *deed__effect_name(enum deed__effect effect) {
  static const char *const words[] = {DEED__EFFECT_MAP(WORD)};
  return words[effect];
}
