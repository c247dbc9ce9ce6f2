/* SPDX-License-Identifier: BSD-3-Clause */
/* unload.c - libraries are unloaded while they are needed: one whose release callback deed holds, and deed itself.
 *   unload LIBDEED PLUGIN
 * The program does not link deed, so that dlclose() could unload it. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "deed/deed.h"

static enum deed_status (*alloc_array)(const struct deed_layout *, uint32_t, const struct deed_site *,
                                       struct deed_array *, struct deed_error *);
static enum deed_status (*adopt_memory)(const struct deed_memory *, const struct deed_layout *,
                                        const struct deed_site *, struct deed_array *, struct deed_error *);
static enum deed_status (*release_array)(struct deed_array, struct deed_error *);
static void (*count_all)(struct deed_counts *, size_t);

static void require(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "FAILED: %s: %s\n", what, dlerror());
  exit(1);
}

static void *load(const char *path) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  require(library != NULL, path);
  return library;
}

/* POSIX lets a pointer to data be a pointer to a function; ISO C has no cast for it. */
static void find(void *library, const char *name, void *pointer_to_function) {
  void *symbol = dlsym(library, name);
  require(symbol != NULL, name);
  *(void **)pointer_to_function = symbol;
}

static void find_verbs(void *library) {
  find(library, "deed_alloc", &alloc_array);
  find(library, "deed_adopt", &adopt_memory);
  find(library, "deed_release", &release_array);
  find(library, "deed_count", &count_all);
}

static const struct deed_layout one_number = {.dtype = DEED_REAL64, .element_size_bytes = 8};
static pthread_barrier_t step;

/* A thread that used deed, and ends when deed has been unloaded: the thread's end gives records back. */
static void *use_deed_and_end_later(void *unused) {
  struct deed_array array;
  (void)unused;
  require(alloc_array(&one_number, 0, NULL, &array, NULL) == DEED_OK, "alloc in a thread");
  require(release_array(array, NULL) == DEED_OK, "release in a thread");
  pthread_barrier_wait(&step);
  pthread_barrier_wait(&step);
  return NULL;
}

static void trap_a29_the_callback_outlives_its_library(const char *plugin_path) {
  int releases = 0;
  struct deed_array array;
  void *plugin = load(plugin_path);
  struct deed_memory memory = {malloc(8), DEED_ORIGIN_FOREIGN, DEED_READ, NULL, &releases};
  find(plugin, "plugin_release", &memory.release);
  require(adopt_memory(&memory, &one_number, NULL, &array, NULL) == DEED_OK, "adopt");
  require(dlclose(plugin) == 0, "dlclose of the plugin");
  require(release_array(array, NULL) == DEED_OK && releases == 1, "release by an unloaded library");
}

static void deed_outlives_its_unloading(const char *library_path) {
  pthread_t thread;
  struct deed_counts counts;
  void *library = load(library_path);
  find_verbs(library);
  pthread_barrier_init(&step, NULL, 2);
  require(pthread_create(&thread, NULL, use_deed_and_end_later, NULL) == 0, "thread");
  pthread_barrier_wait(&step);
  require(dlclose(library) == 0, "dlclose of deed");
  pthread_barrier_wait(&step);
  pthread_join(thread, NULL);
  find_verbs(load(library_path));
  count_all(&counts, sizeof counts);
  require(counts.blocks_made == 1 && counts.live_blocks == 0, "the same core after it was loaded again");
}

int main(int count, char **arguments) {
  require(count == 3, "usage: unload LIBDEED PLUGIN");
  deed_outlives_its_unloading(arguments[1]);
  trap_a29_the_callback_outlives_its_library(arguments[2]);
  puts("passed");
  return 0;
}
