/* SPDX-License-Identifier: BSD-3-Clause */
/* Every cell of verb x role x block state x origin. What is expected is written here once more, as sentences in code;
 * the compiled cells must say what the rows say; and for each cell that a program can bring about the public function
 * is called and must answer, and act, accordingly. */
#include "rules.h"

#include "check.h"
#include "rule_rows.h"

static double memory[12];

static int is_made_by(enum deed__verb verb, enum deed_origin origin) {
  switch (verb) {
    case DEED__ALLOC: return origin == DEED_ORIGIN_MALLOC;
    case DEED__TAKE: return origin == DEED_ORIGIN_FORTRAN;
    case DEED__LEND: return origin == DEED_ORIGIN_LENT;
    default:
      return origin == DEED_ORIGIN_CXX || origin == DEED_ORIGIN_PYTHON || origin == DEED_ORIGIN_FOREIGN ||
             origin == DEED_ORIGIN_STATIC;
  }
}

static enum deed_status expected_of_making(enum deed__verb verb, enum deed_origin origin) {
  if (is_made_by(verb, origin)) return DEED_OK;
  if (verb != DEED__ADOPT) return DEED_EINVAL;
  if (origin == DEED_ORIGIN_INTERPROCESS) return DEED_EUNSUPPORTED;
  return origin == DEED_ORIGIN_MALLOC || origin == DEED_ORIGIN_LENT ? DEED_EORIGIN : DEED_EINVAL;
}

/* Some of the memory is lent: what deed would free must not be, and what deed allocates is new. */
static enum deed_status expected_of_lent(enum deed__verb verb, enum deed_origin origin) {
  if (verb == DEED__ALLOC) return DEED_EINVAL;
  if (verb == DEED__TAKE && origin == DEED_ORIGIN_FORTRAN) return DEED_EBUSY;
  if (verb == DEED__ADOPT && origin == DEED_ORIGIN_CXX) return DEED_EBUSY;
  return expected_of_making(verb, origin);
}

static int is_maker(enum deed__verb verb) { return verb <= DEED__LEND; }

static int is_named(enum deed__state state) { return state == DEED__SOLE_NAMED || state == DEED__SHARED_NAMED; }

static int is_sole(enum deed__state state) { return state == DEED__SOLE || state == DEED__SOLE_NAMED; }

static int is_block_origin(enum deed_origin origin) {
  return origin != DEED_ORIGIN_NONE && origin != DEED_ORIGIN_INTERPROCESS;
}

/* Can a block be in this state for this holder? */
static int can_be(enum deed_role role, enum deed__state state, enum deed_origin origin) {
  if (state < DEED__SOLE || !is_block_origin(origin) || role == DEED_ROLE_COPY) return 0;
  return role != DEED_ROLE_SHARE || !is_sole(state) || !is_named(state);
}

static enum deed_status expected_of_title(enum deed__verb verb, enum deed__state state, int is_lent) {
  switch (verb) {
    case DEED__TRANSFER: return is_lent ? DEED_EORIGIN : DEED_OK;
    case DEED__RECLAIM: return is_lent ? DEED_EORIGIN : is_sole(state) ? DEED_OK : DEED_EBUSY;
    case DEED__RECALL: return !is_lent ? DEED_EORIGIN : is_sole(state) ? DEED_OK : DEED_EBUSY;
    case DEED__RECALL_LATER: return is_lent ? DEED_OK : DEED_EORIGIN;
    case DEED__RELEASE: return is_lent && !is_sole(state) ? DEED_EBUSY : DEED_OK;
    case DEED__PUBLISH: return is_named(state) ? DEED_EEXIST : DEED_OK;
    case DEED__WITHDRAW: return is_named(state) ? DEED_OK : DEED_ENONAME;
    default: return DEED_OK;
  }
}

static enum deed_status expected(enum deed__verb verb, enum deed_role role, enum deed__state state,
                                 enum deed_origin origin) {
  if (is_maker(verb)) {
    if (role != DEED_ROLE_NONE || state >= DEED__SOLE) return DEED_EINVAL;
    return state == DEED__NEW ? expected_of_making(verb, origin) : expected_of_lent(verb, origin);
  }
  if (!can_be(role, state, origin)) return DEED_EINVAL;
  if (verb == DEED__LOOKUP) {
    if (role != DEED_ROLE_NONE) return DEED_EINVAL;
    return is_named(state) ? DEED_OK : DEED_ENONAME;
  }
  if (verb == DEED__UPGRADE) return role == DEED_ROLE_NONE ? DEED_OK : DEED_EINVAL;
  if (role == DEED_ROLE_NONE) return DEED_EINVAL;
  if (role == DEED_ROLE_TITLE) return expected_of_title(verb, state, origin == DEED_ORIGIN_LENT);
  return verb == DEED__SHARE || verb == DEED__VIEW || verb == DEED__COPY || verb == DEED__RELEASE ? DEED_OK
                                                                                                  : DEED_ENOTTITLE;
}

struct cell {
  enum deed__verb verb;
  enum deed_role role;
  enum deed__state state;
  enum deed_origin origin;
};

#define CELL_COUNT (DEED__VERB_COUNT * DEED__ROLE_COUNT * DEED__STATE_COUNT * DEED__ORIGIN_COUNT)

static struct cell cell_at(int number) {
  return (struct cell){.origin = (enum deed_origin)(number % DEED__ORIGIN_COUNT),
                       .state = (enum deed__state)(number / DEED__ORIGIN_COUNT % DEED__STATE_COUNT),
                       .role = (enum deed_role)(number / DEED__ORIGIN_COUNT / DEED__STATE_COUNT % DEED__ROLE_COUNT),
                       .verb = (enum deed__verb)(number / DEED__ORIGIN_COUNT / DEED__STATE_COUNT / DEED__ROLE_COUNT)};
}

static struct deed__rule rule_at(struct cell cell) {
  return deed__rule_of(cell.verb, cell.role, cell.state, cell.origin);
}

static void every_cell_of_the_table(void **state) {
  (void)state;
  assert_int_equal(CELL_COUNT, 16 * 4 * 6 * 9);
  for (int number = 0; number < CELL_COUNT; ++number) {
    struct cell cell = cell_at(number);
    struct deed__rule rule = rule_at(cell);
    assert_status(rule.status, expected(cell.verb, cell.role, cell.state, cell.origin));
    assert_int_equal(rule.status == DEED_OK, rule.effect != DEED__NOTHING);
  }
}

struct row {
  enum deed__verb verb;
  uint16_t roles, states, origins;
  struct deed__rule rule;
};

_Static_assert(sizeof(uint16_t) * 8 == DEED__SET_WIDTH, "a set of this test holds what a set of the rows holds");

#define ROW(roles, states, origins, status, effect, verb) {verb, roles, states, origins, {status, DEED__##effect}},
#define ROWS(verb, word) DEED__ROWS_OF_ALL(ROW, DEED__##verb) DEED__ROWS_##verb(ROW, DEED__##verb)

static const struct row rows[] = {DEED__VERB_MAP(ROWS)};

static int holds(const struct row *row, struct cell cell) {
  return row->verb == cell.verb && (row->roles & 1 << cell.role) && (row->states & 1 << cell.state) &&
         (row->origins & 1 << cell.origin);
}

static struct deed__rule rule_of_the_rows(struct cell cell) {
  for (size_t i = 0; i < COUNT_OF(rows); ++i) {
    if (holds(&rows[i], cell)) return rows[i].rule;
  }
  return (struct deed__rule){DEED_EINVAL, DEED__NOTHING};
}

static void every_cell_is_what_the_first_row_says(void **state) {
  (void)state;
  for (int number = 0; number < CELL_COUNT; ++number) {
    struct deed__rule rule = rule_at(cell_at(number));
    struct deed__rule row = rule_of_the_rows(cell_at(number));
    assert_status(rule.status, row.status);
    assert_int_equal(rule.effect, row.effect);
  }
}

/* A row that decides nothing is a mistake in the order of rows, or a rule that somebody believes in. */
static void every_row_decides_somewhere(void **state) {
  int decides[COUNT_OF(rows)] = {0};
  (void)state;
  for (int number = 0; number < CELL_COUNT; ++number) {
    size_t i = 0;
    while (i < COUNT_OF(rows) && !holds(&rows[i], cell_at(number))) ++i;
    if (i < COUNT_OF(rows)) decides[i] = 1;
  }
  for (size_t i = 0; i < COUNT_OF(rows); ++i) assert_true(decides[i]);
}

/* A set has a bit for each of its own kind, so the sets of the others cannot be reached however many there are. */
static void the_members_of_every_set_are_known(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); ++i) {
    assert_int_equal(rows[i].roles >> DEED__ROLE_COUNT, 0);
    assert_int_equal(rows[i].states >> DEED__STATE_COUNT, 0);
    assert_int_equal(rows[i].origins >> DEED__ORIGIN_COUNT, 0);
  }
}

/* deed_release does not ask before it ends a share. */
static void every_share_may_end(void **state) {
  (void)state;
  for (int number = 0; number < CELL_COUNT; ++number) {
    struct cell cell = cell_at(number);
    if (cell.verb != DEED__RELEASE || cell.role != DEED_ROLE_SHARE) continue;
    if (can_be(cell.role, cell.state, cell.origin)) assert_ok(rule_at(cell).status);
  }
}

/* A block may get or lose its name between the answer and the act of a verb that makes a share. */
static void a_name_makes_no_difference_to_who_may_share(void **state) {
  (void)state;
  for (int number = 0; number < CELL_COUNT; ++number) {
    struct cell cell = cell_at(number), named = cell;
    if (cell.state != DEED__SOLE && cell.state != DEED__SHARED) continue;
    if (cell.verb != DEED__SHARE && cell.verb != DEED__VIEW && cell.verb != DEED__COPY && cell.verb != DEED__UPGRADE)
      continue;
    named.state = cell.state == DEED__SOLE ? DEED__SOLE_NAMED : DEED__SHARED_NAMED;
    if (!can_be(cell.role, named.state, cell.origin)) continue;
    assert_status(rule_at(cell).status, rule_at(named).status);
  }
}

/* The counts follow the public enumerations: one past the last is nobody's number. */
static void every_role_and_origin_is_counted(void **state) {
  (void)state;
  assert_string_equal(deed_role_name((enum deed_role)DEED__ROLE_COUNT), "unknown");
  assert_string_equal(deed_origin_name((enum deed_origin)DEED__ORIGIN_COUNT), "unknown");
}

/* A block in a cell: the claim that acts, and the others that put the block into its state. */
struct scene {
  struct deed_array actor;
  struct deed_array others[2];
  int other_count;
  int releases;
  struct deed_reclaimed reclaimed;
};

static struct deed_array make_title(enum deed_origin origin, int *releases) {
  if (origin == DEED_ORIGIN_MALLOC) return new_array();
  if (origin == DEED_ORIGIN_LENT) return lent(memory);
  return adopted(memory, origin, releases);
}

static void set_scene(struct scene *scene, enum deed_role role, enum deed__state state, enum deed_origin origin) {
  struct deed_array title = make_title(origin, &scene->releases);
  if (is_named(state)) assert_ok(deed_publish(title, "rules/block", NULL));
  if (role != DEED_ROLE_SHARE) {
    scene->actor = title;
    if (!is_sole(state)) scene->others[scene->other_count++] = share_of(title);
    return;
  }
  scene->actor = share_of(title);
  if (!is_sole(state)) {
    scene->others[scene->other_count++] = title;
  } else if (origin == DEED_ORIGIN_LENT) {
    assert_ok(deed_recall_later(title, count_release, &scene->releases, NULL));
  } else {
    assert_ok(deed_release(title, NULL));
  }
}

static void clear_scene(struct scene *scene) {
  if (deed_is_live(scene->actor) && deed_release(scene->actor, NULL) == DEED_EBUSY) {
    for (int i = 0; i < scene->other_count; ++i) assert_ok(deed_release(scene->others[i], NULL));
    assert_ok(deed_release(scene->actor, NULL));
    return;
  }
  for (int i = 0; i < scene->other_count; ++i) assert_ok(deed_release(scene->others[i], NULL));
}

static enum deed_status upgrade_of(struct deed_array actor, struct deed_array *made, struct deed_error *error) {
  struct deed_weak weak;
  assert_ok(deed_weak_of(actor, &weak));
  return deed_upgrade(&weak, 0, DEED_HERE, made, error);
}

static enum deed_status perform(enum deed__verb verb, struct scene *scene, enum deed_origin origin,
                                struct deed_array *made, struct deed_error *error) {
  struct deed_layout layout = small_layout();
  switch (verb) {
    case DEED__SHARE: return deed_share(scene->actor, 0, DEED_HERE, made, error);
    case DEED__VIEW: return deed_view(scene->actor, 0, &layout, 0, DEED_HERE, made, error);
    case DEED__TRANSFER: return deed_transfer(scene->actor, DEED_HERE, made, error);
    case DEED__RECALL: return deed_recall(scene->actor, 0, error);
    case DEED__RECALL_LATER: return deed_recall_later(scene->actor, count_release, &scene->releases, error);
    case DEED__RELEASE: return deed_release(scene->actor, error);
    case DEED__PUBLISH: return deed_publish(scene->actor, "rules/other", error);
    case DEED__WITHDRAW: return deed_withdraw(scene->actor, error);
    case DEED__LOOKUP: return deed_lookup("rules/block", 0, DEED_HERE, made, error);
    case DEED__UPGRADE: return upgrade_of(scene->actor, made, error);
    case DEED__COPY: return deed_copy(scene->actor, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, made, error);
    default: return deed_reclaim(scene->actor, origin, NULL, &scene->reclaimed, error);
  }
}

/* Everything a refused verb could have changed. */
struct picture {
  struct deed_counts counts;
  struct deed_descriptor actor;
  struct deed_holder holders[3];
  int32_t holder_count;
  int releases;
};

static struct picture picture_of(const struct scene *scene) {
  struct picture picture;
  memset(&picture, 0, sizeof picture);
  picture.counts = counts_now();
  picture.actor = described(scene->actor);
  assert_ok(deed_holders(scene->actor, picture.holders, (int32_t)COUNT_OF(picture.holders), &picture.holder_count));
  picture.releases = scene->releases;
  return picture;
}

/* Field by field: what is between the fields of a holder is not defined. */
static void expect_same_holders(const struct picture *before, const struct picture *after) {
  assert_int_equal(before->holder_count, after->holder_count);
  for (size_t i = 0; i < COUNT_OF(before->holders); ++i) {
    const struct deed_holder *a = &before->holders[i], *b = &after->holders[i];
    assert_int_equal(a->language, b->language);
    assert_int_equal(a->role, b->role);
    assert_int_equal(a->rights, b->rights);
    assert_int_equal(a->line, b->line);
    assert_ptr_equal(a->file, b->file);
  }
}

_Static_assert(sizeof(struct deed_counts) == 7 * sizeof(int64_t), "no room between fields");
_Static_assert(sizeof(struct deed_descriptor) ==
                   offsetof(struct deed_descriptor, layout) + sizeof(struct deed_layout) + 8 + 5 * sizeof(int64_t),
               "no room between fields");

static void expect_same(const struct picture *before, const struct picture *after) {
  assert_memory_equal(&before->counts, &after->counts, sizeof before->counts);
  assert_memory_equal(&before->actor, &after->actor, sizeof before->actor);
  expect_same_holders(before, after);
  assert_int_equal(before->releases, after->releases);
}

/* What each effect changes: blocks made and ended, claims, and whether the handle that was used is live after it. */
static const struct {
  int made, ended, claims, actor_lives;
} changes[DEED__EFFECT_COUNT] = {
    [DEED__MAKES_BLOCK] = {1, 0, 1, 1}, [DEED__ADDS_SHARE] = {0, 0, 1, 1}, [DEED__MOVES_TITLE] = {0, 0, 0, 0},
    [DEED__GIVES_BACK] = {0, 1, -1, 0}, [DEED__FREES] = {0, 1, -1, 0},     [DEED__ENDS_CLAIM] = {0, 0, -1, 0},
    [DEED__NAMES] = {0, 0, 0, 1},       [DEED__UNNAMES] = {0, 0, 0, 1},
};

static void expect_effect(enum deed__effect effect, const struct picture *before, const struct scene *scene,
                          struct deed_array made, enum deed_origin origin) {
  struct deed_counts now = counts_now();
  int has_callback = origin != DEED_ORIGIN_MALLOC && origin != DEED_ORIGIN_STATIC;
  assert_int_equal(now.blocks_made - before->counts.blocks_made, changes[effect].made);
  assert_int_equal(now.blocks_ended - before->counts.blocks_ended, changes[effect].ended);
  assert_int_equal(now.live_claims - before->counts.live_claims, changes[effect].claims);
  assert_int_equal(deed_is_live(scene->actor), changes[effect].actor_lives);
  assert_int_equal(scene->releases - before->releases, effect == DEED__FREES && has_callback);
  if (effect == DEED__ADDS_SHARE) assert_int_equal(described(made).role, DEED_ROLE_SHARE);
  if (effect == DEED__MOVES_TITLE) assert_int_equal(described(made).role, DEED_ROLE_TITLE);
  if (effect == DEED__NAMES) assert_int_equal(described(scene->actor).published, 1);
  if (effect == DEED__UNNAMES) assert_int_equal(described(scene->actor).published, 0);
}

static void expect_refusal(enum deed_status wanted, const struct picture *before, const struct scene *scene,
                           struct deed_array made, const struct deed_error *error) {
  struct picture after = picture_of(scene);
  expect_same(before, &after);
  assert_int_equal(made.bits, 0);
  assert_int_equal(error->status, wanted);
  if (wanted == DEED_EBUSY) assert_int_equal(error->holder_count, scene->other_count);
}

static void try_cell(struct cell cell) {
  struct scene scene = {.other_count = 0};
  struct deed_array made = {0};
  struct deed_error error;
  set_scene(&scene, cell.role, cell.state, cell.origin);
  struct picture before = picture_of(&scene);
  enum deed_status wanted = expected(cell.verb, cell.role, cell.state, cell.origin);
  assert_status(perform(cell.verb, &scene, cell.origin, &made, &error), wanted);
  if (wanted == DEED_OK) {
    expect_effect(rule_at(cell).effect, &before, &scene, made, cell.origin);
    if (made.bits) assert_ok(deed_release(made, NULL));
  } else {
    expect_refusal(wanted, &before, &scene, made, &error);
  }
  clear_scene(&scene);
  nothing_lives(NULL);
  if (scene.reclaimed.release) scene.reclaimed.release(scene.reclaimed.data, scene.reclaimed.context);
  int has_callback = cell.origin != DEED_ORIGIN_MALLOC && cell.origin != DEED_ORIGIN_STATIC;
  int is_kept = cell.origin == DEED_ORIGIN_LENT && cell.verb != DEED__RECALL_LATER;
  if (cell.role == DEED_ROLE_SHARE) is_kept = cell.origin == DEED_ORIGIN_LENT && !is_sole(cell.state);
  assert_int_equal(scene.releases, has_callback && !is_kept);
}

static int can_be_tried(struct cell cell) {
  if (cell.verb < DEED__SHARE || !can_be(cell.role, cell.state, cell.origin)) return 0;
  return (cell.role == DEED_ROLE_NONE) == (cell.verb == DEED__LOOKUP || cell.verb == DEED__UPGRADE);
}

static void every_cell_through_the_public_functions(void **state) {
  int tried = 0;
  (void)state;
  for (int number = 0; number < CELL_COUNT; ++number) {
    if (!can_be_tried(cell_at(number))) continue;
    try_cell(cell_at(number));
    ++tried;
  }
  assert_int_equal(tried, 10 * 7 * (4 + 3) + 2 * 7 * 4);
}

static void adopt_in_state(enum deed__state state, enum deed_origin origin) {
  struct deed_layout layout = small_layout();
  int releases = 0;
  struct deed_memory lot = {memory, origin, DEED_READ, count_release, &releases};
  struct deed_array array = {0};
  enum deed__verb verb = origin == DEED_ORIGIN_FORTRAN ? DEED__TAKE : DEED__ADOPT;
  assert_status(deed_adopt(&lot, &layout, DEED_HERE, &array, NULL), expected(verb, DEED_ROLE_NONE, state, origin));
  if (array.bits) assert_ok(deed_release(array, NULL));
  assert_int_equal(releases, array.bits != 0 && origin != DEED_ORIGIN_STATIC);
}

static void adopt_asks_the_table(void **state) {
  (void)state;
  for (int origin = 1; origin < DEED__ORIGIN_COUNT; ++origin) {
    adopt_in_state(DEED__NEW, (enum deed_origin)origin);
    struct deed_array loan = lent(memory);
    adopt_in_state(DEED__NEW_LENT, (enum deed_origin)origin);
    assert_ok(deed_recall(loan, 0, NULL));
  }
}

/* The words of the table in the documentation. */
static void every_number_has_a_word_of_its_own(void **state) {
  (void)state;
  for (int i = 0; i < DEED__VERB_COUNT; ++i) {
    for (int j = 0; j < i; ++j) {
      assert_string_not_equal(deed__verb_name((enum deed__verb)i), deed__verb_name((enum deed__verb)j));
      if (i < DEED__STATE_COUNT) {
        assert_string_not_equal(deed__state_name((enum deed__state)i), deed__state_name((enum deed__state)j));
      }
      if (i < DEED__EFFECT_COUNT) {
        assert_string_not_equal(deed__effect_name((enum deed__effect)i), deed__effect_name((enum deed__effect)j));
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(every_cell_of_the_table),
      ACCOUNTED(every_cell_is_what_the_first_row_says),
      ACCOUNTED(every_row_decides_somewhere),
      ACCOUNTED(the_members_of_every_set_are_known),
      ACCOUNTED(every_share_may_end),
      ACCOUNTED(a_name_makes_no_difference_to_who_may_share),
      ACCOUNTED(every_role_and_origin_is_counted),
      ACCOUNTED(every_cell_through_the_public_functions),
      ACCOUNTED(adopt_asks_the_table),
      ACCOUNTED(every_number_has_a_word_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
