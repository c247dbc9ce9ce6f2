/* SPDX-License-Identifier: BSD-3-Clause */
/* site.c - a set of file names that grows up to a bound. A name may come from a frame that ends or a library that is
 * unloaded, so it is copied once. It stays: reports that were given it are copied bitwise, and nobody says when they
 * are read for the last time. Nobody takes a lock, and nothing is allocated. */
#include "site.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#include "compiler.h"
#include "keep_loaded.h"

#define SLOTS (2 * DEED__FILES_AT_MOST) /* a power of two; half of them stay empty, so that searches are short */

/* All names, each with its end. It lands in .bss, and takes memory page by page as names come. */
static char arena[DEED__FILE_BYTES_AT_MOST];
static _Atomic uint64_t used; /* number of names << 32 | bytes of the arena */

/* Each name is in the first slot that was free from the one that its hash gives: hash << 32 | 1 + where it begins. */
static _Atomic uint64_t slots[SLOTS];

/* The name that this thread used last: most claims of a thread come from few files. And the constant of the program
 * that it was given as, NULL if it was given as anything else. */
static DEED__TLS_POINTER const char *last_name;
static DEED__TLS_POINTER const char *last_constant;

static uint32_t hash_of(const char *text) {
  uint32_t hash = 2166136261u; /* FNV-1a */
  for (; *text; ++text) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash ^ hash >> 15;
}

static const char *text_of(uint64_t name) { return arena + (uint32_t)name - 1; }

static bool is_name(uint64_t name, uint32_t hash, const char *text) {
  return (uint32_t)(name >> 32) == hash && strcmp(text_of(name), text) == 0;
}

/* The slot where a name is, or the one to put it into. name [fills]: what is there. */
static _Atomic uint64_t *find(uint32_t hash, const char *text, uint64_t *name) {
  for (uint32_t slot = hash;; ++slot) {
    _Atomic uint64_t *at = &slots[slot % SLOTS];
    *name = atomic_load_explicit(at, memory_order_acquire);
    if (!*name || is_name(*name, hash, text)) return at;
  }
}

/* Room for one more name; false when the bound is reached. begin [fills]: where it begins. */
static bool reserve(size_t text_bytes, uint32_t *begin) {
  uint64_t before = atomic_load_explicit(&used, memory_order_relaxed);
  do {
    *begin = (uint32_t)before;
    if (before >> 32 >= DEED__FILES_AT_MOST || text_bytes > sizeof arena - *begin) return false;
  } while (!atomic_compare_exchange_weak_explicit(&used, &before, before + (UINT64_C(1) << 32) + text_bytes,
                                                  memory_order_relaxed, memory_order_relaxed));
  return true;
}

/* Enter a name. If another thread has just entered the same one, that one is returned, and the room of ours stays
 * unused. */
static const char *put(uint32_t hash, uint32_t begin) {
  const uint64_t name = (uint64_t)hash << 32 | (begin + 1);
  for (;;) {
    uint64_t known;
    _Atomic uint64_t *at = find(hash, text_of(name), &known);
    if (known) return text_of(known);
    if (atomic_compare_exchange_strong_explicit(at, &known, name, memory_order_acq_rel, memory_order_acquire)) {
      return text_of(name);
    }
  }
}

static const char *add(uint32_t hash, const char *text) {
  size_t text_bytes = strlen(text) + 1;
  uint32_t begin;
  if (!reserve(text_bytes, &begin)) return DEED__MORE_FILES;
  memcpy(arena + begin, text, text_bytes);
  return put(hash, begin);
}

static const char *find_or_add(const char *text) {
  uint32_t hash = hash_of(text);
  uint64_t known;
  (void)find(hash, text, &known);
  return known ? text_of(known) : add(hash, text);
}

DEED__NOINLINE static const char *keep(const char *text) {
  if (!last_name || strcmp(last_name, text) != 0) last_name = find_or_add(text);
  last_constant = deed__is_program_constant(text) ? text : NULL;
  return last_name;
}

/* A name that was kept before is known by its address, and so is a constant of the program. That of any other text says
 * nothing: the frame or library that it was in may be gone, and another name be there. */
static const char *keep_file(const char *text) {
  if ((uintptr_t)text - (uintptr_t)arena < sizeof arena) return text;
  return text == last_constant ? last_name : keep(text);
}

enum deed_status deed__site_keep(const struct deed_site *given, struct deed_site *kept) {
  static const struct deed_site unknown_place = {.language = DEED_LANGUAGE_C};
  if (!given) given = &unknown_place;
  if (given->language <= DEED_LANGUAGE_NONE || given->language > DEED_LANGUAGE_OTHER) return DEED_EINVAL;
  kept->language = given->language;
  kept->line = given->line;
  kept->file = given->file ? keep_file(given->file) : NULL;
  return DEED_OK;
}
