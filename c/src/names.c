/* SPDX-License-Identifier: BSD-3-Clause */
/* names.c - the words for statuses, languages, origins, roles and reasons. */
#include "deed/array.h"

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

static const char *name_at(const char *const *table, size_t size, unsigned index) {
  return index < size && table[index] ? table[index] : "unknown";
}

const char *deed_status_name(enum deed_status status) {
#define NAME(name, number, text) [number] = #name,
  static const char *const names[] = {DEED_STATUS_MAP(NAME)};
#undef NAME
  return (unsigned)status < COUNT_OF(names) ? names[status] : "DEED_UNKNOWN";
}

const char *deed_status_text(enum deed_status status) {
#define TEXT(name, number, text) [number] = (text),
  static const char *const texts[] = {DEED_STATUS_MAP(TEXT)};
#undef TEXT
  return (unsigned)status < COUNT_OF(texts) ? texts[status] : "unknown status";
}

const char *deed_language_name(enum deed_language language) {
  static const char *const names[] = {"none", "C", "C++", "Fortran", "Python", "other"};
  return name_at(names, COUNT_OF(names), (unsigned)language);
}

const char *deed_origin_name(enum deed_origin origin) {
  static const char *const names[] = {"none",    "malloc",       "cxx",  "fortran", "python",
                                      "foreign", "interprocess", "lent", "static"};
  return name_at(names, COUNT_OF(names), (unsigned)origin);
}

const char *deed_role_name(enum deed_role role) {
  static const char *const names[] = {"none", "title", "share", "copy under way"};
  return name_at(names, COUNT_OF(names), (unsigned)role);
}

const char *deed_copy_reason_name(enum deed_copy_reason reason) {
  static const char *const names[] = {"not copied", "requested", "order", "dtype", "allocator"};
  return name_at(names, COUNT_OF(names), (unsigned)reason);
}
