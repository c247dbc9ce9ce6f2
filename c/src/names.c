/* SPDX-License-Identifier: BSD-3-Clause */
/* names.c - the words for statuses, languages, origins, roles and reasons. */
#include "deed/array.h"

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

static const char *name_at(const char *const *table, size_t size, unsigned index) {
  return index < size ? table[index] : "unknown";
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
  static const char *const names[] = {
      [DEED_LANGUAGE_NONE] = "none",       [DEED_LANGUAGE_C] = "C",           [DEED_LANGUAGE_CXX] = "C++",
      [DEED_LANGUAGE_FORTRAN] = "Fortran", [DEED_LANGUAGE_PYTHON] = "Python", [DEED_LANGUAGE_OTHER] = "other"};
  return name_at(names, COUNT_OF(names), (unsigned)language);
}

const char *deed_origin_name(enum deed_origin origin) {
  static const char *const names[] = {[DEED_ORIGIN_NONE] = "none",
                                      [DEED_ORIGIN_MALLOC] = "malloc",
                                      [DEED_ORIGIN_CXX] = "cxx",
                                      [DEED_ORIGIN_FORTRAN] = "fortran",
                                      [DEED_ORIGIN_PYTHON] = "python",
                                      [DEED_ORIGIN_FOREIGN] = "foreign",
                                      [DEED_ORIGIN_INTERPROCESS] = "interprocess",
                                      [DEED_ORIGIN_LENT] = "lent",
                                      [DEED_ORIGIN_STATIC] = "static"};
  return name_at(names, COUNT_OF(names), (unsigned)origin);
}

const char *deed_role_name(enum deed_role role) {
  static const char *const names[] = {[DEED_ROLE_NONE] = "none",
                                      [DEED_ROLE_TITLE] = "title",
                                      [DEED_ROLE_SHARE] = "share",
                                      [DEED_ROLE_COPY] = "copy under way"};
  return name_at(names, COUNT_OF(names), (unsigned)role);
}

const char *deed_copy_reason_name(enum deed_copy_reason reason) {
  static const char *const names[] = {[DEED_COPY_NONE] = "not copied",
                                      [DEED_COPY_REQUESTED] = "requested",
                                      [DEED_COPY_ORDER] = "order",
                                      [DEED_COPY_DTYPE] = "dtype",
                                      [DEED_COPY_ALLOCATOR] = "allocator"};
  return name_at(names, COUNT_OF(names), (unsigned)reason);
}
