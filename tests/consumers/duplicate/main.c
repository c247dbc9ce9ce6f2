/* SPDX-License-Identifier: BSD-3-Clause */
/* A program with one core loads a plugin with another: the second says so, and names both files. */
#include <deed/deed.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

int main(int argument_count, char **arguments) {
  void *plugin = argument_count > 1 ? dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  if (!plugin) return 2;
  enum deed_status (*check)(struct deed_error *) = (enum deed_status(*)(struct deed_error *))dlsym(plugin, "second_check");
  enum deed_status (*alloc)(struct deed_error *) = (enum deed_status(*)(struct deed_error *))dlsym(plugin, "second_alloc");
  struct deed_error error = {.status = DEED_OK};
  if (!check || !alloc || deed_core_check(&error) != DEED_OK) return 3;
  if (check(&error) != DEED_EDUPLICATE || alloc(&error) != DEED_EDUPLICATE) return 4;
  printf("%s\n", error.message);
  int names_both = strstr(error.message, "second_core") && strstr(error.message, deed_core_path());
  return names_both ? 0 : 5;
}
