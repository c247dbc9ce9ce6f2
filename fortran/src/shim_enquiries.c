/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_enquiries.c - enquiries that can fail, with the status and message of the module. */
#include "shim.h"

static enum deed_status explained(enum deed_status status, struct deed_error *error) {
  return status ? deed_shim_refuse(error, status, "no answer") : DEED_OK;
}

DEED_SHIM_PROCEDURE(deed_fortran_describe,
                    (const struct deed_array *h, struct deed_descriptor *descriptor, DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("describe", h),
                    explained(deed_describe(*h, descriptor, sizeof *descriptor), &error))

static enum deed_status address(struct deed_array h, void **data, struct deed_error *error) {
  struct deed_descriptor array;
  enum deed_status status = deed_shim_describe(h, &array, error);
  if (!status) *data = array.data;
  return status;
}

DEED_SHIM_PROCEDURE(deed_fortran_address, (const struct deed_array *h, void **data, DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("address", h), address(*h, data, &error))

DEED_SHIM_PROCEDURE(deed_fortran_holders,
                    (const struct deed_array *h, struct deed_holder *holders, int32_t capacity, int32_t *count,
                     DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("holders", h), explained(deed_holders(*h, holders, capacity, count), &error))

DEED_SHIM_PROCEDURE(deed_fortran_names, (struct deed_name * names, int64_t capacity, int64_t *count, DEED_SHIM_TAIL),
                    DEED_SHIM_NOTHING("names"), explained(deed_names(names, capacity, count), &error))

DEED_SHIM_PROCEDURE(deed_fortran_ledger,
                    (struct deed_ledger_entry * entries, int64_t capacity, int64_t *count, DEED_SHIM_TAIL),
                    DEED_SHIM_NOTHING("report"),
                    explained(deed_ledger(entries, sizeof *entries, capacity, count), &error))

void deed_fortran_count(struct deed_counts *counts);
void deed_fortran_count(struct deed_counts *counts) { deed_count(counts, sizeof *counts); }

/* The same for another procedure of the module, which the messages name. */
void deed_fortran_describe_for(const char *procedure, const struct deed_array *h, struct deed_descriptor *descriptor,
                               deed_shim_any stat, deed_shim_any errmsg);
void deed_fortran_describe_for(const char *procedure, const struct deed_array *h, struct deed_descriptor *descriptor,
                               deed_shim_any stat, deed_shim_any errmsg) {
  struct deed_error error;
  const struct deed_shim_call call = {.stat = stat, .errmsg = errmsg};
  const struct deed_shim_subject subject = DEED_SHIM_HANDLE(procedure, h);
  enum deed_status status = deed_shim_check(&call, &error);
  if (!status) status = explained(deed_describe(*h, descriptor, sizeof *descriptor), &error);
  if (status)
    deed_shim_fail(status, &error, &subject, &call);
  else
    deed_shim_succeed(stat);
}

/* The names of numbers of any kind; "unknown" for what is none. */
#define DEED_SHIM_NAME_OF(what, type)                                   \
  const char *deed_fortran_##what##_name(deed_shim_any number);         \
  const char *deed_fortran_##what##_name(deed_shim_any number) {        \
    int value;                                                          \
    if (deed_shim_integer(number, #what, -1, &value, NULL)) value = -1; \
    return deed_##what##_name((type)value);                             \
  }
DEED_SHIM_NAME_OF(status, enum deed_status)
DEED_SHIM_NAME_OF(dtype, enum deed_dtype)
DEED_SHIM_NAME_OF(origin, enum deed_origin)
DEED_SHIM_NAME_OF(language, enum deed_language)
DEED_SHIM_NAME_OF(role, enum deed_role)
