/* SPDX-License-Identifier: BSD-3-Clause */
/* registry.c - publish, lookup and withdraw: lookup makes a claim from what a name shows, if the block still lives. */
#include "deed/registry.h"

#include <string.h>

#include "compiler.h"
#include "fail.h"
#include "judge.h"
#include "name_table.h"
#include "utf8.h"
#include "verbs.h"

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

/* The rest of publish, with what the name needs if there is memory for it; name is taken on success. */
static enum deed_status enter(struct deed_array array, struct deed__name *name, const char *text,
                              struct deed_error *error) {
  struct deed__claim claim;
  struct deed__verdict verdict;
  enum deed_status status = deed__seize_for(DEED__PUBLISH, array, true, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  status = deed__name_enter(name, text);
  deed__claim_unseize(array);
  deed__names_make_room();
  deed__names_unlock();
  if (status == DEED_OK) return DEED_OK;
  return deed__fail(error, status, "publish refused: \"%s\": %s", text, deed_status_text(status));
}

enum deed_status deed_publish(struct deed_array array, const char *name, struct deed_error *error) {
  struct deed__claim claim;
  enum deed_status status = deed__claim_read(array, &claim);
  if (status != DEED_OK) return deed__fail_handle(error, status, DEED__PUBLISH, array);
  if (!is_name(name)) return deed__fail_argument(error, DEED_EINVAL, DEED__PUBLISH, NAME_RULE);
  struct deed__name *made = deed__name_make(name, claim.block);
  status = enter(array, made, name, error);
  if (status != DEED_OK) deed__name_free(made);
  return status;
}

/* What a name shows is the whole block, as its title does; false when there is no such name, or its block has ended. */
static bool find(const char *name, struct deed__claim *source) {
  struct deed__block block;
  if (!deed__name_find(name, &source->block) || !deed__block_read(source->block, &block)) return false;
  source->data = block.data;
  source->layout = block.layout;
  source->rights = block.rights;
  return true;
}

DEED__FLATTEN enum deed_status deed_lookup(const char *name, uint32_t rights, const struct deed_site *site,
                                           struct deed_array *array, struct deed_error *error) {
  if (!is_name(name)) return deed__fail_argument(error, DEED_EINVAL, DEED__LOOKUP, NAME_RULE);
  if (!array || !deed__are_rights(rights)) {
    return deed__fail_argument(error, DEED_EINVAL, DEED__LOOKUP, "rights or array");
  }
  if (deed__core_is_duplicate()) return deed_core_check(error);
  struct deed__claim source = {.role = DEED_ROLE_NONE};
  enum deed_status status = DEED_ENONAME;
  if (find(name, &source)) status = deed__share_claim(&source, rights, site, DEED__LOOKUP, array, error);
  if (status != DEED_ESTALE && status != DEED_ENONAME) return status;
  return deed__fail(error, DEED_ENONAME, "lookup refused: \"%s\": %s", name, deed_status_text(DEED_ENONAME));
}

enum deed_status deed_withdraw(struct deed_array array, struct deed_error *error) {
  struct deed__claim claim;
  struct deed__verdict verdict;
  enum deed_status status = deed__seize_for(DEED__WITHDRAW, array, true, &claim, &verdict, error);
  if (status != DEED_OK) return status;
  deed__block_set_named(claim.block, false);
  deed__claim_unseize(array);
  deed__name_end(claim.block);
  deed__names_unlock();
  return DEED_OK;
}

enum deed_status deed_names(struct deed_name *names, int64_t capacity, int64_t *count) {
  if (!count || capacity < 0 || (capacity > 0 && !names)) return DEED_EINVAL;
  return deed__names(names, capacity, count);
}
