/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_weak.c - weak handles. */
#include "shim.h"

static enum deed_status weak_of(struct deed_array h, struct deed_weak *weak, struct deed_error *error) {
  enum deed_status status = deed_weak_of(h, weak);
  return status ? deed_shim_refuse(error, status, "no array to remember") : DEED_OK;
}

DEED_SHIM_PROCEDURE(deed_fortran_weak_of, (const struct deed_array *h, struct deed_weak *weak, DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("weak_of", h), weak_of(*h, weak, &error))

static enum deed_status upgrade(const struct deed_weak *weak, struct deed_array *h, deed_shim_any rights,
                                const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  int wanted;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status) status = deed_shim_integer(rights, "rights=", 0, &wanted, error);
  return status ? status : deed_upgrade(weak, (uint32_t)wanted, deed_shim_site(call, &storage), h, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_upgrade,
                    (const struct deed_weak *weak, struct deed_array *h, deed_shim_any rights, DEED_SHIM_TAIL),
                    DEED_SHIM_NOTHING("upgrade"), upgrade(weak, h, rights, DEED_SHIM_CALL, &error))
