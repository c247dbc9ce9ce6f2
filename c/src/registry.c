/* SPDX-License-Identifier: BSD-3-Clause */
/* registry.c - publish, lookup and withdraw: lookup makes a claim from what a name shows, if the block still lives. */
#include "deed/registry.h"

#include <string.h>

#include "core.h"
#include "fail.h"
#include "hot.h"
#include "judge.h"
#include "name_table.h"
#include "share.h"
#include "utf8.h"

/* Nothing but printable ASCII, as most names are. */
static bool is_plain(const char *name, size_t length) {
  unsigned others = 0;
  for (size_t i = 0; i < length; ++i) others |= (unsigned char)name[i] < 0x20 || (unsigned char)name[i] > 0x7e;
  return others == 0;
}

static bool is_utf8(const char *name, size_t length) {
  for (size_t i = 0; i < length;) {
    size_t bytes = deed__character_bytes(name + i);
    if (bytes == 0) return false;
    i += bytes;
  }
  return true;
}

#define NAME_RULE "a name has 1 to 127 bytes of UTF-8, no control characters and no blank at either end"
_Static_assert(DEED_NAME_BYTES == 128, "NAME_RULE");

static bool is_name(const char *name) {
  size_t length = name ? strnlen(name, DEED_NAME_BYTES) : 0;
  if (length == 0 || length >= DEED_NAME_BYTES || name[0] == ' ' || name[length - 1] == ' ') return false;
  return is_plain(name, length) || is_utf8(name, length);
}

enum deed_status deed_publish(struct deed_array array, const char *name, struct deed_error *error) {
  struct deed__claim claim;
  struct deed__verdict verdict;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, DEED__PUBLISH, array);
  if (!is_name(name)) return deed__fail_argument(error, DEED_EINVAL, DEED__PUBLISH, NAME_RULE);
  status = deed__seize_for(DEED__PUBLISH, array, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  status = deed__name_enter(name, &claim);
  deed__claim_unseize(array);
  if (status == DEED_OK) return DEED_OK;
  return deed__fail(error, status, "publish refused: \"%s\": %s", name, deed_status_text(status));
}

DEED__HOT enum deed_status deed_lookup(const char *name, uint32_t rights, const struct deed_site *site,
                                       struct deed_array *array, struct deed_error *error) {
  if (!is_name(name)) return deed__fail_argument(error, DEED_EINVAL, DEED__LOOKUP, NAME_RULE);
  if (!array || !deed__are_rights(rights)) {
    return deed__fail_argument(error, DEED_EINVAL, DEED__LOOKUP, "rights or array");
  }
  if (deed__core_is_duplicate()) return deed_core_check(error);
  struct deed__claim shown;
  enum deed_status status = DEED_ENONAME;
  if (deed__name_find(name, &shown)) status = deed__share_claim(&shown, rights, site, DEED__LOOKUP, array, error);
  if (status != DEED_ESTALE && status != DEED_ENONAME) return status;
  return deed__fail(error, DEED_ENONAME, "lookup refused: \"%s\": %s", name, deed_status_text(DEED_ENONAME));
}

enum deed_status deed_withdraw(struct deed_array array, struct deed_error *error) {
  struct deed__claim claim;
  struct deed__verdict verdict;
  enum deed_status status = deed__seize_for(DEED__WITHDRAW, array, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  deed__name_withdraw(claim.block);
  deed__claim_unseize(array);
  return DEED_OK;
}

enum deed_status deed_names(struct deed_name *names, int64_t capacity, int64_t *count) {
  if (!count || capacity < 0 || (capacity > 0 && !names)) return DEED_EINVAL;
  return deed__names(names, capacity, count);
}
