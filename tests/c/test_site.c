/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of files: each is kept once, up to a bound, and the next one costs what the first did. */
#include "site.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static const char *kept(const char *file) {
  struct deed_site site;
  assert_ok(deed__site_keep(&(const struct deed_site){DEED_LANGUAGE_PYTHON, 5, file}, &site));
  assert_int_equal(site.language, DEED_LANGUAGE_PYTHON);
  assert_int_equal(site.line, 5);
  return site.file;
}

static void a_place_is_kept_as_given(void **state) {
  char file[] = "site/frame.py";
  const char *first = kept(file);
  (void)state;
  assert_ptr_not_equal(first, file);
  assert_string_equal(first, "site/frame.py");
  file[5] = 'F';
  assert_string_equal(kept(file), "site/Frame.py");
  file[5] = 'f';
  assert_ptr_equal(kept(file), first);
  assert_ptr_equal(kept(file), first); /* from what the thread remembers */
  assert_string_equal(first, "site/frame.py");
  assert_string_equal(kept("costarring"), "costarring"); /* words with the same hash */
  assert_string_equal(kept("liquid"), "liquid");
  assert_string_equal(kept("costarring"), "costarring");
  assert_ptr_equal(kept(first), first); /* known by its address */
  assert_ptr_equal(kept(first + 5), first + 5);
  assert_string_equal(kept(""), "");
  assert_null(kept(NULL));
}

static void places_of_no_language_are_refused(void **state) {
  struct deed_site site = {DEED_LANGUAGE_OTHER, 77, NULL};
  const int bad[] = {-1, DEED_LANGUAGE_NONE, DEED_LANGUAGE_OTHER + 1};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(bad); ++i) {
    const struct deed_site given = {(enum deed_language)bad[i], 1, "site/refused"};
    assert_status(deed__site_keep(&given, &site), DEED_EINVAL);
    assert_int_equal(site.line, 77);
  }
  for (int language = DEED_LANGUAGE_C; language <= DEED_LANGUAGE_OTHER; ++language) {
    assert_ok(deed__site_keep(&(const struct deed_site){(enum deed_language)language, 1, NULL}, &site));
    assert_int_equal(site.language, language);
  }
  assert_ok(deed__site_keep(NULL, &site));
  assert_int_equal(site.language, DEED_LANGUAGE_C);
  assert_int_equal(site.line, 0);
  assert_null(site.file);
}

static double work_us(void) {
  struct timespec used;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return (double)used.tv_sec * 1e6 + (double)used.tv_nsec / 1e3;
}

enum { PART = 2000, PARTS = 100 };

/* A claim of every cell of a long notebook. Returns the processor time of one. */
static double share_from_new_files(struct deed_array title, int part) {
  char file[64];
  double begun_us = work_us();
  for (int i = 0; i < PART; ++i) {
    struct deed_array share;
    snprintf(file, sizeof file, "/tmp/ipykernel_4711/%d.py", part * PART + i);
    assert_ok(deed_share(title, 0, &(const struct deed_site){DEED_LANGUAGE_PYTHON, 1, file}, &share, NULL));
    assert_ok(deed_release(share, NULL));
  }
  return (work_us() - begun_us) / PART;
}

static double least_of(const double *us, int count) {
  double least = us[0];
  for (int i = 1; i < count; ++i) least = us[i] < least ? us[i] : least;
  return least;
}

/* The parts at the end, and those where there are most names, cost about what the first ones do. */
static void a_new_file_costs_as_much_as_the_first(void **state) {
  static double us[PARTS];
  const int full_at = DEED__FILES_AT_MOST / PART;
  struct deed_array title = new_array();
  (void)state;
  assert_true(PART * PARTS > 2 * DEED__FILES_AT_MOST);
  for (int part = 0; part < PARTS; ++part) us[part] = share_from_new_files(title, part);
  print_message("a share from a new file: %.2f us, then %.2f us, at the end %.2f us\n", least_of(us, 5),
                least_of(us + full_at - 5, 5), least_of(us + PARTS - 5, 5));
  assert_true(least_of(us + full_at - 5, 5) < 8 * least_of(us, 5));
  assert_true(least_of(us + PARTS - 5, 5) < 8 * least_of(us, 5));
  assert_ok(deed_release(title, NULL));
}

/* After the test above. What was kept before is still there, and what comes now is told apart no more. */
static void the_number_of_names_is_bounded(void **state) {
  const char *first = kept("/tmp/ipykernel_4711/0.py");
  (void)state;
  assert_string_equal(first, "/tmp/ipykernel_4711/0.py");
  assert_ptr_equal(kept("/tmp/ipykernel_4711/0.py"), first);
  assert_string_equal(kept("/tmp/ipykernel_4711/60000.py"), "/tmp/ipykernel_4711/60000.py");
  assert_string_equal(kept("/tmp/ipykernel_4711/199999.py"), "(more files)");
  assert_ptr_equal(kept("site/one more"), kept("site/and another"));
  assert_string_equal(kept("site/one more"), "(more files)");
  assert_null(kept(NULL));
}

/* Names as long as a path may be: their number stays small. Returns 0, or how it failed. */
static int keep_long_names(void) {
  static char file[4090];
  struct deed_site site;
  const int fit = (int)(DEED__FILE_BYTES_AT_MOST / sizeof file); /* and a little is left */
  memset(file, 'x', sizeof file - 1);
  for (int i = 0; i <= fit; ++i) {
    (void)!snprintf(file, sizeof file, "%04d", i);
    file[4] = 'x';
    if (deed__site_keep(&(const struct deed_site){DEED_LANGUAGE_C, 1, file}, &site) != DEED_OK) return 1;
    bool is_kept = strcmp(site.file, file) == 0;
    if (is_kept != (i < fit)) return 2;
    if (!is_kept && strcmp(site.file, "(more files)") != 0) return 3;
  }
  if (deed__site_keep(&(const struct deed_site){DEED_LANGUAGE_C, 1, "site/short"}, &site) != DEED_OK) return 4;
  return strcmp(site.file, "site/short") == 0 ? 0 : 5; /* there is room for it still */
}

/* In a process of its own, where there are no names yet. */
static void the_bytes_of_names_are_bounded(void **state) {
  int status;
  pid_t child = fork();
  (void)state;
  if (child == 0) _exit(keep_long_names());
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(the_bytes_of_names_are_bounded),    ACCOUNTED(a_place_is_kept_as_given),
      ACCOUNTED(places_of_no_language_are_refused), ACCOUNTED(a_new_file_costs_as_much_as_the_first),
      ACCOUNTED(the_number_of_names_is_bounded),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
