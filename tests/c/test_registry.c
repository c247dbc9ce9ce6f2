/* SPDX-License-Identifier: BSD-3-Clause */
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "heap.h"
#include "name_table.h"

static void a_name_gives_a_claim_of_its_own(void **state) {
  struct deed_array title = new_array();
  struct deed_array found;
  (void)state;
  assert_ok(deed_publish(title, "heat/u", NULL));
  assert_true(described(title).published);
  assert_ok(deed_lookup("heat/u", DEED_READ, DEED_HERE, &found, NULL));
  assert_ptr_equal(described(found).data, described(title).data);
  assert_int_equal(described(found).rights, DEED_READ);
  assert_ok(deed_release(title, NULL));
  assert_status(deed_lookup("heat/u", 0, DEED_HERE, &title, NULL), DEED_ENONAME); /* it ended with the title */
  assert_false(described(found).published);
  assert_ok(deed_release(found, NULL));
}

static void names_survive_transfer_and_end_with_withdraw(void **state) {
  struct deed_array title = new_array();
  struct deed_array moved, found;
  (void)state;
  assert_ok(deed_publish(title, "a", NULL));
  assert_ok(deed_transfer(title, DEED_HERE, &moved, NULL));
  assert_ok(deed_lookup("a", 0, DEED_HERE, &found, NULL));
  assert_status(deed_withdraw(found, NULL), DEED_ENOTTITLE);
  assert_status(deed_withdraw(title, NULL), DEED_ESTALE);
  assert_ok(deed_withdraw(moved, NULL));
  assert_status(deed_withdraw(moved, NULL), DEED_ENONAME);
  assert_status(deed_lookup("a", 0, DEED_HERE, &title, NULL), DEED_ENONAME);
  assert_ok(deed_publish(moved, "b", NULL)); /* it may have another name now */
  assert_ok(deed_release(moved, NULL));
  assert_ok(deed_release(found, NULL));
}

static void names_end_with_reclaim_and_recall(void **state) {
  double memory[12];
  struct deed_array title = new_array();
  struct deed_array loan = lent(memory);
  struct deed_reclaimed reclaimed;
  int64_t count;
  (void)state;
  assert_ok(deed_publish(title, "title", NULL));
  assert_ok(deed_publish(loan, "loan", NULL));
  assert_ok(deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, NULL));
  reclaimed.release(reclaimed.data, reclaimed.context);
  assert_ok(deed_recall(loan, 0, NULL));
  assert_ok(deed_names(NULL, 0, &count));
  assert_int_equal(count, 0);
  loan = lent(memory);
  assert_ok(deed_publish(loan, "loan", NULL));
  assert_ok(deed_release(loan, NULL));
  assert_ok(deed_names(NULL, 0, &count));
  assert_int_equal(count, 0);
}

static void taken_and_unknown_names_are_refused(void **state) {
  struct deed_array a = new_array();
  struct deed_array b = new_array();
  struct deed_array out = {77};
  struct deed_error error;
  (void)state;
  assert_ok(deed_publish(a, "taken", NULL));
  assert_status(deed_publish(b, "taken", &error), DEED_EEXIST);
  assert_non_null(strstr(error.message, "\"taken\""));
  assert_status(deed_publish(a, "second", NULL), DEED_EEXIST);
  assert_status(deed_lookup("Taken", 0, DEED_HERE, &out, &error), DEED_ENONAME);
  assert_non_null(strstr(error.message, "\"Taken\""));
  assert_int_equal(out.bits, 77);
  assert_ok(deed_release(a, NULL));
  assert_ok(deed_publish(b, "taken", NULL));
  assert_ok(deed_release(b, NULL));
}

static void what_is_no_name_is_refused(void **state) {
  char longest[DEED_NAME_BYTES], too_long[DEED_NAME_BYTES + 1];
  const char *const bad[] = {NULL, "", " a", "a ", "a\nb", "\x7f", too_long};
  struct deed_array title = new_array();
  struct deed_array out;
  (void)state;
  memset(longest, 'n', sizeof longest);
  longest[sizeof longest - 1] = '\0';
  memset(too_long, 'n', sizeof too_long);
  too_long[sizeof too_long - 1] = '\0';
  for (size_t i = 0; i < COUNT_OF(bad); ++i) {
    struct deed_error error;
    assert_status(deed_publish(title, bad[i], &error), DEED_EINVAL);
    assert_non_null(strstr(error.message, "1 to 127 bytes"));
    assert_status(deed_lookup(bad[i], 0, DEED_HERE, &out, &error), DEED_EINVAL);
    assert_non_null(strstr(error.message, "1 to 127 bytes"));
  }
  assert_status(deed_lookup("a", 0, DEED_HERE, NULL, NULL), DEED_EINVAL);
  assert_ok(deed_publish(title, longest, NULL));
  assert_ok(deed_lookup(longest, 0, DEED_HERE, &out, NULL));
  assert_ok(deed_release(out, NULL));
  assert_ok(deed_release(title, NULL));
}

static void a_thousand_names_are_all_found_and_listed_in_order(void **state) {
  enum { COUNT = 1000 };
  static struct deed_array titles[COUNT];
  static struct deed_name names[COUNT];
  int64_t count;
  (void)state;
  for (int i = 0; i < COUNT; ++i) {
    char name[32];
    snprintf(name, sizeof name, "name/%03d", (i * 7) % COUNT);
    titles[i] = new_array();
    assert_ok(deed_publish(titles[i], name, NULL));
  }
  assert_ok(deed_names(names, COUNT, &count));
  assert_int_equal(count, COUNT);
  for (int i = 0; i < COUNT; ++i) {
    char name[32];
    struct deed_array found;
    snprintf(name, sizeof name, "name/%03d", i);
    assert_string_equal(names[i].name, name);
    assert_ok(deed_lookup(name, 0, DEED_HERE, &found, NULL));
    assert_ok(deed_release(found, NULL));
  }
  assert_ok(deed_names(names, 2, &count));
  assert_int_equal(count, COUNT);
  assert_status(deed_names(NULL, 2, &count), DEED_EINVAL);
  for (int i = 0; i < COUNT; ++i) assert_ok(deed_release(titles[i], NULL));
  assert_ok(deed_names(NULL, 0, &count));
  assert_int_equal(count, 0);
}

static void read_only_is_kept_by_the_registry(void **state) {
  const double memory[12] = {0};
  struct deed_layout layout = small_layout();
  struct deed_array loan, found;
  (void)state;
  assert_ok(deed_lend((void *)(uintptr_t)memory, DEED_READ, &layout, DEED_HERE, &loan, NULL));
  assert_ok(deed_publish(loan, "constant", NULL));
  assert_status(deed_lookup("constant", DEED_READ | DEED_WRITE, DEED_HERE, &found, NULL), DEED_ERIGHTS);
  assert_ok(deed_lookup("constant", 0, DEED_HERE, &found, NULL));
  assert_int_equal(described(found).rights, DEED_READ);
  assert_ok(deed_release(found, NULL));
  assert_ok(deed_recall(loan, 0, NULL));
}

/* Every name is UTF-8, of every length of character, and nothing that only looks like it (RFC 3629). */
static void names_are_utf8(void **state) {
  const char *const good[] = {"h\xc3\xb6he",      "\xe2\x82\xac",    "\xf0\x9f\x8c\x8a", "\xc2\xa0",
                              "\xdf\xbf",         "\xe0\xa0\x80",    "\xed\x9f\xbf",     "\xee\x80\x80",
                              "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"};
  const char *const bad[] = {"\xff\xfe",
                             "\x80",
                             "\xc3",
                             "a\xc3",
                             "\xc3(",
                             "\xe2\x82",
                             "\xe2(\xac",
                             "\xf0\x9f\x8c",
                             "\xc0\xaf",
                             "\xc1\xbf",
                             "\xe0\x9f\xbf",
                             "\xf0\x8f\xbf\xbf",
                             "\xed\xa0\x80",
                             "\xed\xbf\xbf",
                             "\xf4\x90\x80\x80",
                             "\xf5\x80\x80\x80",
                             "\xc2\x80",
                             "a\xc2\x9b"
                             "2J",
                             "a\xc2\x9f"};
  struct deed_array title = new_array();
  struct deed_array out;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(good); ++i) {
    assert_ok(deed_publish(title, good[i], NULL));
    assert_ok(deed_lookup(good[i], 0, DEED_HERE, &out, NULL));
    assert_ok(deed_release(out, NULL));
    assert_ok(deed_withdraw(title, NULL));
  }
  for (size_t i = 0; i < COUNT_OF(bad); ++i) {
    assert_status(deed_publish(title, bad[i], NULL), DEED_EINVAL);
    assert_status(deed_lookup(bad[i], 0, DEED_HERE, &out, NULL), DEED_EINVAL);
  }
  assert_ok(deed_release(title, NULL));
}

/* The longest name ends in the middle of a character, or just before it. */
static void the_length_of_names_is_in_bytes(void **state) {
  char name[DEED_NAME_BYTES + 4];
  struct deed_array title = new_array();
  (void)state;
  for (size_t length = DEED_NAME_BYTES - 4; length < DEED_NAME_BYTES + 1; ++length) {
    memset(name, 'n', sizeof name);
    memcpy(name + length - 3, "\xe2\x82\xac", 4);
    assert_status(deed_publish(title, name, NULL), length < DEED_NAME_BYTES ? DEED_OK : DEED_EINVAL);
    if (length < DEED_NAME_BYTES) assert_ok(deed_withdraw(title, NULL));
  }
  assert_ok(deed_release(title, NULL));
}

static void refusals_come_in_the_order_of_the_header(void **state) {
  struct deed_array title = new_array();
  struct deed_array share = share_of(title);
  struct deed_array out = {77};
  int64_t count = 77;
  struct deed_name name;
  (void)state;
  assert_ok(deed_publish(title, "order", NULL));
  assert_status(deed_publish(share, "", NULL), DEED_EINVAL);
  assert_status(deed_publish(share, "order", NULL), DEED_ENOTTITLE);
  assert_status(deed_lookup("absent", 8, DEED_HERE, &out, NULL), DEED_EINVAL);
  assert_status(deed_lookup("absent", 0, DEED_HERE, &out, NULL), DEED_ENONAME);
  assert_int_equal(out.bits, 77);
  assert_status(deed_names(&name, 1, NULL), DEED_EINVAL);
  assert_status(deed_names(NULL, 1, &count), DEED_EINVAL);
  assert_status(deed_names(&name, -1, &count), DEED_EINVAL);
  assert_int_equal(count, 77);
  assert_ok(deed_release(share, NULL));
  assert_ok(deed_release(title, NULL));
  assert_ok(deed_names(&name, 1, &count));
  assert_int_equal(count, 0);
}

/* Only as many names are written as there is room for, and only as many as there are. */
static void names_are_written_where_there_is_room(void **state) {
  struct deed_array titles[3] = {new_array(), new_array(), new_array()};
  const char *const texts[] = {"b", "c", "a"};
  (void)state;
  for (int i = 0; i < 3; ++i) assert_ok(deed_publish(titles[i], texts[i], NULL));
  for (int64_t capacity = 0; capacity < 6; ++capacity) {
    struct deed_name names[6];
    int64_t count = 0;
    for (int i = 0; i < 6; ++i) strcpy(names[i].name, "untouched");
    assert_ok(deed_names(names, capacity, &count));
    assert_int_equal(count, 3);
    for (int i = 0; i < 6; ++i) {
      const char *const sorted[] = {"a", "b", "c"};
      assert_string_equal(names[i].name, i < 3 && i < capacity ? sorted[i] : "untouched");
    }
  }
  for (int i = 0; i < 3; ++i) assert_ok(deed_release(titles[i], NULL));
}

static void name_and_list(int count) {
  struct deed_name names[2];
  for (int i = 0; i < count; ++i) {
    struct deed_array title = new_array();
    int64_t found;
    assert_ok(deed_publish(title, "memory", NULL));
    assert_status(deed_publish(title, "memory", NULL), DEED_EEXIST);
    assert_ok(deed_names(names, 2, &found));
    assert_ok(deed_withdraw(title, NULL));
    assert_ok(deed_publish(title, "memory", NULL));
    assert_ok(deed_release(title, NULL));
  }
}

static void names_leave_no_memory_behind(void **state) {
  size_t before_bytes;
  (void)state;
  name_and_list(10);
  before_bytes = heap_bytes();
  name_and_list(1000);
  assert_true(heap_bytes() < before_bytes + 500 * sizeof(void *));
}

/* Each larger table takes the place of the one before, and the last one stays. */
static void larger_tables_replace_smaller_ones(void **state) {
  enum { COUNT = 5000, BUCKETS = 8192, TABLES_BYTES = 2 * BUCKETS * sizeof(void *) };
  static struct deed_array titles[COUNT];
  size_t before_bytes;
  (void)state;
  for (int i = 0; i < COUNT; ++i) titles[i] = new_array();
  before_bytes = heap_bytes();
  for (int i = 0; i < COUNT; ++i) {
    char name[32];
    snprintf(name, sizeof name, "name/%d", i);
    assert_ok(deed_publish(titles[i], name, NULL));
  }
  for (int i = 0; i < COUNT; ++i) assert_ok(deed_withdraw(titles[i], NULL));
  assert_true(heap_bytes() < before_bytes + TABLES_BYTES + TABLES_BYTES / 4);
  for (int i = 0; i < COUNT; ++i) assert_ok(deed_release(titles[i], NULL));
}

static void *publish_late(void *argument) {
  struct deed_array title = *(struct deed_array *)argument;
  return deed_publish(title, "late", NULL) == DEED_OK ? argument : NULL;
}

/* Who waits for the names to be free has nothing seized: everybody can use the title meanwhile, or end it. */
static void a_title_that_waits_for_its_name_can_be_used(void **state) {
  const struct timespec pause = {.tv_nsec = 50000000};
  struct deed_array title = new_array();
  struct deed_array moved;
  pthread_t thread;
  void *published;
  (void)state;
  for (int ends = 0; ends < 2; ++ends) {
    alarm(60);
    deed__names_lock();
    assert_int_equal(pthread_create(&thread, NULL, publish_late, &title), 0);
    nanosleep(&pause, NULL);
    assert_true(deed_is_live(title));
    assert_false(described(title).published);
    assert_ok(deed_release(share_of(title), NULL));
    if (ends) assert_ok(deed_transfer(title, DEED_HERE, &moved, NULL));
    deed__names_unlock();
    pthread_join(thread, &published);
    alarm(0);
    assert_ptr_equal(published, ends ? NULL : &title);
    if (!ends) assert_ok(deed_withdraw(title, NULL));
  }
  assert_ok(deed_release(moved, NULL));
}

static void *end_the_name(void *argument) {
  struct deed_array title = *(struct deed_array *)argument;
  struct deed_reclaimed reclaimed;
  enum deed_status status = deed_reclaim(title, DEED_ORIGIN_MALLOC, NULL, &reclaimed, NULL);
  if (status == DEED_OK) reclaimed.release(reclaimed.data, reclaimed.context);
  if (status == DEED_EBUSY) status = deed_withdraw(title, NULL);
  return status == DEED_OK ? argument : NULL;
}

/* The same for verbs that end a name: of a title that is alone, that is shared, and that moves on meanwhile. */
static void a_title_whose_name_ends_can_be_used(void **state) {
  const struct timespec pause = {.tv_nsec = 50000000};
  enum { ALONE, SHARED, MOVED };
  (void)state;
  for (int how = ALONE; how <= MOVED; ++how) {
    struct deed_array title = new_array();
    struct deed_array last = title;
    struct deed_array share = share_of(title);
    pthread_t thread;
    void *ended;
    assert_ok(deed_publish(title, "ending", NULL));
    if (how != SHARED) assert_ok(deed_release(share, NULL));
    alarm(60);
    deed__names_lock();
    assert_int_equal(pthread_create(&thread, NULL, end_the_name, &title), 0);
    nanosleep(&pause, NULL);
    assert_true(described(title).published);
    if (how == MOVED) assert_ok(deed_transfer(title, DEED_HERE, &last, NULL));
    deed__names_unlock();
    pthread_join(thread, &ended);
    alarm(0);
    assert_ptr_equal(ended, how == MOVED ? NULL : &title);
    if (how != ALONE) assert_int_equal(described(last).published, how == MOVED);
    if (how != ALONE) assert_ok(deed_release(last, NULL));
    if (how == SHARED) assert_ok(deed_release(share, NULL));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ACCOUNTED(a_name_gives_a_claim_of_its_own),
      ACCOUNTED(names_survive_transfer_and_end_with_withdraw),
      ACCOUNTED(names_end_with_reclaim_and_recall),
      ACCOUNTED(taken_and_unknown_names_are_refused),
      ACCOUNTED(what_is_no_name_is_refused),
      ACCOUNTED(a_thousand_names_are_all_found_and_listed_in_order),
      ACCOUNTED(read_only_is_kept_by_the_registry),
      ACCOUNTED(names_are_utf8),
      ACCOUNTED(the_length_of_names_is_in_bytes),
      ACCOUNTED(refusals_come_in_the_order_of_the_header),
      ACCOUNTED(names_are_written_where_there_is_room),
      ACCOUNTED(names_leave_no_memory_behind),
      ACCOUNTED(larger_tables_replace_smaller_ones),
      ACCOUNTED(a_title_that_waits_for_its_name_can_be_used),
      ACCOUNTED(a_title_whose_name_ends_can_be_used),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
