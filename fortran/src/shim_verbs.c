/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_verbs.c - the verbs that need a handle and no Fortran variable. */
#include "shim_descriptor.h"

/* The arguments of deed_alloc but for the handle and those that all procedures have. */
struct wanted {
  deed_shim_any kind;
  const CFI_cdesc_t *shape;
  deed_shim_any lower;
  deed_shim_any element_size_bytes;
  deed_shim_any options;
};

static enum deed_status layout_of(const struct wanted *wanted, struct deed_layout *layout, struct deed_error *error) {
  int64_t extents[DEED_MAX_RANK];
  int64_t lower[DEED_MAX_RANK];
  int64_t element_size_bytes;
  int32_t rank;
  int kind;
  enum deed_status status = deed_shim_integers(wanted->shape, "shape=", extents, &rank, error);
  if (!status) status = deed_shim_integer(wanted->kind, "kind=", 0, &kind, error);
  if (!status)
    status = deed_shim_integer64(wanted->element_size_bytes, "element_size_bytes=", 0, &element_size_bytes, error);
  if (status) return status;
  status = deed_shim_bounds(wanted->lower, rank, lower, error);
  if (status) return status;
  status = deed_layout_contiguous((enum deed_dtype)kind, element_size_bytes, rank, extents, lower, DEED_ORDER_FORTRAN,
                                  layout);
  return status ? deed_shim_refuse(error, status, "no such array can be made") : DEED_OK;
}

static void end_array(struct deed_array made) { (void)!deed_release(made, NULL); }

static enum deed_status alloc(struct deed_array *h, const struct wanted *wanted, deed_shim_any name,
                              const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  struct deed_array made;
  struct deed_shim_site storage;
  int options;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status) status = layout_of(wanted, &layout, error);
  if (!status) status = deed_shim_integer(wanted->options, "options=", 0, &options, error);
  if (!status) status = deed_alloc(&layout, (uint32_t)options, deed_shim_site(call, &storage), &made, error);
  if (!status && deed_shim_given(name)) status = deed_shim_publish(made, name, end_array, error);
  if (!status) *h = made;
  return status;
}

/* For a message: 0 when the kind is no number. */
static enum deed_dtype dtype_of(deed_shim_any kind) {
  int number;
  return deed_shim_integer(kind, "kind=", 0, &number, NULL) ? (enum deed_dtype)0 : (enum deed_dtype)number;
}

#define DEED_SHIM_ALLOC(procedure)                                                                               \
  DEED_SHIM_PROCEDURE(                                                                                           \
      procedure,                                                                                                 \
      (struct deed_array * h, deed_shim_any kind, const CFI_cdesc_t *shape, deed_shim_any lower,                 \
       deed_shim_any element_size_bytes, deed_shim_any options, DEED_SHIM_TAIL, deed_shim_any name),             \
      DEED_SHIM_VARIABLE("alloc", dtype_of(kind), deed_shim_given(shape) ? (int)shape->dim[0].extent : 0, name), \
      alloc(h, &(const struct wanted){kind, shape, lower, element_size_bytes, options}, name, DEED_SHIM_CALL, &error))
DEED_SHIM_ALLOC(deed_fortran_alloc_int32)
DEED_SHIM_ALLOC(deed_fortran_alloc_int64)

static enum deed_status lend_record(const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any lower,
                                    deed_shim_any rights, deed_shim_any name, const struct deed_shim_call *call,
                                    struct deed_error *error) {
  struct deed_layout layout;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status && a->type != CFI_type_struct)
    status = deed_shim_refuse(error, DEED_EDTYPE, "not an array of a derived type (deed_lend is for other kinds)");
  if (!status) status = deed_shim_read_bounded(DEED_OPAQUE, a, lower, &layout, error);
  return status ? status : deed_shim_lend(a, &layout, rights, name, call, h, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_lend_record,
                    (const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any lower, deed_shim_any rights,
                     DEED_SHIM_TAIL, deed_shim_any name),
                    DEED_SHIM_VARIABLE("lend_record", DEED_OPAQUE, a->rank, name),
                    lend_record(a, h, lower, rights, name, DEED_SHIM_CALL, &error))

static enum deed_status share(struct deed_array h, struct deed_array *result, deed_shim_any rights,
                              const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  int wanted;
  enum deed_status status = deed_shim_vacant(*result, error);
  if (!status) status = deed_shim_integer(rights, "rights=", 0, &wanted, error);
  return status ? status : deed_share(h, (uint32_t)wanted, deed_shim_site(call, &storage), result, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_share,
                    (const struct deed_array *h, struct deed_array *result, deed_shim_any rights, DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("share", h), share(*h, result, rights, DEED_SHIM_CALL, &error))

static enum deed_status transfer(struct deed_array h, struct deed_array *moved, deed_shim_any to,
                                 const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  int language;
  enum deed_status status = deed_shim_vacant(*moved, error);
  if (!status) status = deed_shim_integer(to, "to=", DEED_LANGUAGE_FORTRAN, &language, error);
  if (status) return status;
  struct deed_site holder = *deed_shim_site(call, &storage);
  holder.language = (enum deed_language)language;
  return deed_transfer(h, &holder, moved, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_transfer,
                    (const struct deed_array *h, struct deed_array *moved, deed_shim_any to, DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("transfer", h), transfer(*h, moved, to, DEED_SHIM_CALL, &error))

static enum deed_status recall(struct deed_array h, deed_shim_any timeout_ms, struct deed_error *error) {
  int64_t timeout;
  enum deed_status status = deed_shim_integer64(timeout_ms, "timeout_ms=", 0, &timeout, error);
  return status ? status : deed_recall(h, timeout, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_recall, (const struct deed_array *h, deed_shim_any timeout_ms, DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("recall", h), recall(*h, timeout_ms, &error))

DEED_SHIM_PROCEDURE(deed_fortran_release, (const struct deed_array *h, DEED_SHIM_TAIL), DEED_SHIM_HANDLE("release", h),
                    deed_release(*h, &error))

static enum deed_status copy(struct deed_array h, struct deed_array *result, deed_shim_any order, deed_shim_any reason,
                             const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  int wanted;
  int why;
  enum deed_status status = deed_shim_vacant(*result, error);
  if (!status) status = deed_shim_integer(order, "order=", DEED_ORDER_ANY, &wanted, error);
  if (!status) status = deed_shim_integer(reason, "reason=", DEED_COPY_REQUESTED, &why, error);
  if (status) return status;
  return deed_copy(h, (enum deed_order)wanted, (enum deed_copy_reason)why, deed_shim_site(call, &storage), result,
                   error);
}

DEED_SHIM_PROCEDURE(deed_fortran_copy,
                    (const struct deed_array *h, struct deed_array *result, deed_shim_any order, deed_shim_any reason,
                     DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("copy", h), copy(*h, result, order, reason, DEED_SHIM_CALL, &error))

static enum deed_status publish(struct deed_array h, deed_shim_any name, struct deed_error *error) {
  struct deed_shim_name text;
  enum deed_status status = deed_shim_name(name, &text, error);
  return status ? status : deed_publish(h, text.bytes, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_publish, (const struct deed_array *h, deed_shim_any name, DEED_SHIM_TAIL),
                    DEED_SHIM_NAME("publish", h, name), publish(*h, name, &error))

static enum deed_status lookup(deed_shim_any name, struct deed_array *h, deed_shim_any rights,
                               const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  struct deed_shim_name text;
  int wanted;
  enum deed_status status = deed_shim_vacant(*h, error);
  if (!status) status = deed_shim_name(name, &text, error);
  if (!status) status = deed_shim_integer(rights, "rights=", 0, &wanted, error);
  return status ? status : deed_lookup(text.bytes, (uint32_t)wanted, deed_shim_site(call, &storage), h, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_lookup,
                    (deed_shim_any name, struct deed_array *h, deed_shim_any rights, DEED_SHIM_TAIL),
                    DEED_SHIM_NAME("lookup", NULL, name), lookup(name, h, rights, DEED_SHIM_CALL, &error))

DEED_SHIM_PROCEDURE(deed_fortran_withdraw, (const struct deed_array *h, DEED_SHIM_TAIL),
                    DEED_SHIM_HANDLE("withdraw", h), deed_withdraw(*h, &error))
