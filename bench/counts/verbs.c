/* SPDX-License-Identifier: BSD-3-Clause */
/* verbs.c - each hot verb some times under callgrind, which counts the instructions of the verb alone, not of what is
 * done before and after it. There is one dump per verb, named after it. */
#include <stdio.h>
#include <stdlib.h>
#include <valgrind/callgrind.h>

#include "deed/deed.h"

#define EXTENT 32

/* What the verbs work on. */
static struct deed_layout layout;
static struct deed_layout half;
static struct deed_array title;
static struct deed_array other;
static struct deed_weak weak;
static struct deed_descriptor seen;
static double memory[EXTENT * EXTENT];

static void must(enum deed_status status) {
  if (status == DEED_OK) return;
  fprintf(stderr, "verbs: %s\n", deed_status_text(status));
  exit(1);
}

static void keep_memory(void *data, void *context) {
  (void)data;
  (void)context;
}

static void nothing(void) {}
static void alloc_title(void) { must(deed_alloc(&layout, 0, DEED_HERE, &title, NULL)); }
static void release_title(void) { must(deed_release(title, NULL)); }
static void release_other(void) { must(deed_release(other, NULL)); }
static void adopt(void) {
  const struct deed_memory foreign = {memory, DEED_ORIGIN_FOREIGN, DEED_READ | DEED_WRITE, keep_memory, NULL};
  must(deed_adopt(&foreign, &layout, DEED_HERE, &title, NULL));
}
static void lend(void) { must(deed_lend(memory, DEED_READ | DEED_WRITE, &layout, DEED_HERE, &title, NULL)); }
static void recall(void) { must(deed_recall(title, 0, NULL)); }
static void share(void) { must(deed_share(title, 0, DEED_HERE, &other, NULL)); }
static void view(void) { must(deed_view(title, 0, &half, 0, DEED_HERE, &other, NULL)); }
static void transfer(void) {
  must(deed_transfer(title, DEED_HERE, &other, NULL));
  title = other;
}
static void reclaim(void) {
  struct deed_reclaimed reclaimed;
  must(deed_reclaim(title, DEED_ORIGIN_FOREIGN, keep_memory, &reclaimed, NULL));
}
static void publish(void) { must(deed_publish(title, "model/velocity", NULL)); }
static void lookup(void) { must(deed_lookup("model/velocity", 0, DEED_HERE, &other, NULL)); }
static void withdraw(void) { must(deed_withdraw(title, NULL)); }
static void describe(void) { must(deed_describe(title, &seen, sizeof seen)); }
static void point(void) {
  void *data;
  int64_t element_size_bytes;
  struct deed_dimension dim[2];
  must(deed_point(title, DEED_REAL64, 2, DEED_READ, &data, &element_size_bytes, dim));
}
static void ask_is_live(void) {
  if (!deed_is_live(title)) exit(1);
}
static void remember(void) { must(deed_weak_of(title, &weak)); }
static void upgrade(void) { must(deed_upgrade(&weak, 0, DEED_HERE, &other, NULL)); }

static void alloc_and_share(void) {
  alloc_title();
  share();
}
static struct deed_array seen_by_other;
static void alloc_and_view(void) {
  alloc_title();
  view();
  seen_by_other = other;
}
static void share_view(void) { must(deed_share(seen_by_other, 0, DEED_HERE, &other, NULL)); }
static void alloc_and_publish(void) {
  alloc_title();
  publish();
}
static void alloc_and_remember(void) {
  alloc_title();
  remember();
}
static void release_both(void) {
  release_other();
  release_title();
}

static void release_all(void) {
  release_both();
  must(deed_release(seen_by_other, NULL));
}

struct counted {
  const char *name;
  void (*before)(void);
  void (*verb)(void);
  void (*after)(void);
};

static const struct counted all[] = {
    {"alloc", nothing, alloc_title, release_title},
    {"adopt", nothing, adopt, release_title},
    {"lend", nothing, lend, recall},
    {"recall", lend, recall, nothing},
    {"share", alloc_title, share, release_both},
    {"view", alloc_title, view, release_both},
    {"share_view", alloc_and_view, share_view, release_all},
    {"release_share", alloc_and_share, release_other, release_title},
    {"release_last", alloc_title, release_title, nothing},
    {"transfer", alloc_title, transfer, release_title},
    {"reclaim", adopt, reclaim, nothing},
    {"publish", alloc_title, publish, release_title},
    {"lookup", alloc_and_publish, lookup, release_both},
    {"withdraw", alloc_and_publish, withdraw, release_title},
    {"describe", alloc_title, describe, release_title},
    {"point", alloc_title, point, release_title},
    {"is_live", alloc_title, ask_is_live, release_title},
    {"weak_of", alloc_title, remember, release_title},
    {"upgrade", alloc_and_remember, upgrade, release_both},
};

/* The first time is not counted: pools are begun, symbols are bound. */
static void count(const struct counted *one) {
  one->before();
  one->verb();
  one->after();
  one->before();
  CALLGRIND_ZERO_STATS;
  CALLGRIND_TOGGLE_COLLECT;
  one->verb();
  CALLGRIND_TOGGLE_COLLECT;
  CALLGRIND_DUMP_STATS_AT(one->name);
  one->after();
}

int main(void) {
  const int64_t shape[2] = {EXTENT, EXTENT};
  must(deed_layout_contiguous(DEED_REAL64, 0, 2, shape, NULL, DEED_ORDER_FORTRAN, &layout));
  half = layout;
  half.dim[1].extent /= 2;
  for (size_t i = 0; i < sizeof all / sizeof all[0]; ++i) count(&all[i]);
  return 0;
}
