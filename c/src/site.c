/* SPDX-License-Identifier: BSD-3-Clause */
/* site.c - a set of file names that grows up to a bound. A name may come from a frame that ends or a library that is
 * unloaded, so it is copied once. It stays: reports that were given it are copied bitwise, and nobody says when they
 * are read for the last time. Nobody takes a lock. */
#include "site.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "hot.h"
#include "thread_pointer.h"

#define SLOTS (2 * DEED__FILES_AT_MOST) /* a power of two; half of them stay empty, so that searches are short */

struct name {
  uint32_t hash;
  char text[];
};

/* Each name is in the first slot that was free from the one that its hash gives. It begins with zeros, and takes memory
 * page by page as names come. */
static _Atomic(struct name *) slots[SLOTS];

/* How many names there are, or are about to be, and their bytes. */
static _Atomic uint32_t name_count;
static _Atomic uint64_t names_bytes;

/* The name that this thread used last: most claims of a thread come from few files. */
static DEED__THREAD_POINTER const char *last_name;

static uint32_t hash_of(const char *text) {
  uint32_t hash = 2166136261u; /* FNV-1a */
  for (; *text; ++text) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash ^ hash >> 15;
}

static bool is_name(const struct name *name, uint32_t hash, const char *text) {
  return name->hash == hash && strcmp(name->text, text) == 0;
}

/* The slot where a name is, or the one to put it into. name [fills]: what is there. */
static _Atomic(struct name *) *find(uint32_t hash, const char *text, struct name **name) {
  for (uint32_t slot = hash;; ++slot) {
    _Atomic(struct name *) *at = &slots[slot % SLOTS];
    *name = atomic_load_explicit(at, memory_order_acquire);
    if (!*name || is_name(*name, hash, text)) return at;
  }
}

static void count_out(size_t size_bytes) {
  atomic_fetch_sub_explicit(&name_count, 1, memory_order_relaxed);
  atomic_fetch_sub_explicit(&names_bytes, size_bytes, memory_order_relaxed);
}

/* May one more be kept? Then it is counted. */
static bool count_in(size_t size_bytes) {
  uint32_t count = atomic_fetch_add_explicit(&name_count, 1, memory_order_relaxed);
  uint64_t bytes = atomic_fetch_add_explicit(&names_bytes, size_bytes, memory_order_relaxed);
  if (count < DEED__FILES_AT_MOST && bytes + size_bytes <= DEED__FILE_BYTES_AT_MOST) return true;
  count_out(size_bytes);
  return false;
}

/* Put a name where nobody has put it first. Returns the one that is there then. */
static struct name *put(struct name *name) {
  for (;;) {
    struct name *known;
    _Atomic(struct name *) *at = find(name->hash, name->text, &known);
    if (known) return known;
    if (atomic_compare_exchange_strong_explicit(at, &known, name, memory_order_acq_rel, memory_order_acquire)) {
      return name;
    }
  }
}

static const char *add(uint32_t hash, const char *text) {
  size_t text_bytes = strlen(text) + 1;
  size_t size_bytes = sizeof(struct name) + text_bytes;
  if (!count_in(size_bytes)) return DEED__MORE_FILES;
  struct name *name = malloc(size_bytes);
  if (!name) {
    count_out(size_bytes);
    return NULL;
  }
  name->hash = hash;
  memcpy(name->text, text, text_bytes);
  struct name *kept = put(name);
  if (kept != name) {
    free(name);
    count_out(size_bytes);
  }
  return kept->text;
}

DEED__APART static const char *keep(const char *text) {
  uint32_t hash = hash_of(text);
  struct name *known;
  (void)find(hash, text, &known);
  const char *kept = known ? known->text : add(hash, text);
  if (kept) last_name = kept;
  return kept;
}

static const char *keep_file(const char *text) {
  return last_name && strcmp(last_name, text) == 0 ? last_name : keep(text);
}

enum deed_status deed__site_keep(const struct deed_site *given, struct deed_site *kept) {
  static const struct deed_site unknown_place = {.language = DEED_LANGUAGE_C};
  if (!given) given = &unknown_place;
  if (given->language <= DEED_LANGUAGE_NONE || given->language > DEED_LANGUAGE_OTHER) return DEED_EINVAL;
  const char *file = given->file ? keep_file(given->file) : NULL;
  if (given->file && !file) return DEED_ENOMEM;
  kept->language = given->language;
  kept->line = given->line;
  kept->file = file;
  return DEED_OK;
}
