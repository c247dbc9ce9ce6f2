/* SPDX-License-Identifier: BSD-3-Clause */
/* What another thread may do between two steps of a verb, done exactly there: the linker sends the steps here first. */
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "block.h"
#include "check.h"
#include "claim.h"
#include "name_table.h"
#include "verbs.h"
#include "word_wait.h"

void *__real_malloc(size_t size_bytes);
void *__wrap_malloc(size_t size_bytes);
size_t __real_strlen(const char *text);
size_t __wrap_strlen(const char *text);
enum deed_status __real_deed__claim_try_seize(struct deed_array array, struct deed__claim *claim);
enum deed_status __wrap_deed__claim_try_seize(struct deed_array array, struct deed__claim *claim);
struct deed_array __real_deed__claim_begin(uint32_t record, const struct deed__claim *claim);
struct deed_array __wrap_deed__claim_begin(uint32_t record, const struct deed__claim *claim);
bool __real_deed__block_end_sole(deed__block_ref ref);
bool __wrap_deed__block_end_sole(deed__block_ref ref);
bool __real_deed__block_retain(deed__block_ref ref, uint32_t seen);
bool __wrap_deed__block_retain(deed__block_ref ref, uint32_t seen);
bool __real_deed__block_read(deed__block_ref ref, struct deed__block *out);
bool __wrap_deed__block_read(deed__block_ref ref, struct deed__block *out);
const _Atomic uint64_t *__real_deed__layout_words(uint32_t number);
const _Atomic uint64_t *__wrap_deed__layout_words(uint32_t number);
const _Atomic uint64_t *__real_deed__block_layout_words(deed__block_ref ref);
const _Atomic uint64_t *__wrap_deed__block_layout_words(deed__block_ref ref);
void __real_deed__block_standing(deed__block_ref ref, struct deed__standing *standing);
void __wrap_deed__block_standing(deed__block_ref ref, struct deed__standing *standing);
void __real_deed__word_wait(_Atomic uint32_t *word, uint32_t value, int64_t at_most_ns);
void __real_deed__word_wake(_Atomic uint32_t *word);
void __wrap_deed__word_wake(_Atomic uint32_t *word);
void __wrap_deed__word_wait(_Atomic uint32_t *word, uint32_t value, int64_t at_most_ns);

void __real_deed__names_lock(void);
void __wrap_deed__names_lock(void);

enum step {
  MALLOC,
  STRLEN,
  SEIZE,
  CLAIM_BEGIN,
  LAYOUT_RECORD,
  LAYOUT,
  END_SOLE,
  RETAIN,
  READ,
  STANDING,
  WORD_WAIT,
  NAMES_LOCK,
  STEPS
};

/* What the other thread does before a step, or after it, once. */
typedef void (*act)(deed__block_ref ref);
static _Atomic(act) before[STEPS];
static _Atomic(act) after[STEPS];

static void other_thread(_Atomic(act) *once, deed__block_ref ref) {
  act now = atomic_exchange(once, NULL);
  if (now) now(ref);
}

void *__wrap_malloc(size_t size_bytes) {
  other_thread(&before[MALLOC], 0);
  return __real_malloc(size_bytes);
}

size_t __wrap_strlen(const char *text) {
  other_thread(&before[STRLEN], 0);
  return __real_strlen(text);
}

enum deed_status __wrap_deed__claim_try_seize(struct deed_array array, struct deed__claim *claim) {
  other_thread(&before[SEIZE], 0);
  return __real_deed__claim_try_seize(array, claim);
}

struct deed_array __wrap_deed__claim_begin(uint32_t record, const struct deed__claim *claim) {
  struct deed_array made = __real_deed__claim_begin(record, claim);
  other_thread(&after[CLAIM_BEGIN], made.bits);
  return made;
}

bool __wrap_deed__block_end_sole(deed__block_ref ref) {
  other_thread(&before[END_SOLE], ref);
  bool ended = __real_deed__block_end_sole(ref);
  other_thread(&after[END_SOLE], ref);
  return ended;
}

bool __wrap_deed__block_retain(deed__block_ref ref, uint32_t seen) {
  other_thread(&before[RETAIN], ref);
  return __real_deed__block_retain(ref, seen);
}

bool __wrap_deed__block_read(deed__block_ref ref, struct deed__block *out) {
  other_thread(&before[READ], ref);
  return __real_deed__block_read(ref, out);
}

const _Atomic uint64_t *__wrap_deed__layout_words(uint32_t number) {
  other_thread(&before[LAYOUT_RECORD], 0);
  return __real_deed__layout_words(number);
}

const _Atomic uint64_t *__wrap_deed__block_layout_words(deed__block_ref ref) {
  other_thread(&before[LAYOUT], ref);
  return __real_deed__block_layout_words(ref);
}

static _Atomic int standings, wakes;

void __wrap_deed__word_wake(_Atomic uint32_t *word) {
  ++wakes;
  __real_deed__word_wake(word);
}

void __wrap_deed__block_standing(deed__block_ref ref, struct deed__standing *standing) {
  ++standings;
  other_thread(&before[STANDING], ref);
  __real_deed__block_standing(ref, standing);
  other_thread(&after[STANDING], ref);
}

void __wrap_deed__word_wait(_Atomic uint32_t *word, uint32_t value, int64_t at_most_ns) {
  other_thread(&before[WORD_WAIT], 0);
  __real_deed__word_wait(word, value, at_most_ns);
}

void __wrap_deed__names_lock(void) {
  other_thread(&before[NAMES_LOCK], 0);
  __real_deed__names_lock();
}

static double memory[12];
static struct deed_array subject;
static deed__block_ref retained;

/* The middle of a share: the claim was read before the verb began, and now it is counted. */
static void begin_share(deed__block_ref ref) {
  assert_true(__real_deed__block_retain(ref, 1));
  retained = ref;
}

static void end_share(void) { assert_int_equal(deed__release_block(retained), DEED_OK); }

static void release_subject(deed__block_ref ref) {
  (void)ref;
  assert_ok(deed_release(subject, NULL));
}

static void a_share_is_made_before_the_block_ends(void **state) {
  int releases = 0;
  struct deed_reclaimed reclaimed = {.data = NULL};
  struct deed_error error;
  (void)state;
  subject = lent(memory);
  before[END_SOLE] = begin_share;
  assert_status(deed_recall(subject, 0, &error), DEED_EBUSY);
  assert_int_equal(error.status, DEED_EBUSY);
  assert_int_equal(error.holder_count, 0);
  assert_non_null(strstr(error.message, "a claim is just being made or ended"));
  end_share();
  before[END_SOLE] = begin_share;
  assert_status(deed_release(subject, &error), DEED_EBUSY);
  end_share();
  assert_ok(deed_publish(subject, "interleaving", NULL));
  before[END_SOLE] = begin_share;
  assert_status(deed_release(subject, &error), DEED_EBUSY);
  assert_true(described(subject).published);
  end_share();
  assert_ok(deed_release(subject, NULL));
  subject = adopted(memory, DEED_ORIGIN_CXX, &releases);
  before[END_SOLE] = begin_share;
  assert_status(deed_reclaim(subject, DEED_ORIGIN_CXX, NULL, &reclaimed, &error), DEED_EBUSY);
  assert_null(reclaimed.data);
  end_share();
  assert_int_equal(releases, 0);
  assert_ok(deed_release(subject, NULL));
  assert_int_equal(releases, 1);
}

static enum deed_status upgrade_of_subject(struct deed_array *made) {
  struct deed_weak weak;
  assert_ok(deed_weak_of(subject, &weak));
  return deed_upgrade(&weak, 0, DEED_HERE, made, NULL);
}

/* Verbs that make something of the subject, whose last claim ends at the given step. */
static enum deed_status make_from_subject(int verb, struct deed_array *made) {
  struct deed_layout layout = small_layout();
  switch (verb) {
    case 0: return deed_share(subject, 0, DEED_HERE, made, NULL);
    case 1: return deed_view(subject, 0, &layout, 0, DEED_HERE, made, NULL);
    case 2: return upgrade_of_subject(made);
    case 3: return deed_copy(subject, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, made, NULL);
    default: return deed_lookup("interleaving", 0, DEED_HERE, made, NULL);
  }
}

static void the_last_claim_ends_before_one_more_is_made(void **state) {
  const enum step steps[] = {STANDING, RETAIN};
  (void)state;
  for (size_t s = 0; s < COUNT_OF(steps); ++s) {
    for (int verb = 0; verb < 5; ++verb) {
      int releases = 0;
      struct deed_array made = {77};
      subject = adopted(memory, DEED_ORIGIN_CXX, &releases);
      assert_ok(deed_publish(subject, "interleaving", NULL));
      before[steps[s]] = release_subject;
      assert_status(make_from_subject(verb, &made), verb == 4 ? DEED_ENONAME : DEED_ESTALE);
      assert_null(before[steps[s]]);
      assert_int_equal(made.bits, 77);
      assert_int_equal(releases, 1);
      nothing_lives(NULL);
    }
  }
}

/* The record of the block is another's by the time it is read. */
static void replace_subject(deed__block_ref ref) {
  static double elsewhere[12];
  release_subject(ref);
  for (;;) {
    struct deed_weak weak;
    subject = lent(elsewhere); /* lent memory has records of its own */
    assert_ok(deed_weak_of(subject, &weak));
    if ((uint32_t)weak.block == (uint32_t)ref) return;
    assert_ok(deed_release(subject, NULL));
  }
}

static void a_block_is_replaced_while_a_weak_handle_is_checked(void **state) {
  struct deed_array made = {77};
  struct deed_weak weak;
  (void)state;
  subject = lent(memory);
  assert_ok(deed_weak_of(subject, &weak));
  before[READ] = replace_subject;
  assert_status(deed_upgrade(&weak, 0, DEED_HERE, &made, NULL), DEED_ESTALE);
  assert_int_equal(made.bits, 77);
  assert_ok(deed_release(subject, NULL));
}

static void a_claim_ends_while_it_is_described(void **state) {
  struct deed_descriptor seen;
  (void)state;
  for (int others = 0; others < 2; ++others) {
    struct deed_array other = {0};
    subject = new_array();
    if (others) other = share_of(subject);
    before[READ] = release_subject;
    assert_status(deed_describe(subject, &seen, sizeof seen), DEED_ESTALE);
    assert_null(before[READ]);
    if (others) assert_ok(deed_release(other, NULL));
  }
}

/* Nothing is written, whether its dimensions go through registers or through memory. */
static void a_claim_ends_while_its_elements_are_pointed_at(void **state) {
  const int64_t shape[6] = {2, 2, 2, 2, 2, 2};
  (void)state;
  for (int32_t rank = 0; rank <= 6; ++rank) {
    struct deed_layout layout;
    struct deed_dimension dim[6], before_it[6];
    void *data = &subject;
    int64_t element_size_bytes = 77;
    memset(dim, 0x55, sizeof dim);
    memcpy(before_it, dim, sizeof dim);
    assert_ok(deed_layout_contiguous(DEED_REAL64, 0, rank, shape, NULL, DEED_ORDER_C, &layout));
    assert_ok(deed_alloc(&layout, 0, DEED_HERE, &subject, NULL));
    struct deed_array other = share_of(subject);
    before[rank <= 4 ? LAYOUT : LAYOUT_RECORD] = release_subject;
    assert_status(deed_point(subject, DEED_REAL64, rank, DEED_READ, &data, &element_size_bytes, dim), DEED_ESTALE);
    assert_null(before[LAYOUT]);
    assert_null(before[LAYOUT_RECORD]);
    assert_ptr_equal(data, &subject);
    assert_int_equal(element_size_bytes, 77);
    assert_memory_equal(dim, before_it, sizeof dim);
    assert_ok(deed_release(other, NULL));
  }
}

static struct deed_array other_view;

/* The layout of the view is another's by the time it is copied. */
static void replace_view(deed__block_ref ref) {
  struct deed_layout other = small_layout();
  release_subject(ref);
  other.dim[0].lower = 77;
  assert_ok(deed_view(other_view, 0, &other, 0, DEED_HERE, &subject, NULL));
}

static void a_view_ends_while_its_layout_is_copied(void **state) {
  struct deed_array title = new_array();
  struct deed_array made = {77};
  (void)state;
  other_view = title;
  for (int verb = 0; verb < 4; verb += 3) { /* share, copy */
    struct deed_layout layout = small_layout();
    assert_ok(deed_view(title, 0, &layout, 0, DEED_HERE, &subject, NULL));
    before[LAYOUT_RECORD] = replace_view;
    assert_status(make_from_subject(verb, &made), DEED_ESTALE);
    assert_null(before[LAYOUT_RECORD]);
    assert_int_equal(made.bits, 77);
    assert_int_equal(described(title).claim_count, 2);
    assert_ok(deed_release(subject, NULL));
  }
  assert_ok(deed_release(title, NULL));
}

static void a_block_ends_while_the_ledger_is_read(void **state) {
  struct deed_ledger_entry entries[2];
  struct deed_counts counts;
  int64_t count;
  (void)state;
  subject = new_array();
  before[READ] = release_subject;
  assert_ok(deed_ledger(entries, sizeof *entries, 2, &count));
  assert_int_equal(count, 0);
  subject = new_array();
  before[READ] = release_subject;
  deed_count(&counts, sizeof counts);
  assert_int_equal(counts.live_blocks, 0);
}

static struct deed_array twin;

static void release_twin(deed__block_ref ref) {
  (void)ref;
  assert_ok(deed_release(twin, NULL));
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The last share ends when the lender has just seen it, and when the lender is about to sleep: it does not sleep then.
 */
static void a_share_ends_just_before_the_lender_waits(void **state) {
  _Atomic(act) *const moments[] = {&after[STANDING], &before[WORD_WAIT]};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(moments); ++i) {
    int64_t begun_ms = now_ms();
    subject = lent(memory);
    twin = share_of(subject);
    *moments[i] = release_twin;
    assert_ok(deed_recall(subject, 20000, NULL));
    assert_null(*moments[i]);
    assert_true(now_ms() - begun_ms < 10000);
  }
}

/* A lender that waits tries at the begin, at the end, and when something has changed. When it has gone nobody wakes. */
static void a_lender_that_waits_sleeps(void **state) {
  (void)state;
  subject = lent(memory);
  twin = share_of(subject);
  standings = 0;
  assert_status(deed_recall(subject, 100, NULL), DEED_EBUSY);
  assert_true(standings >= 2);
  assert_true(standings < 10);
  wakes = 0;
  assert_ok(deed_release(twin, NULL));
  assert_int_equal(wakes, 0);
  assert_ok(deed_recall(subject, 0, NULL));
}

static void *recall_subject(void *unused) { return deed_recall(subject, 60000, NULL) == DEED_OK ? &subject : unused; }

/* A child has no thread that waits, so that the end of a share need not wake any. */
static void nobody_waits_in_a_child(void **state) {
  pthread_t lender;
  void *recalled;
  int status;
  (void)state;
  subject = lent(memory);
  twin = share_of(subject);
  standings = 0;
  assert_int_equal(pthread_create(&lender, NULL, recall_subject, NULL), 0);
  while (standings == 0) sched_yield();
  pid_t child = fork();
  if (child == 0) {
    wakes = 0;
    _exit(deed_release(twin, NULL) == DEED_OK ? wakes : 77);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
  assert_ok(deed_release(twin, NULL));
  pthread_join(lender, &recalled);
  assert_ptr_equal(recalled, &subject);
}

static struct deed_error refusal;
static struct deed_holder seen_holders[3];
static int32_t seen_count;

static void reclaim_and_list(deed__block_ref ref) {
  struct deed_reclaimed reclaimed;
  (void)ref;
  assert_status(deed_reclaim(subject, DEED_ORIGIN_MALLOC, NULL, &reclaimed, &refusal), DEED_EBUSY);
  assert_ok(deed_holders(subject, seen_holders, 3, &seen_count));
  assert_int_equal(described(subject).claim_count, seen_count);
}

/* Who copies holds the array meanwhile, and is named like every other holder. */
static void an_array_is_reclaimed_while_it_is_copied(void **state) {
  const struct deed_site copier = {DEED_LANGUAGE_FORTRAN, 7, __FILE__};
  struct deed_array copy;
  (void)state;
  subject = new_array();
  before[MALLOC] = reclaim_and_list;
  assert_ok(deed_copy(subject, DEED_ORDER_ANY, DEED_COPY_REQUESTED, &copier, &copy, NULL));
  assert_null(before[MALLOC]);
  assert_int_equal(refusal.holder_count, 1);
  assert_non_null(strstr(refusal.message, "1 other claim: copy under way by Fortran at " __FILE__ ":7"));
  assert_int_equal(refusal.holders[0].role, DEED_ROLE_COPY);
  assert_int_equal(seen_count, 2);
  assert_int_equal(seen_holders[1].role, DEED_ROLE_COPY);
  assert_int_equal(seen_holders[1].rights, DEED_READ);
  assert_int_equal(described(subject).claim_count, 1);
  assert_ok(deed_release(copy, NULL));
  assert_ok(deed_release(subject, NULL));
}

static void use_a_guessed_handle(deed__block_ref ref) {
  struct deed_array made, guess = {0};
  struct deed__claim claim;
  (void)ref;
  for (uint32_t index = 0; index < deed__claims.count; ++index) {
    if (deed__claim_at(index, &guess, &claim) && claim.role == DEED_ROLE_COPY) break;
  }
  assert_int_equal(claim.role, DEED_ROLE_COPY);
  assert_status(deed_share(guess, 0, NULL, &made, NULL), DEED_EINVAL);
  assert_status(deed_transfer(guess, NULL, &made, NULL), DEED_EINVAL);
  assert_status(deed_publish(guess, "guessed", NULL), DEED_EINVAL);
  assert_status(deed_release(guess, NULL), DEED_EINVAL);
}

/* Whoever guesses the handle of the copier cannot end its claim. */
static void nobody_ends_the_claim_of_a_copier(void **state) {
  struct deed_array copy;
  (void)state;
  subject = new_array();
  before[MALLOC] = use_a_guessed_handle;
  assert_ok(deed_copy(subject, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, &copy, NULL));
  assert_null(before[MALLOC]);
  assert_ok(deed_release(copy, NULL));
  assert_ok(deed_release(subject, NULL));
}

static void withdraw_subject(deed__block_ref ref) {
  (void)ref;
  assert_ok(deed_withdraw(subject, NULL));
}

/* A verb that would end a name lets go of the title before it locks the names: then the name may be gone, or the title.
 */
static void a_name_ends_before_the_verb_that_would_end_it(void **state) {
  (void)state;
  for (int verb = 0; verb < 2; ++verb) {
    for (int other = 0; other < 2; ++other) {
      subject = lent(memory);
      assert_ok(deed_publish(subject, "interleaving", NULL));
      before[NAMES_LOCK] = other ? release_subject : withdraw_subject;
      assert_status(verb ? deed_recall(subject, 0, NULL) : deed_release(subject, NULL), other ? DEED_ESTALE : DEED_OK);
      assert_null(before[NAMES_LOCK]);
      nothing_lives(NULL);
    }
  }
  alarm(60);
  subject = new_array();
  assert_ok(deed_publish(subject, "interleaving", NULL)); /* the names are not locked */
  assert_ok(deed_release(subject, NULL));
  alarm(0);
}

static void publish_subject(deed__block_ref ref) {
  (void)ref;
  assert_ok(deed_publish(subject, "interleaving", NULL));
}

/* What the release of a title reads of its block it reads when nobody can publish any more. */
static void a_publish_between_the_release_of_a_title_and_its_judgement(void **state) {
  struct deed_array share = {0}, found = {0};
  int64_t names;
  (void)state;
  for (int shared = 0; shared < 2; ++shared) {
    subject = new_array();
    if (shared) share = share_of(subject);
    before[SEIZE] = publish_subject;
    assert_ok(deed_release(subject, NULL));
    assert_null(before[SEIZE]);
    assert_ok(deed_names(NULL, 0, &names));
    assert_int_equal(names, 0);
    assert_status(deed_lookup("interleaving", 0, DEED_HERE, &found, NULL), DEED_ENONAME);
    if (!shared) continue;
    assert_false(described(share).published);
    assert_ok(deed_release(share, NULL));
  }
}

static const struct deed_site both_use = {DEED_LANGUAGE_PYTHON, 1, "interleaving_both_use_it.py"};

static void share_from_the_same_file(deed__block_ref ref) {
  (void)ref;
  assert_ok(deed_share(subject, 0, &both_use, &twin, NULL));
}

static void a_file_name_is_kept_by_another_thread_first(void **state) {
  struct deed_holder holders[3];
  struct deed_array share;
  int32_t count;
  (void)state;
  subject = new_array();
  before[STRLEN] = share_from_the_same_file;
  assert_ok(deed_share(subject, 0, &both_use, &share, NULL));
  assert_null(before[STRLEN]);
  assert_ok(deed_holders(subject, holders, 3, &count));
  assert_int_equal(count, 3);
  assert_ptr_equal(holders[1].file, holders[2].file);
  assert_ok(deed_release(twin, NULL));
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(subject, NULL));
}

static void release_the_share(deed__block_ref ref) {
  (void)ref;
  assert_ok(deed_release(twin, NULL));
}

/* What is left is the title alone, with its name, as no share can be. */
static void a_share_of_a_named_block_ends_while_it_is_shared(void **state) {
  (void)state;
  subject = new_array();
  assert_ok(deed_publish(subject, "interleaving", NULL));
  for (int copies = 0; copies < 2; ++copies) {
    struct deed_array made = {77};
    twin = share_of(subject);
    before[STANDING] = release_the_share;
    assert_status(copies ? deed_copy(twin, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, &made, NULL)
                         : deed_share(twin, 0, DEED_HERE, &made, NULL),
                  DEED_ESTALE);
    assert_null(before[STANDING]);
    assert_int_equal(made.bits, 77);
  }
  assert_ok(deed_release(subject, NULL));
}

static void fork_a_child(deed__block_ref ref) {
  struct deed_counts counts;
  int status;
  (void)ref;
  pid_t child = fork();
  if (child == 0) {
    deed_count(&counts, sizeof counts);
    _exit(deed_is_live(subject) || counts.live_claims || deed_recall(subject, 0, NULL) != DEED_ESTALE);
  }
  assert_true(child > 0 && waitpid(child, &status, 0) == child);
  assert_int_equal(status, 0);
}

static void a_child_is_forked_between_the_end_of_a_block_and_of_its_title(void **state) {
  static double elements[12];
  (void)state;
  subject = lent(elements);
  after[END_SOLE] = fork_a_child;
  assert_ok(deed_recall(subject, 0, NULL));
  assert_null(after[END_SOLE]);
}

static const struct deed_site of_fortran = {DEED_LANGUAGE_FORTRAN, 1, "interleaving_transfer.f90"};

static void end_and_replace_a_guessed_title(deed__block_ref guessed) {
  static const struct deed_layout one_number = {.dtype = DEED_REAL64, .element_size_bytes = 8};
  assert_ok(deed_release((struct deed_array){guessed}, NULL));
  assert_ok(deed_alloc(&one_number, 0, &of_fortran, &twin, NULL)); /* in the record that is free now */
}

static void a_title_ends_before_its_transfer_returns(void **state) {
  struct deed_array moved;
  (void)state;
  subject = new_array();
  after[CLAIM_BEGIN] = end_and_replace_a_guessed_title;
  assert_ok(deed_transfer(subject, DEED_HERE, &moved, NULL));
  assert_null(after[CLAIM_BEGIN]);
  assert_false(deed_is_live(moved));
  struct deed_array share = share_of(twin); /* shows the owner in the block's record; a title shows its own language */
  assert_int_equal(described(share).owner, DEED_LANGUAGE_FORTRAN);
  assert_int_equal(described(twin).owner, DEED_LANGUAGE_FORTRAN);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(twin, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(a_share_is_made_before_the_block_ends),
      ACCOUNTED(the_last_claim_ends_before_one_more_is_made),
      ACCOUNTED(a_claim_ends_while_it_is_described),
      ACCOUNTED(a_claim_ends_while_its_elements_are_pointed_at),
      ACCOUNTED(a_view_ends_while_its_layout_is_copied),
      ACCOUNTED(a_block_ends_while_the_ledger_is_read),
      ACCOUNTED(a_block_is_replaced_while_a_weak_handle_is_checked),
      ACCOUNTED(a_name_ends_before_the_verb_that_would_end_it),
      ACCOUNTED(a_publish_between_the_release_of_a_title_and_its_judgement),
      ACCOUNTED(a_share_ends_just_before_the_lender_waits),
      ACCOUNTED(a_lender_that_waits_sleeps),
      ACCOUNTED(nobody_waits_in_a_child),
      ACCOUNTED(an_array_is_reclaimed_while_it_is_copied),
      ACCOUNTED(nobody_ends_the_claim_of_a_copier),
      ACCOUNTED(a_file_name_is_kept_by_another_thread_first),
      ACCOUNTED(a_title_ends_before_its_transfer_returns),
      ACCOUNTED(a_child_is_forked_between_the_end_of_a_block_and_of_its_title),
      ACCOUNTED(a_share_of_a_named_block_ends_while_it_is_shared),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
