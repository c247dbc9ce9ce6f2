/* SPDX-License-Identifier: BSD-3-Clause */
#include "fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "holders.h"
#include "utf8.h"

/* Append to the message; what does not fit is cut. */
static void append(struct deed_error *error, const char *format, ...) DEED__PRINTF(2);

static void append_list(struct deed_error *error, const char *format, va_list arguments) {
  size_t used = strlen(error->message);
  vsnprintf(error->message + used, sizeof error->message - used, format, arguments);
}

static void append(struct deed_error *error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  append_list(error, format, arguments);
  va_end(arguments);
}

/* Where the message was cut may be the middle of a character. */
static void drop_half_character(char *message) {
  size_t length = strlen(message);
  if (length + 1 < DEED_ERROR_MESSAGE_BYTES) return;
  while (length > 0 && ((unsigned char)message[length - 1] & 0xc0) == 0x80) --length;
  if (length > 0 && (unsigned char)message[length - 1] >= 0xc0) --length;
  message[length] = '\0';
}

/* One line of UTF-8 that a terminal only shows, whatever names of files are in it. */
static void tidy(struct deed_error *error) {
  drop_half_character(error->message);
  for (char *at = error->message; *at;) {
    size_t bytes = deed__character_bytes(at);
    if (bytes == 0) *at = '?';
    at += bytes ? bytes : 1;
  }
}

static void begin(struct deed_error *error, enum deed_status status) {
  memset(error, 0, sizeof *error);
  error->status = status;
}

enum deed_status deed__fail(struct deed_error *error, enum deed_status status, const char *format, ...) {
  if (!error) return status;
  begin(error, status);
  va_list arguments;
  va_start(arguments, format);
  append_list(error, format, arguments);
  va_end(arguments);
  tidy(error);
  return status;
}

enum deed_status deed__fail_argument(struct deed_error *error, enum deed_status status, enum deed__verb verb,
                                     const char *what) {
  return deed__fail(error, status, "%s refused: %s: %s", deed__verb_name(verb), what, deed_status_text(status));
}

enum deed_status deed__fail_handle(struct deed_error *error, enum deed_status status, enum deed__verb verb,
                                   struct deed_array array) {
  return deed__fail(error, status, "%s refused: handle %u of slot %u: %s", deed__verb_name(verb),
                    deed__generation(array.bits), (uint32_t)array.bits, deed_status_text(status));
}

static void append_holder(struct deed_error *error, const struct deed_holder *holder) {
  append(error, "%s by %s", deed_role_name((enum deed_role)holder->role), deed_language_name(holder->language));
  if (holder->file) append(error, " at %s:%d", holder->file, (int)holder->line);
}

/* The claims on a block but this one. */
static void append_holders(struct deed_error *error, deed__block_ref block, struct deed_array without) {
  error->holder_count = deed__holders_of(block, without, error->holders, DEED_ERROR_HOLDERS);
  if (error->holder_count == 0) return;
  int32_t listed = error->holder_count < DEED_ERROR_HOLDERS ? error->holder_count : DEED_ERROR_HOLDERS;
  append(error, "; %d other claim%s", (int)error->holder_count, error->holder_count == 1 ? "" : "s");
  for (int32_t i = 0; i < listed; ++i) {
    append(error, i ? ", " : ": ");
    append_holder(error, &error->holders[i]);
  }
  if (listed < error->holder_count) append(error, ", ...");
}

enum deed_status deed__fail_rule(struct deed_error *error, enum deed_status status, enum deed__verb verb,
                                 struct deed_array array, deed__block_ref ref, enum deed_role role) {
  if (!error) return status;
  struct deed__block block;
  begin(error, status);
  bool lives = deed__block_read(ref, &block);
  append(error, "%s refused: %s", deed__verb_name(verb), deed_status_text(status));
  if (lives) append(error, " (origin %s, this claim is a %s)", deed_origin_name(block.origin), deed_role_name(role));
  append_holders(error, ref, array);
  if (error->holder_count == 0 && status == DEED_EBUSY) { /* it is counted before it has a record, and after */
    append(error, "; a claim is just being made or ended");
  }
  tidy(error);
  return status;
}

enum deed_status deed__fail_lent(struct deed_error *error, enum deed_status status, enum deed__verb verb,
                                 deed__block_ref loan) {
  if (!error) return status;
  begin(error, status);
  append(error, "%s refused: the memory is lent: %s", deed__verb_name(verb), deed_status_text(status));
  append_holders(error, loan, (struct deed_array){0});
  tidy(error);
  return status;
}
