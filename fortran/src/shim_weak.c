/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_weak.c - weak handles. */
#include "shim.h"

static enum deed_status weak_of(struct deed_array h, struct deed_weak *weak, struct deed_error *error) {
  enum deed_status status = deed_weak_of(h, weak);
  return status ? deed_shim_refuse(error, status, "weak_of", "no array to remember") : DEED_OK;
}

DEED_SHIM_PROCEDURE(deed_fortran_weak_of, (const struct deed_array *h, struct deed_weak *weak, DEED_SHIM_TAIL),
                    weak_of(*h, weak, &error))

static enum deed_status upgrade(const struct deed_weak *weak, struct deed_array *h, const int *rights,
                                const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  enum deed_status status = deed_shim_vacant(*h, "upgrade", error);
  if (status) return status;
  return deed_upgrade(weak, rights ? (uint32_t)*rights : 0, deed_shim_site(call, &storage), h, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_upgrade,
                    (const struct deed_weak *weak, struct deed_array *h, const int *rights, DEED_SHIM_TAIL),
                    upgrade(weak, h, rights, DEED_SHIM_CALL, &error))
