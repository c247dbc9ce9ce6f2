/* SPDX-License-Identifier: BSD-3-Clause */
/* name_table.c - the names of blocks. An entry refers to a block and is no claim on it: it keeps nothing alive. */
#include "name_table.h"

#include <stdlib.h>
#include <string.h>

#include "reader_lock.h"

#define FIRST_BUCKETS 64u

struct deed__name {
  struct deed__name *next_by_name;
  struct deed__name *next_by_block;
  deed__block_ref block;
  uint32_t hash;
  char name[]; /* keeps an entry to few cache lines: a lookup misses on each */
};

/* Eight bytes at a time: a name is hashed at every lookup. */
static uint32_t hash_name(const char *name) {
  size_t left_bytes = strlen(name);
  uint64_t hash = left_bytes;
  while (left_bytes > 0) {
    uint64_t word = 0;
    size_t word_bytes = left_bytes < sizeof word ? left_bytes : sizeof word;
    memcpy(&word, name, word_bytes);
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    hash ^= hash >> 32;
    name += word_bytes;
    left_bytes -= word_bytes;
  }
  return (uint32_t)hash;
}

struct deed__name *deed__name_make(const char *name, deed__block_ref block) {
  size_t name_bytes = strlen(name) + 1;
  struct deed__name *entry = malloc(sizeof *entry + name_bytes);
  if (!entry) return NULL;
  entry->block = block;
  entry->hash = hash_name(name);
  memcpy(entry->name, name, name_bytes);
  return entry;
}

void deed__name_free(struct deed__name *name) { free(name); }

/* Each entry is in two hash tables of the same size. All of this is guarded by the lock. */
static struct deed__reader_lock lock;
static struct deed__name *first_by_name[FIRST_BUCKETS];
static struct deed__name *first_by_block[FIRST_BUCKETS];
static struct deed__name **by_name = first_by_name;
static struct deed__name **by_block = first_by_block;
static uint32_t bucket_count = FIRST_BUCKETS; /* a power of two */
static uint32_t entry_count;

static uint32_t bucket_of_block(deed__block_ref block) {
  return (uint32_t)(block * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (bucket_count - 1);
}

static struct deed__name **find_name(const char *name, uint32_t hash) {
  struct deed__name **link = &by_name[hash & (bucket_count - 1)];
  while (*link && ((*link)->hash != hash || strcmp((*link)->name, name) != 0)) link = &(*link)->next_by_name;
  return link;
}

static struct deed__name **find_block(deed__block_ref block) {
  struct deed__name **link = &by_block[bucket_of_block(block)];
  while (*link && (*link)->block != block) link = &(*link)->next_by_block;
  return link;
}

static void link_in(struct deed__name *entry) {
  struct deed__name **name_bucket = &by_name[entry->hash & (bucket_count - 1)];
  struct deed__name **block_bucket = &by_block[bucket_of_block(entry->block)];
  entry->next_by_name = *name_bucket;
  entry->next_by_block = *block_bucket;
  *name_bucket = *block_bucket = entry;
}

static void take_out(struct deed__name *entry) {
  *find_name(entry->name, entry->hash) = entry->next_by_name;
  *find_block(entry->block) = entry->next_by_block;
  --entry_count;
}

static void relink_all(struct deed__name **old_by_name, uint32_t old_bucket_count) {
  for (uint32_t b = 0; b < old_bucket_count; ++b) {
    for (struct deed__name *entry = old_by_name[b]; entry;) {
      struct deed__name *next = entry->next_by_name;
      link_in(entry);
      entry = next;
    }
  }
}

static void replace_tables(struct deed__name **new_by_name, struct deed__name **new_by_block) {
  struct deed__name **old_by_name = by_name;
  struct deed__name **old_by_block = by_block;
  by_name = new_by_name;
  by_block = new_by_block;
  bucket_count *= 2;
  relink_all(old_by_name, bucket_count / 2);
  if (old_by_name == first_by_name) return;
  free(old_by_name);
  free(old_by_block);
}

void deed__names_make_room(void) {
  if (entry_count < bucket_count) return;
  struct deed__name **new_by_name = calloc((size_t)bucket_count * 2, sizeof(struct deed__name *));
  struct deed__name **new_by_block = calloc((size_t)bucket_count * 2, sizeof(struct deed__name *));
  if (new_by_name && new_by_block) {
    replace_tables(new_by_name, new_by_block);
  } else {
    free(new_by_name);
    free(new_by_block);
  }
}

enum deed_status deed__name_enter(struct deed__name *name, const char *text) {
  if (*find_name(text, name ? name->hash : hash_name(text))) return DEED_EEXIST;
  if (!name) return DEED_ENOMEM;
  link_in(name);
  ++entry_count;
  deed__block_set_named(name->block, true);
  return DEED_OK;
}

void deed__name_end(deed__block_ref block) {
  struct deed__name *entry = *find_block(block);
  if (entry) take_out(entry);
  free(entry);
}

bool deed__name_find(const char *name, deed__block_ref *block) {
  uint32_t hash = hash_name(name);
  deed__reader_lock_read(&lock);
  struct deed__name *entry = *find_name(name, hash);
  if (entry) *block = entry->block;
  deed__reader_unlock_read(&lock);
  return entry != NULL;
}

bool deed__name_of(deed__block_ref block, char *name) {
  deed__reader_lock_read(&lock);
  struct deed__name *entry = *find_block(block);
  if (entry) memcpy(name, entry->name, strlen(entry->name) + 1);
  deed__reader_unlock_read(&lock);
  return entry != NULL;
}

static int compare_names(const void *a, const void *b) {
  return strcmp(((const struct deed_name *)a)->name, ((const struct deed_name *)b)->name);
}

/* All names, sorted; room for entry_count of them. The lock is held. */
static void collect(struct deed_name *names) {
  uint32_t at = 0;
  for (uint32_t b = 0; b < bucket_count; ++b) {
    for (const struct deed__name *entry = by_name[b]; entry; entry = entry->next_by_name, ++at) {
      memcpy(names[at].name, entry->name, strlen(entry->name) + 1);
    }
  }
  qsort(names, at, sizeof *names, compare_names);
}

enum deed_status deed__names(struct deed_name *names, int64_t capacity, int64_t *count) {
  deed__reader_lock_read(&lock);
  int64_t found = entry_count;
  struct deed_name *all = capacity > 0 && found > 0 ? malloc((size_t)found * sizeof *all) : NULL;
  if (all) collect(all);
  deed__reader_unlock_read(&lock);
  if (!all && capacity > 0 && found > 0) return DEED_ENOMEM;
  if (all) memcpy(names, all, (size_t)(found < capacity ? found : capacity) * sizeof *names);
  free(all);
  *count = found;
  return DEED_OK;
}

void deed__names_lock(void) { deed__reader_lock_write(&lock); }

void deed__names_unlock(void) { deed__reader_unlock_write(&lock); }

void deed__names_renew_lock(void) { deed__reader_lock_renew(&lock); }
