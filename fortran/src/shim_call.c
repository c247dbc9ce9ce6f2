/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_call.c - the arguments that all procedures have: file= and line= on the way in, stat= and errmsg= back. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "shim.h"

/* ERROR STOP with a message; in deed_stop.F90, because only Fortran can do it. */
#define deed_shim_stop DEED_SHIM_JOIN(deed_fortran_stop_, DEED_FORTRAN_COMPILER)
_Noreturn void deed_shim_stop(const char *message, int length);

static int is_text(deed_shim_any text) {
  return !deed_shim_given(text) || (text->rank == 0 && text->type == CFI_type_char);
}

enum deed_status deed_shim_check(const struct deed_shim_call *call, struct deed_error *error) {
  int number;
  if (!is_text(call->errmsg) || !is_text(call->file))
    return deed_shim_refuse(error, DEED_EINVAL, "errmsg= and file= must be scalars of default character kind");
  enum deed_status status = deed_shim_integer(call->line, "line=", 0, &number, error);
  if (status || !deed_shim_given(call->stat)) return status;
  /* Its value is not read: it may be undefined. */
  return deed_shim_is_integer(call->stat) ? DEED_OK
                                          : deed_shim_refuse(error, DEED_EINVAL, "stat= must be a scalar integer");
}

static size_t trimmed_length(deed_shim_any text) {
  const char *characters = text->base_addr;
  size_t length = deed_shim_given(text) ? text->elem_len : 0;
  while (length > 0 && characters[length - 1] == ' ') --length;
  return length;
}

void deed_shim_text(deed_shim_any text, char *copy, size_t capacity_bytes) {
  size_t length = trimmed_length(text);
  if (length > capacity_bytes - 1) length = capacity_bytes - 1;
  if (length > 0) memcpy(copy, text->base_addr, length);
  copy[length] = '\0';
}

enum deed_status deed_shim_name(deed_shim_any name, struct deed_shim_name *text, struct deed_error *error) {
  if (!is_text(name)) return deed_shim_refuse(error, DEED_EINVAL, "name= must be a scalar of default character kind");
  size_t length = trimmed_length(name);
  if (length > 0 && memchr(name->base_addr, '\0', length))
    return deed_shim_refuse(error, DEED_EINVAL, "there is a NUL in the name");
  deed_shim_text(name, text->bytes, sizeof text->bytes);
  return DEED_OK;
}

const struct deed_site deed_shim_no_place = {DEED_LANGUAGE_FORTRAN, 0, NULL};

const struct deed_site *deed_shim_given_site(const struct deed_shim_call *call, struct deed_shim_site *storage) {
  storage->site = (struct deed_site){DEED_LANGUAGE_FORTRAN, 0, NULL};
  if (call->line && deed_shim_integer(call->line, "line=", 0, &storage->site.line, NULL)) storage->site.line = 0;
  if (deed_shim_given(call->file) && is_text(call->file)) {
    deed_shim_text(call->file, storage->file, sizeof storage->file);
    storage->site.file = storage->file;
  }
  return &storage->site;
}

enum deed_status deed_shim_refuse(struct deed_error *error, enum deed_status status, const char *why) {
  if (!error) return status;
  memset(error, 0, sizeof *error);
  error->status = status;
  snprintf(error->message, sizeof error->message, "%s: %s", why, deed_status_text(status));
  return status;
}

DEED_SHIM_COLD static enum deed_status refuse_device(const struct deed_descriptor *array, struct deed_error *error) {
  char why[64];
  snprintf(why, sizeof why, "device %d of type %d", (int)array->device_id, (int)array->device_type);
  return deed_shim_refuse(error, DEED_EDEVICE, why);
}

enum deed_status deed_shim_describe(struct deed_array h, struct deed_descriptor *array, struct deed_error *error) {
  enum deed_status status = deed_describe(h, array, sizeof *array);
  if (status) return deed_shim_refuse(error, status, "no such array");
  return array->device_type == 0 ? DEED_OK : refuse_device(array, error);
}

/* A message that grows; what does not fit is cut. */
struct message {
  size_t length;
  char text[sizeof(((struct deed_shim_site *)0)->file) + DEED_ERROR_MESSAGE_BYTES + DEED_NAME_BYTES + 128];
};

static void add(struct message *message, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  size_t room = sizeof message->text - message->length;
  int added = vsnprintf(message->text + message->length, room, format, arguments);
  va_end(arguments);
  if (added > 0) message->length += (size_t)added < room ? (size_t)added : room - 1;
}

static void add_place(struct message *message, const struct deed_shim_call *call) {
  struct deed_shim_site storage;
  const struct deed_site *site = deed_shim_site(call, &storage);
  if (site->file)
    add(message, "%s:%d: ", site->file, (int)site->line);
  else if (site->line)
    add(message, "line %d: ", (int)site->line);
}

/* "deed_lend (real64, rank 2, "heat/u")", with what is known of it. */
static void add_subject(struct message *message, const struct deed_shim_subject *subject) {
  struct deed_descriptor array;
  struct deed_shim_name name = {""};
  enum deed_dtype dtype = subject->dtype;
  int rank = subject->rank;
  if (subject->h && deed_describe(*subject->h, &array, sizeof array) == DEED_OK) {
    dtype = (enum deed_dtype)array.layout.dtype;
    rank = array.layout.rank;
  }
  if (deed_shim_given(subject->name) && is_text(subject->name))
    deed_shim_text(subject->name, name.bytes, sizeof name.bytes);
  add(message, "deed_%s", subject->procedure);
  if (dtype) add(message, " (%s, rank %d", deed_dtype_name(dtype), rank);
  if (name.bytes[0]) add(message, "%s\"%s\"", dtype ? ", " : " (", name.bytes);
  if (dtype || name.bytes[0]) add(message, ")");
}

/* The message of the core without its verb, if that begins the name of the procedure. */
static const char *reason_of(const char *message, const char *procedure) {
  static const char refused[] = " refused: ";
  const char *end = strstr(message, refused);
  int is_named = end && strncmp(message, procedure, (size_t)(end - message)) == 0;
  return is_named ? end + sizeof refused - 1 : message;
}

static void compose(const struct deed_error *error, const struct deed_shim_subject *subject,
                    const struct deed_shim_call *call, struct message *message) {
  message->length = 0;
  add_place(message, call);
  add_subject(message, subject);
  add(message, " refused: %s", reason_of(error->message, subject->procedure));
  for (size_t i = 0; i < message->length; ++i)
    if ((unsigned char)message->text[i] < 0x20 || message->text[i] == 0x7f) message->text[i] = '?';
}

static void fill_errmsg(deed_shim_any errmsg, const struct message *message) {
  size_t length = message->length < errmsg->elem_len ? message->length : errmsg->elem_len;
  memset(errmsg->base_addr, ' ', errmsg->elem_len);
  memcpy(errmsg->base_addr, message->text, length);
}

void deed_shim_fail(enum deed_status status, const struct deed_error *error, const struct deed_shim_subject *subject,
                    const struct deed_shim_call *call) {
  struct message message;
  int has_stat = deed_shim_given(call->stat) && deed_shim_is_integer(call->stat);
  compose(error, subject, call, &message);
  if (has_stat) deed_shim_set_integer(call->stat, (int)status);
  if (deed_shim_given(call->errmsg) && is_text(call->errmsg)) fill_errmsg(call->errmsg, &message);
  if (!has_stat) deed_shim_stop(message.text, (int)message.length);
}
