/* SPDX-License-Identifier: BSD-3-Clause */
/* make.c - alloc, adopt and lend: the verbs that make a block. */
#include "compiler.h"
#include "fail.h"
#include "keep_loaded.h"
#include "memory.h"
#include "site.h"
#include "verbs.h"

static bool allocate(struct deed__making *making) {
  struct deed__block *block = &making->block;
  char *lowest = deed__memory_alloc(deed__hull_size_bytes(&making->hull), making->zeroed, &block->context);
  if (!lowest) return false;
  block->data = lowest - making->hull.begin_bytes;
  block->release = deed__memory_free;
  return true;
}

/* In reserved records. Cannot fail. */
static struct deed_array begin(struct deed__making *making, uint32_t claim_record, uint32_t block_record,
                               const struct deed_site *site) {
  struct deed__block *block = &making->block;
  block->lowest = (char *)block->data + (block->data ? making->hull.begin_bytes : 0);
  block->size_bytes = deed__hull_size_bytes(&making->hull);
  block->owner = site->language;
  const struct deed__claim title = {.block = deed__block_begin(block_record, block, making->layout),
                                    .data = block->data,
                                    .layout = block->layout,
                                    .site = *site,
                                    .role = DEED_ROLE_TITLE,
                                    .rights = block->rights};
  return deed__claim_begin(claim_record, &title);
}

/* The records are reserved first, so that no failure leaves a block behind that was made and ended. */
enum deed_status deed__make(struct deed__making *making, const struct deed_site *given, struct deed_array *array,
                            struct deed_error *error) {
  struct deed_site site;
  uint32_t claim, block;
  int64_t size_bytes = deed__hull_size_bytes(&making->hull);
  if (deed__core_is_duplicate()) return deed_core_check(error);
  enum deed_status status = deed__site_keep(given, &site);
  if (status != DEED_OK) return deed__fail_argument(error, status, making->verb, "site");
  status = deed__claim_reserve(&claim);
  if (status != DEED_OK) return deed__fail_argument(error, status, making->verb, "no record for the claim");
  status = deed__block_reserve(&making->block, making->layout, &block);
  if (status == DEED_OK && (!making->allocates || allocate(making))) {
    *array = begin(making, claim, block, &site);
    return DEED_OK;
  }
  deed__claim_unreserve(claim);
  if (status != DEED_OK) return deed__fail_argument(error, status, making->verb, "no record for the block");
  deed__block_unreserve(&making->block, block);
  return deed__fail(error, DEED_ENOMEM, "%s refused: out of memory for %lld bytes", deed__verb_name(making->verb),
                    (long long)size_bytes);
}

static enum deed_status ask_table(enum deed__verb verb, enum deed_origin origin, struct deed_error *error) {
  enum deed_status status = deed__rule_of(verb, DEED_ROLE_NONE, DEED__NEW, origin).status;
  return status == DEED_OK ? DEED_OK : deed__fail_argument(error, status, verb, deed_origin_name(origin));
}

DEED__FLATTEN enum deed_status deed_alloc(const struct deed_layout *layout, uint32_t options,
                                          const struct deed_site *site, struct deed_array *array,
                                          struct deed_error *error) {
  if (!layout || !array || (options & ~DEED_ZEROED)) {
    return deed__fail_argument(error, DEED_EINVAL, DEED__ALLOC, "layout, array or options");
  }
  struct deed__making making = {.verb = DEED__ALLOC, .layout = layout};
  making.block.origin = DEED_ORIGIN_MALLOC;
  making.block.rights = DEED__ALL_RIGHTS;
  making.allocates = true;
  making.zeroed = options != 0;
  enum deed_status status = ask_table(DEED__ALLOC, DEED_ORIGIN_MALLOC, error);
  if (status != DEED_OK) return status;
  status = deed__layout_survey(layout, &making.hull);
  if (status != DEED_OK) return deed__fail_argument(error, status, DEED__ALLOC, "layout");
  return deed__make(&making, site, array, error);
}

/* Memory whose life passes to deed must not be lent already: the loan would outlive it. Looks for loans only where the
 * rules would refuse them. */
static enum deed_status refuse_lent(const struct deed__making *making, struct deed_error *error) {
  deed__block_ref loan;
  if (!deed__block_was_lent()) return DEED_OK;
  struct deed__rule rule = deed__rule_of(making->verb, DEED_ROLE_NONE, DEED__NEW_LENT, making->block.origin);
  if (rule.status == DEED_OK || !making->block.data) return DEED_OK;
  const char *lowest = (const char *)making->block.data + making->hull.begin_bytes;
  if (!deed__block_lent_at(lowest, deed__hull_size_bytes(&making->hull), &loan)) return DEED_OK;
  return deed__fail_lent(error, rule.status, making->verb, loan);
}

/* Memory from outside: its layout, and that it is there if there are bytes. */
static enum deed_status make_checked(struct deed__making *making, const struct deed_site *site,
                                     struct deed_array *array, struct deed_error *error) {
  enum deed_status status = deed__layout_survey(making->layout, &making->hull);
  if (status != DEED_OK) return deed__fail_argument(error, status, making->verb, "layout");
  if (!making->block.data && deed__hull_size_bytes(&making->hull) > 0) {
    return deed__fail_argument(error, DEED_ENULL, making->verb, "data of an array that has bytes");
  }
  if (!deed__hull_lies_in(&making->hull, making->block.data, 0, UINTPTR_MAX)) { /* some byte has no address */
    return deed__fail_argument(error, DEED_EOVERFLOW, making->verb, "data and layout");
  }
  status = refuse_lent(making, error);
  if (status != DEED_OK) return status;
  return deed__make(making, site, array, error);
}

static bool is_memory(const struct deed_memory *memory) {
  if (memory->origin <= DEED_ORIGIN_NONE || memory->origin > DEED_ORIGIN_STATIC) return false;
  if (memory->rights == 0 || !deed__are_rights(memory->rights)) return false;
  return memory->release || memory->origin == DEED_ORIGIN_STATIC || memory->origin == DEED_ORIGIN_LENT;
}

DEED__FLATTEN enum deed_status deed_adopt(const struct deed_memory *memory, const struct deed_layout *layout,
                                          const struct deed_site *site, struct deed_array *array,
                                          struct deed_error *error) {
  if (!memory || !layout || !array || !is_memory(memory)) {
    return deed__fail_argument(error, DEED_EINVAL, DEED__ADOPT, "memory (origin, rights, release), layout or array");
  }
  enum deed__verb verb = memory->origin == DEED_ORIGIN_FORTRAN ? DEED__TAKE : DEED__ADOPT;
  enum deed_status status = ask_table(verb, memory->origin, error);
  if (status != DEED_OK) return status;
  struct deed__making making = {.verb = verb, .layout = layout};
  making.block.data = memory->data;
  making.block.origin = memory->origin;
  making.block.rights = memory->rights;
  making.block.release = memory->origin == DEED_ORIGIN_STATIC ? NULL : memory->release;
  making.block.context = memory->context;
  status = make_checked(&making, site, array, error);
  if (status == DEED_OK && making.block.release) deed__keep_loaded((deed__code)making.block.release);
  return status;
}

DEED__FLATTEN enum deed_status deed_lend(void *data, uint32_t rights, const struct deed_layout *layout,
                                         const struct deed_site *site, struct deed_array *array,
                                         struct deed_error *error) {
  if (!layout || !array || !(rights & DEED_READ) || !deed__are_rights(rights)) {
    return deed__fail_argument(error, DEED_EINVAL, DEED__LEND, "layout, array or rights");
  }
  struct deed__making making = {.verb = DEED__LEND, .layout = layout};
  making.block.data = data;
  making.block.origin = DEED_ORIGIN_LENT;
  making.block.rights = rights;
  enum deed_status status = ask_table(DEED__LEND, DEED_ORIGIN_LENT, error);
  if (status != DEED_OK) return status;
  return make_checked(&making, site, array, error);
}
