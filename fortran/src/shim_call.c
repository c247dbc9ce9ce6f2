/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_call.c - what a call brings with it and what it gives back: site, status and message. */
#include <stdio.h>
#include <string.h>

#include "shim.h"

/* ERROR STOP with a message; in deed_stop.F90, because only Fortran can do it. The name carries the compiler as above.
 */
#define deed_shim_stop DEED_SHIM_JOIN(deed_fortran_stop_, DEED_FORTRAN_COMPILER)
_Noreturn void deed_shim_stop(const char *message, int length);

static int is_text(const CFI_cdesc_t *text) { return !text || (text->rank == 0 && text->type == CFI_type_char); }

enum deed_status deed_shim_check(const struct deed_shim_call *call, struct deed_error *error) {
  if (is_text(call->errmsg) && is_text(call->file)) return DEED_OK;
  return deed_shim_refuse(error, DEED_EINVAL, "call", "errmsg= and file= must be scalars of default character kind");
}

static size_t trimmed_length(const CFI_cdesc_t *text) {
  const char *characters = text->base_addr;
  size_t length = text->elem_len;
  while (length > 0 && characters[length - 1] == ' ') --length;
  return length;
}

void deed_shim_text(const CFI_cdesc_t *text, char *copy, size_t capacity_bytes) {
  size_t length = trimmed_length(text);
  if (length > capacity_bytes - 1) length = capacity_bytes - 1;
  memcpy(copy, text->base_addr, length);
  copy[length] = '\0';
}

const struct deed_site *deed_shim_site(const struct deed_shim_call *call, struct deed_shim_site *storage) {
  storage->site = (struct deed_site){DEED_LANGUAGE_FORTRAN, call->line ? *call->line : 0, NULL};
  if (call->file && is_text(call->file)) {
    deed_shim_text(call->file, storage->file, sizeof storage->file);
    storage->site.file = storage->file;
  }
  return &storage->site;
}

enum deed_status deed_shim_refuse(struct deed_error *error, enum deed_status status, const char *verb,
                                  const char *why) {
  memset(error, 0, sizeof *error);
  error->status = status;
  snprintf(error->message, sizeof error->message, "%s refused: %s: %s", verb, why, deed_status_text(status));
  return status;
}

enum deed_status deed_shim_vacant(struct deed_array result, const char *verb, struct deed_error *error) {
  if (!deed_is_live(result)) return DEED_OK;
  return deed_shim_refuse(error, DEED_EINVAL, verb, "the handle for the result still holds an array");
}

static void fill_errmsg(const CFI_cdesc_t *errmsg, const char *message) {
  size_t length = strlen(message);
  if (length > errmsg->elem_len) length = errmsg->elem_len;
  memset(errmsg->base_addr, ' ', errmsg->elem_len);
  memcpy(errmsg->base_addr, message, length);
}

static void stop(const char *message, const struct deed_shim_call *call) {
  struct deed_shim_site storage;
  const struct deed_site *site = deed_shim_site(call, &storage);
  char text[sizeof storage.file + DEED_ERROR_MESSAGE_BYTES + 32];
  int length = site->file ? snprintf(text, sizeof text, "%s:%d: deed: %s", site->file, site->line, message)
                          : snprintf(text, sizeof text, "deed: %s", message);
  deed_shim_stop(text, length);
}

void deed_shim_conclude(enum deed_status status, const struct deed_error *error, const struct deed_shim_call *call) {
  if (call->stat) *call->stat = (int)status;
  if (status == DEED_OK) return;
  if (call->errmsg && is_text(call->errmsg)) fill_errmsg(call->errmsg, error->message);
  if (!call->stat) stop(error->message, call);
}
