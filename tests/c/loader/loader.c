/* SPDX-License-Identifier: BSD-3-Clause */
/* loader.c - the first thread that uses deed does so while the loader runs the constructor of a library, which waits
 * for that thread: deed must not wait for the loader then.
 *   loader PLUGIN */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "deed/deed.h"

void in_constructor(void);

static const struct deed_layout one_number = {.dtype = DEED_REAL64, .element_size_bytes = 8};

static void require(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "FAILED: %s\n", what);
  exit(1);
}

static void *use_deed(void *unused) {
  struct deed_array array;
  require(deed_alloc(&one_number, 0, NULL, &array, NULL) == DEED_OK, "alloc");
  require(deed_release(array, NULL) == DEED_OK, "release");
  return unused;
}

void in_constructor(void) {
  pthread_t thread;
  require(pthread_create(&thread, NULL, use_deed, NULL) == 0, "thread");
  require(pthread_join(thread, NULL) == 0, "join");
}

int main(int count, char **arguments) {
  require(count == 2, "usage: loader PLUGIN");
  alarm(60); /* two that wait for each other */
  require(dlopen(arguments[1], RTLD_NOW) != NULL, "dlopen");
  puts("passed");
  return 0;
}
