/* SPDX-License-Identifier: BSD-3-Clause */
/* plugin.c - a library with a release callback, which the program unloads while deed holds the callback. */
#include <stdlib.h>

void plugin_release(void *data, void *context);

void plugin_release(void *data, void *context) {
  ++*(int *)context;
  free(data);
}
