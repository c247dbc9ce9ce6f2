/* SPDX-License-Identifier: BSD-3-Clause */
/* What a sample of the documents leaves behind when one of its calls fails (SAMPLE_CALLS): nothing. */
#include <deed/deed.h>
#include <stdio.h>
#include <string.h>

int hello(void); /* main of the sample */

static const char *failing = "";

#define FAILS_OR(name, call) return strcmp(failing, #name) == 0 ? DEED_ENOMEM : (call)

enum deed_status __real_deed_alloc(const struct deed_layout *, uint32_t, const struct deed_site *, struct deed_array *,
                                   struct deed_error *);
enum deed_status __wrap_deed_alloc(const struct deed_layout *layout, uint32_t options, const struct deed_site *site,
                                   struct deed_array *array, struct deed_error *error);
enum deed_status __wrap_deed_alloc(const struct deed_layout *layout, uint32_t options, const struct deed_site *site,
                                   struct deed_array *array, struct deed_error *error) {
  FAILS_OR(alloc, __real_deed_alloc(layout, options, site, array, error));
}

enum deed_status __real_deed_publish(struct deed_array, const char *, struct deed_error *);
enum deed_status __wrap_deed_publish(struct deed_array array, const char *name, struct deed_error *error);
enum deed_status __wrap_deed_publish(struct deed_array array, const char *name, struct deed_error *error) {
  FAILS_OR(publish, __real_deed_publish(array, name, error));
}

enum deed_status __real_deed_lookup(const char *, uint32_t, const struct deed_site *, struct deed_array *,
                                    struct deed_error *);
enum deed_status __wrap_deed_lookup(const char *name, uint32_t rights, const struct deed_site *site,
                                    struct deed_array *array, struct deed_error *error);
enum deed_status __wrap_deed_lookup(const char *name, uint32_t rights, const struct deed_site *site,
                                    struct deed_array *array, struct deed_error *error) {
  FAILS_OR(lookup, __real_deed_lookup(name, rights, site, array, error));
}

enum deed_status __real_deed_describe(struct deed_array, struct deed_descriptor *, size_t);
enum deed_status __wrap_deed_describe(struct deed_array array, struct deed_descriptor *descriptor, size_t size_bytes);
enum deed_status __wrap_deed_describe(struct deed_array array, struct deed_descriptor *descriptor, size_t size_bytes) {
  FAILS_OR(describe, __real_deed_describe(array, descriptor, size_bytes));
}

/* 1 if the sample returns what it should and all blocks and claims have ended. */
static int is_clean(const char *call, int expected) {
  struct deed_counts counts;
  failing = call;
  int returned = hello();
  deed_count(&counts, sizeof counts);
  printf("%s: returned %d, live blocks %d, live claims %d\n", call, returned, (int)counts.live_blocks,
         (int)counts.live_claims);
  return returned == expected && counts.live_blocks == 0 && counts.live_claims == 0;
}

int main(void) {
  int clean = is_clean("nothing", 0);
  const char *calls[] = {SAMPLE_CALLS};
  for (size_t i = 0; i < sizeof calls / sizeof *calls; ++i) clean &= is_clean(calls[i], 1);
  return !clean;
}
