/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_enquiries.c - enquiries that can fail, with the status and message of the module. */
#include "shim.h"

static enum deed_status explained(enum deed_status status, const char *verb, struct deed_error *error) {
  return status ? deed_shim_refuse(error, status, verb, "no answer") : DEED_OK;
}

DEED_SHIM_PROCEDURE(deed_fortran_describe,
                    (const struct deed_array *h, struct deed_descriptor *descriptor, DEED_SHIM_TAIL),
                    explained(deed_describe(*h, descriptor, sizeof *descriptor), "describe", &error))

DEED_SHIM_PROCEDURE(deed_fortran_holders,
                    (const struct deed_array *h, struct deed_holder *holders, int32_t capacity, int32_t *count,
                     DEED_SHIM_TAIL),
                    explained(deed_holders(*h, holders, capacity, count), "holders", &error))

DEED_SHIM_PROCEDURE(deed_fortran_names, (struct deed_name * names, int64_t capacity, int64_t *count, DEED_SHIM_TAIL),
                    explained(deed_names(names, capacity, count), "names", &error))

DEED_SHIM_PROCEDURE(deed_fortran_ledger,
                    (struct deed_ledger_entry * entries, int64_t capacity, int64_t *count, DEED_SHIM_TAIL),
                    explained(deed_ledger(entries, capacity, count), "report", &error))

/* Where a handle is: how deed_scoped notices that it was copied bit by bit. */
intptr_t deed_fortran_home(const struct deed_array *h);
intptr_t deed_fortran_home(const struct deed_array *h) { return (intptr_t)h; }
