/* SPDX-License-Identifier: BSD-3-Clause */
/* The error record: written when a function fails, and only then; one line that fits. */
#include "check.h"

static const struct deed_error untouched = {.status = (enum deed_status)77, .holder_count = 77, .message = "as it was"};

static void success_writes_no_error(void **state) {
  struct deed_layout layout = small_layout();
  struct deed_error error = untouched;
  struct deed_array title, share, moved, found, copy;
  (void)state;
  assert_ok(deed_alloc(&layout, 0, DEED_HERE, &title, &error));
  assert_ok(deed_share(title, 0, DEED_HERE, &share, &error));
  assert_ok(deed_copy(title, DEED_ORDER_C, DEED_COPY_REQUESTED, DEED_HERE, &copy, &error));
  assert_ok(deed_transfer(title, DEED_HERE, &moved, &error));
  assert_ok(deed_publish(moved, "fail", &error));
  assert_ok(deed_lookup("fail", 0, DEED_HERE, &found, &error));
  assert_ok(deed_withdraw(moved, &error));
  assert_ok(deed_release(found, &error));
  assert_ok(deed_release(share, &error));
  assert_ok(deed_release(moved, &error));
  assert_ok(deed_release(copy, &error));
  assert_ok(deed_core_check(&error));
  assert_memory_equal(&error, &untouched, sizeof error);
}

/* Call a verb on a dead handle. */
static enum deed_status refused(int verb, struct deed_array dead, struct deed_error *error) {
  struct deed_layout layout = small_layout();
  struct deed_array made;
  struct deed_reclaimed reclaimed;
  switch (verb) {
    case 0: return deed_share(dead, 0, DEED_HERE, &made, error);
    case 1: return deed_view(dead, 0, &layout, 0, DEED_HERE, &made, error);
    case 2: return deed_transfer(dead, DEED_HERE, &made, error);
    case 3: return deed_reclaim(dead, DEED_ORIGIN_MALLOC, NULL, &reclaimed, error);
    case 4: return deed_recall(dead, 0, error);
    case 5: return deed_release(dead, error);
    case 6: return deed_publish(dead, "name", error);
    case 7: return deed_withdraw(dead, error);
    default: return deed_copy(dead, DEED_ORDER_ANY, DEED_COPY_REQUESTED, DEED_HERE, &made, error);
  }
}

static void every_refusal_names_verb_and_reason(void **state) {
  static const char *const verbs[] = {"share",   "view",    "transfer", "reclaim", "recall",
                                      "release", "publish", "withdraw", "copy"};
  struct deed_array dead = new_array();
  (void)state;
  assert_ok(deed_release(dead, NULL));
  for (int verb = 0; verb < (int)COUNT_OF(verbs); ++verb) {
    struct deed_error error;
    memset(&error, 0xff, sizeof error); /* never read, always ended */
    assert_status(refused(verb, dead, &error), DEED_ESTALE);
    assert_int_equal(error.status, DEED_ESTALE);
    assert_int_equal(error.holder_count, 0);
    assert_memory_equal(error.message, verbs[verb], strlen(verbs[verb]));
    assert_non_null(strstr(error.message, deed_status_text(DEED_ESTALE)));
    assert_status(refused(verb, dead, NULL), DEED_ESTALE);
    assert_status(refused(verb, (struct deed_array){0}, &error), DEED_EHANDLE);
    assert_int_equal(error.status, DEED_EHANDLE);
  }
}

static void a_message_that_does_not_fit_is_cut_and_ended(void **state) {
  static char file[4096];
  struct deed_site site = {DEED_LANGUAGE_PYTHON, 12, file};
  struct deed_array title = new_array();
  struct deed_array share;
  struct deed_reclaimed reclaimed;
  struct deed_error error;
  (void)state;
  memset(file, 'f', sizeof file - 1);
  assert_ok(deed_share(title, 0, &site, &share, NULL));
  memset(&error, 0xff, sizeof error);
  assert_status(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, &error), DEED_EBUSY);
  assert_int_equal(strlen(error.message), DEED_ERROR_MESSAGE_BYTES - 1);
  assert_string_equal(error.holders[0].file, file); /* in full here */
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(title, NULL));
}

/* One line of UTF-8, whatever the file is called and wherever the message is cut. */
static void messages_are_one_line_of_whole_characters(void **state) {
  static char file[1024] = "a\nb\tc\x7f";
  struct deed_site site = {DEED_LANGUAGE_PYTHON, 12, file};
  struct deed_array title = new_array();
  struct deed_reclaimed reclaimed;
  struct deed_error error;
  (void)state;
  for (size_t shift = 0; shift < 4; ++shift) {
    struct deed_array share;
    size_t at = 6 + shift;
    memset(file + 6, 'x', shift);
    for (; at + 4 < sizeof file; at += 3) memcpy(file + at, "\xe2\x82\xac", 4);
    assert_ok(deed_share(title, 0, &site, &share, NULL));
    assert_status(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, &error), DEED_EBUSY);
    size_t length = strlen(error.message);
    assert_true(length < DEED_ERROR_MESSAGE_BYTES && length > DEED_ERROR_MESSAGE_BYTES - 5);
    assert_non_null(strstr(error.message, "a?b?c?"));
    const char *euros = strstr(error.message, "\xe2");
    assert_int_equal((error.message + length - euros) % 3, 0);
    assert_ok(deed_release(share, NULL));
  }
  assert_ok(deed_release(title, NULL));
}

/* A file name may have anything in it: what a terminal would obey, and what is no UTF-8, becomes question marks. */
static void messages_do_nothing_to_a_terminal(void **state) {
  static const char *const files[][2] = {
      {"a\x1b[2Jb", "a?[2Jb:"},
      {"a\xc2\x9b"
       "2Jb",
       "a??2Jb:"},
      {"a\x9b"
       "2Jb",
       "a?2Jb:"},
      {"a\xc0\x9b"
       "b",
       "a??b:"},
      {"a\xe2\x82", "a??:"},
      {"\xc3\xa9\xc2\xa0", "\xc3\xa9\xc2\xa0:"},
  };
  struct deed_array title = new_array();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(files); ++i) {
    struct deed_site site = {DEED_LANGUAGE_PYTHON, 12, files[i][0]};
    struct deed_array share;
    struct deed_reclaimed reclaimed;
    struct deed_error error;
    assert_ok(deed_share(title, 0, &site, &share, NULL));
    assert_status(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, &error), DEED_EBUSY);
    assert_non_null(strstr(error.message, files[i][1]));
    assert_string_equal(error.holders[0].file, files[i][0]);
    assert_ok(deed_release(share, NULL));
  }
  assert_ok(deed_release(title, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(success_writes_no_error),
      ACCOUNTED(every_refusal_names_verb_and_reason),
      ACCOUNTED(a_message_that_does_not_fit_is_cut_and_ended),
      ACCOUNTED(messages_are_one_line_of_whole_characters),
      ACCOUNTED(messages_do_nothing_to_a_terminal),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
