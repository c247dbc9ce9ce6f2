/* SPDX-License-Identifier: BSD-3-Clause */
/* A program with one core loads a plugin with another: the second says so, and names both files. */
#include <deed/deed.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

typedef enum deed_status (*question_fn)(struct deed_error *);

static question_fn question(void *plugin, const char *name) { return (question_fn)dlsym(plugin, name); }

int main(int argument_count, char **arguments) {
  void *plugin = argument_count > 1 ? dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  if (!plugin) return 2;
  question_fn check = question(plugin, "second_check");
  question_fn alloc = question(plugin, "second_alloc");
  struct deed_error error = {.status = DEED_OK};
  if (!check || !alloc || deed_core_check(&error) != DEED_OK) return 3;
  if (check(&error) != DEED_EDUPLICATE || alloc(&error) != DEED_EDUPLICATE) return 4;
  printf("%s\n", error.message);
  int names_both = strstr(error.message, arguments[1]) && strstr(error.message, deed_core_path());
  return names_both ? 0 : 5;
}
