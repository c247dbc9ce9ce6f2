/* SPDX-License-Identifier: BSD-3-Clause */
/* rules_table.c - print the ownership rules as the Markdown table of docs/ownership.md.
 *
 * Every cell is asked for; cells with the same answer are then written as one row. "any" is every origin that a block
 * can have, "any state" every state of a live block. */
#include <stdbool.h>
#include <stdio.h>

#include "rules.h"

static bool is_possible(struct deed__rule rule) { return rule.status != DEED_EINVAL; }

static bool same_rule(struct deed__rule a, struct deed__rule b) { return a.status == b.status && a.effect == b.effect; }

static struct deed__rule rule_at(int verb, int role, int state, int origin) {
  return deed__rule_of((enum deed__verb)verb, (enum deed_role)role, (enum deed__state)state, (enum deed_origin)origin);
}

static bool same_answers(int verb, int role, int state_a, int state_b, struct deed__rule rule) {
  for (int origin = 0; origin < DEED__ORIGIN_COUNT; ++origin) {
    bool in_a = same_rule(rule_at(verb, role, state_a, origin), rule);
    bool in_b = same_rule(rule_at(verb, role, state_b, origin), rule);
    if (in_a != in_b) return false;
  }
  return true;
}

/* Origins that a block can have: those that the reports of a title holder's release know. */
static bool is_origin(int origin) { return is_possible(rule_at(DEED__RELEASE, DEED_ROLE_TITLE, DEED__SOLE, origin)); }

/* 1 if the row holds for every origin, 0 if only lent is missing, -1 otherwise. */
static int covers_origins(int verb, int role, int state, struct deed__rule rule) {
  int covers = 1;
  for (int origin = 0; origin < DEED__ORIGIN_COUNT; ++origin) {
    if (!is_origin(origin) || same_rule(rule_at(verb, role, state, origin), rule)) continue;
    if (origin != DEED_ORIGIN_LENT) return -1;
    covers = 0;
  }
  return covers;
}

static void print_origins(int verb, int role, int state, struct deed__rule rule) {
  const char *separator = "";
  int covers = covers_origins(verb, role, state, rule);
  if (covers >= 0) {
    printf("%s", covers ? "any" : "any but lent");
    return;
  }
  for (int origin = 0; origin < DEED__ORIGIN_COUNT; ++origin) {
    if (!same_rule(rule_at(verb, role, state, origin), rule)) continue;
    printf("%s%s", separator, deed_origin_name((enum deed_origin)origin));
    separator = ", ";
  }
}

static bool has_rule(int verb, int role, int state, struct deed__rule rule) {
  for (int origin = 0; origin < DEED__ORIGIN_COUNT; ++origin) {
    if (same_rule(rule_at(verb, role, state, origin), rule)) return true;
  }
  return false;
}

/* The states that give this rule for the same origins as the first of them does. */
static void print_states(int verb, int role, int first_state, struct deed__rule rule, bool *is_done) {
  const char *separator = "";
  int count = 0;
  for (int state = first_state; state < DEED__STATE_COUNT; ++state) {
    if (!has_rule(verb, role, state, rule) || !same_answers(verb, role, first_state, state, rule)) continue;
    is_done[state] = true;
    ++count;
  }
  if (count == DEED__STATE_COUNT - DEED__SOLE) {
    printf("any state");
    return;
  }
  for (int state = first_state; state < DEED__STATE_COUNT; ++state) {
    if (!has_rule(verb, role, state, rule) || !same_answers(verb, role, first_state, state, rule)) continue;
    printf("%s%s", separator, deed__state_name((enum deed__state)state));
    separator = ", ";
  }
}

static void print_row(int verb, int role, int first_state, struct deed__rule rule, bool *is_done) {
  printf("| %s | %s | ", deed__verb_name((enum deed__verb)verb),
         role == DEED_ROLE_NONE ? "anyone" : deed_role_name((enum deed_role)role));
  print_states(verb, role, first_state, rule, is_done);
  printf(" | ");
  print_origins(verb, role, first_state, rule);
  printf(" | %s | %s |\n", rule.status == DEED_OK ? "allowed" : deed_status_name(rule.status),
         deed__effect_name(rule.effect));
}

static void print_rule(int verb, int role, struct deed__rule rule) {
  bool is_done[DEED__STATE_COUNT] = {false};
  for (int state = 0; state < DEED__STATE_COUNT; ++state) {
    if (!is_done[state] && has_rule(verb, role, state, rule)) print_row(verb, role, state, rule, is_done);
  }
}

static void print_verb(int verb) {
  for (int role = 0; role < DEED__ROLE_COUNT; ++role) {
    for (int status = 0; status < DEED_STATUS_COUNT; ++status) {
      for (int effect = 0; effect < DEED__EFFECT_COUNT; ++effect) {
        struct deed__rule rule = {(enum deed_status)status, (enum deed__effect)effect};
        if (is_possible(rule)) print_rule(verb, role, rule);
      }
    }
  }
}

static void print_forked(void) {
  puts("\n| origin | end of an inherited block in the child of a fork |\n|---|---|");
  for (int origin = 0; origin < DEED__ORIGIN_COUNT; ++origin) {
    struct deed__rule end = rule_at(DEED__RELEASE, DEED_ROLE_SHARE, DEED__SOLE, origin);
    if (end.effect != DEED__FREES) continue;
    bool frees = deed__rule_child_frees((enum deed_origin)origin);
    printf("| %s | %s |\n", deed_origin_name((enum deed_origin)origin), frees ? "as in the parent" : "abandoned");
  }
}

int main(void) {
  puts("| verb | caller | block | origin | answer | effect |");
  puts("|---|---|---|---|---|---|");
  for (int verb = 0; verb < DEED__VERB_COUNT; ++verb) print_verb(verb);
  print_forked();
  return 0;
}
