/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_lend.c - deed_lend, what all verbs that lend have in common, and names that are given with the verb. */
#include "shim_descriptor.h"

enum deed_status deed_shim_publish(struct deed_array made, deed_shim_any name, void (*undo)(struct deed_array made),
                                   struct deed_error *error) {
  struct deed_shim_name text;
  enum deed_status status = deed_shim_name(name, &text, error);
  if (!status) status = deed_publish(made, text.bytes, error);
  if (status) undo(made);
  return status;
}

/* Nobody else has the handle, and no name shows the array, so that nothing can stand in the way. */
static void end_loan(struct deed_array made) { (void)!deed_recall(made, 0, NULL); }

enum deed_status deed_shim_lend(const CFI_cdesc_t *a, const struct deed_layout *layout, deed_shim_any rights,
                                deed_shim_any name, const struct deed_shim_call *call, struct deed_array *h,
                                struct deed_error *error) {
  struct deed_array made;
  struct deed_shim_site storage;
  int wanted;
  enum deed_status status = deed_shim_integer(rights, "rights=", DEED_READ | DEED_WRITE, &wanted, error);
  if (!status) status = deed_lend(a->base_addr, (uint32_t)wanted, layout, deed_shim_site(call, &storage), &made, error);
  if (!status && deed_shim_given(name)) status = deed_shim_publish(made, name, end_loan, error);
  if (!status) *h = made;
  return status;
}

static enum deed_status lend(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any rights,
                             deed_shim_any name, const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status) status = deed_shim_read(dtype, a, &layout, error);
  return status ? status : deed_shim_lend(a, &layout, rights, name, call, h, error);
}

DEED_SHIM_PROCEDURE(deed_shim_lend_of,
                    (enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any rights,
                     DEED_SHIM_TAIL, deed_shim_any name),
                    DEED_SHIM_VARIABLE("lend", dtype, a->rank, name),
                    lend(dtype, a, h, rights, name, DEED_SHIM_CALL, &error))

int deed_shim_lends(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h) {
  struct deed_layout layout;
  if (!a->base_addr || deed_shim_vacant(*h, NULL) != DEED_OK) return 0;
  deed_shim_layout(dtype, a, &layout);
  return deed_lend(a->base_addr, DEED_READ | DEED_WRITE, &layout, &deed_shim_no_place, h, NULL) == DEED_OK;
}
