/* SPDX-License-Identifier: BSD-3-Clause */
/* site.c - a set of file names that only grows. A name may come from a frame that ends or a library that is unloaded,
 * so it is copied once. Readers take no lock. */
#include "site.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "thread_pointer.h"

#define BUCKETS 256u

struct name {
  struct name *next;
  char text[];
};

static _Atomic(struct name *) buckets[BUCKETS];

/* The name that this thread used last: most claims of a thread come from few files. */
static DEED__THREAD_POINTER const char *last_name;

static uint32_t bucket_of(const char *text) {
  uint32_t hash = 2166136261u; /* FNV-1a */
  for (; *text; ++text) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash % BUCKETS;
}

static const char *find(struct name *name, const char *text) {
  for (; name; name = name->next) {
    if (strcmp(name->text, text) == 0) return name->text;
  }
  return NULL;
}

static const char *add(const char *text) {
  size_t size_bytes = strlen(text) + 1;
  struct name *name = malloc(sizeof *name + size_bytes);
  if (!name) return NULL;
  memcpy(name->text, text, size_bytes);
  _Atomic(struct name *) *bucket = &buckets[bucket_of(text)];
  name->next = atomic_load_explicit(bucket, memory_order_acquire);
  do {
    const char *known = find(name->next, text);
    if (known) {
      free(name);
      return known;
    }
  } while (
      !atomic_compare_exchange_weak_explicit(bucket, &name->next, name, memory_order_acq_rel, memory_order_acquire));
  return name->text;
}

static const char *keep(const char *text) {
  if (last_name && strcmp(last_name, text) == 0) return last_name;
  const char *kept = find(atomic_load_explicit(&buckets[bucket_of(text)], memory_order_acquire), text);
  if (!kept) kept = add(text);
  if (kept) last_name = kept;
  return kept;
}

enum deed_status deed__site_keep(const struct deed_site *given, struct deed_site *kept) {
  static const struct deed_site unknown_place = {.language = DEED_LANGUAGE_C};
  if (!given) given = &unknown_place;
  if (given->language <= DEED_LANGUAGE_NONE || given->language > DEED_LANGUAGE_OTHER) return DEED_EINVAL;
  const char *file = given->file ? keep(given->file) : NULL;
  if (given->file && !file) return DEED_ENOMEM;
  kept->language = given->language;
  kept->line = given->line;
  kept->file = file;
  return DEED_OK;
}
