/* SPDX-License-Identifier: BSD-3-Clause */
/* runner.c - play the scenarios with the languages that need no interpreter of their own: one language for all actors,
 * every pair, and four holders in every order.   runner SCENARIOS LANGUAGE... */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deed/deed.h"
#include "interpreter.h"

#define MAX_STEPS 32
#define MAX_LINE 128

typedef int32_t (*interpreter)(const char *step, uint64_t *handle);

struct language {
  const char *name;
  interpreter play;
};

struct scenario {
  char name[MAX_LINE];
  char steps[MAX_STEPS][MAX_LINE];
  int step_count;
  int first_of_orders; /* the four steps that run in every order; -1 when there are none */
  long made, ended, copies;
};

static const struct language known[] = {
    {"c", conformance_c},
    {"cxx", conformance_cxx},
#if defined(WITH_FORTRAN)
    {"fortran", conformance_fortran},
#endif
};

static long runs, steps_done, failures;

/* Who plays the actors A to Z. */
static const struct language *cast[26];

static enum deed_status expected_status(const char *step) {
  const char *arrow = strstr(step, "-> ");
  for (int status = 0; arrow && status < DEED_STATUS_COUNT; ++status) {
    if (strcmp(arrow + 3, deed_status_name((enum deed_status)status)) == 0) return (enum deed_status)status;
  }
  return DEED_OK;
}

static void complain(const struct scenario *scenario, const char *what, const char *got) {
  ++failures;
  printf("FAILED %s (P %s, Q %s): %s: %s\n", scenario->name, cast['P' - 'A']->name, cast['Q' - 'A']->name, what, got);
}

static void play_step(const struct scenario *scenario, const char *step, uint64_t *handle) {
  char words[MAX_LINE];
  snprintf(words, sizeof words, "%s", step + 2);
  char *arrow = strstr(words, " ->");
  if (arrow) *arrow = '\0';
  int32_t status = cast[step[0] - 'A']->play(words, handle);
  ++steps_done;
  if ((enum deed_status)status != expected_status(step))
    complain(scenario, step, deed_status_name((enum deed_status)status));
}

static void check_counts(const struct scenario *scenario, const struct deed_counts *before) {
  struct deed_counts after;
  char got[MAX_LINE];
  deed_count(&after, sizeof after);
  if (after.live_blocks == before->live_blocks && after.live_claims == before->live_claims &&
      after.blocks_made - before->blocks_made == scenario->made &&
      after.blocks_ended - before->blocks_ended == scenario->ended &&
      after.copies - before->copies == scenario->copies) {
    return;
  }
  snprintf(got, sizeof got, "live blocks %+ld claims %+ld, made %ld ended %ld copies %ld",
           (long)(after.live_blocks - before->live_blocks), (long)(after.live_claims - before->live_claims),
           (long)(after.blocks_made - before->blocks_made), (long)(after.blocks_ended - before->blocks_ended),
           (long)(after.copies - before->copies));
  complain(scenario, "counts", got);
}

static void play(const struct scenario *scenario, const int *order) {
  struct deed_counts before;
  uint64_t handle = 0;
  deed_count(&before, sizeof before);
  ++runs;
  for (int i = 0; i < scenario->step_count; ++i) {
    int in_orders = i - scenario->first_of_orders;
    bool is_ordered = scenario->first_of_orders >= 0 && in_orders >= 0 && in_orders < 4;
    play_step(scenario, scenario->steps[is_ordered ? scenario->first_of_orders + order[in_orders] : i], &handle);
  }
  check_counts(scenario, &before);
}

static void play_every_order(const struct scenario *scenario) {
  for (int code = 0; code < 256; ++code) {
    int order[] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 & 3};
    if ((1 << order[0] | 1 << order[1] | 1 << order[2] | 1 << order[3]) == 15) play(scenario, order);
  }
}

static void play_every_cast(const struct scenario *scenario, const struct language *const *languages, int count) {
  for (int p = 0; p < count; ++p) {
    for (int q = 0; q < count; ++q) {
      cast['P' - 'A'] = languages[p];
      cast['Q' - 'A'] = languages[q];
      for (int i = 0; i < 4; ++i) cast[i] = languages[(p + i * (q + 1)) % count];
      if (scenario->first_of_orders >= 0)
        play_every_order(scenario);
      else
        play(scenario, NULL);
    }
  }
}

static void read_line(struct scenario *scenario, const char *line) {
  if (strcmp(line, "orders") == 0)
    scenario->first_of_orders = scenario->step_count;
  else if (strcmp(line, "end") != 0 && scenario->step_count < MAX_STEPS) {
    snprintf(scenario->steps[scenario->step_count++], MAX_LINE, "%s", line);
  }
}

static int run_file(FILE *file, const struct language *const *languages, int count) {
  static struct scenario scenario;
  char line[MAX_LINE];
  int scenarios = 0;
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0') continue;
    if (sscanf(line, "scenario %127s", scenario.name) == 1) {
      scenario.step_count = 0;
      scenario.first_of_orders = -1;
    } else if (sscanf(line, "counts made %ld ended %ld copies %ld", &scenario.made, &scenario.ended,
                      &scenario.copies) == 3) {
      play_every_cast(&scenario, languages, count);
      ++scenarios;
    } else {
      read_line(&scenario, line);
    }
  }
  return scenarios;
}

int main(int argument_count, char **arguments) {
  const struct language *languages[4];
  int count = 0;
  for (int i = 2; i < argument_count; ++i) {
    for (size_t k = 0; k < sizeof known / sizeof known[0]; ++k) {
      if (strcmp(arguments[i], known[k].name) == 0) languages[count++] = &known[k];
    }
  }
  FILE *file = argument_count > 1 ? fopen(arguments[1], "r") : NULL;
  if (!file || count != argument_count - 2 || count == 0) return 2;
  int scenarios = run_file(file, languages, count);
  fclose(file);
  printf("%d scenarios, %ld runs, %ld steps, %ld failures\n", scenarios, runs, steps_done, failures);
  return scenarios == 0 || failures > 0;
}
