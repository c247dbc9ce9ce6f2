/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_verbs.c - the verbs that need a handle and no Fortran variable. */
#include "shim.h"

static uint32_t rights_or_all(const int *rights) { return rights ? (uint32_t)*rights : 0; }

static enum deed_status alloc(struct deed_array *h, int kind, const CFI_cdesc_t *shape, const CFI_cdesc_t *lower,
                              const int *element_size_bytes, const int *options, const struct deed_shim_call *call,
                              struct deed_error *error) {
  int64_t extents[DEED_MAX_RANK];
  int64_t bounds[DEED_MAX_RANK];
  int32_t rank;
  int32_t bound_count;
  struct deed_layout layout;
  struct deed_shim_site storage;
  enum deed_status status = deed_shim_vacant(*h, "alloc", error);
  if (!status) status = deed_shim_integers(shape, "alloc", extents, &rank, error);
  if (!status && lower) status = deed_shim_integers(lower, "alloc", bounds, &bound_count, error);
  if (status) return status;
  if (lower && bound_count != rank)
    return deed_shim_refuse(error, DEED_ERANK, "alloc", "shape and lower differ in size");
  status = deed_layout_contiguous((enum deed_dtype)kind, element_size_bytes ? *element_size_bytes : 0, rank, extents,
                                  lower ? bounds : NULL, DEED_ORDER_FORTRAN, &layout);
  if (status) return deed_shim_refuse(error, status, "alloc", "no such array can be made");
  return deed_alloc(&layout, options ? (uint32_t)*options : 0, deed_shim_site(call, &storage), h, error);
}

#define DEED_SHIM_ALLOC(name)                                                                                      \
  DEED_SHIM_PROCEDURE(name,                                                                                        \
                      (struct deed_array * h, const int *kind, const CFI_cdesc_t *shape, const CFI_cdesc_t *lower, \
                       const int *element_size_bytes, const int *options, DEED_SHIM_TAIL),                         \
                      alloc(h, *kind, shape, lower, element_size_bytes, options, DEED_SHIM_CALL, &error))
DEED_SHIM_ALLOC(deed_fortran_alloc_int32)
DEED_SHIM_ALLOC(deed_fortran_alloc_int64)

/* The bounds of a nonpointer dummy are lost on the way to C, so the caller gives them. */
static enum deed_status lend_record(const CFI_cdesc_t *a, struct deed_array *h, const CFI_cdesc_t *lower,
                                    const int *rights, const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_layout layout;
  struct deed_shim_site storage;
  int32_t bound_count = a->rank;
  enum deed_status status = deed_shim_vacant(*h, "lend", error);
  if (!status && a->type != CFI_type_struct)
    status =
        deed_shim_refuse(error, DEED_EDTYPE, "lend", "not an array of a derived type (deed_lend is for other kinds)");
  if (!status) status = deed_shim_read(a, DEED_OPAQUE, "lend", &layout, error);
  for (int i = 0; !status && i < a->rank; ++i) layout.lower[i] = 1;
  if (!status && lower) status = deed_shim_integers(lower, "lend", layout.lower, &bound_count, error);
  if (status) return status;
  if (bound_count != a->rank)
    return deed_shim_refuse(error, DEED_ERANK, "lend", "lower must have one bound per dimension");
  return deed_lend(a->base_addr, rights ? (uint32_t)*rights : DEED_READ | DEED_WRITE, &layout,
                   deed_shim_site(call, &storage), h, error);
}

#define DEED_SHIM_LEND_RECORD(name)                                                                                    \
  DEED_SHIM_PROCEDURE(                                                                                                 \
      name, (const CFI_cdesc_t *a, struct deed_array *h, const CFI_cdesc_t *lower, const int *rights, DEED_SHIM_TAIL), \
      lend_record(a, h, lower, rights, DEED_SHIM_CALL, &error))
DEED_SHIM_LEND_RECORD(deed_fortran_lend_record_int32)
DEED_SHIM_LEND_RECORD(deed_fortran_lend_record_int64)

static enum deed_status share(struct deed_array h, struct deed_array *result, const int *rights,
                              const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  enum deed_status status = deed_shim_vacant(*result, "share", error);
  return status ? status : deed_share(h, rights_or_all(rights), deed_shim_site(call, &storage), result, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_share,
                    (const struct deed_array *h, struct deed_array *result, const int *rights, DEED_SHIM_TAIL),
                    share(*h, result, rights, DEED_SHIM_CALL, &error))

static enum deed_status transfer(struct deed_array h, struct deed_array *moved, const int *to,
                                 const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  enum deed_status status = deed_shim_vacant(*moved, "transfer", error);
  if (status) return status;
  deed_shim_site(call, &storage);
  if (to) storage.site.language = (enum deed_language) * to;
  return deed_transfer(h, &storage.site, moved, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_transfer,
                    (const struct deed_array *h, struct deed_array *moved, const int *to, DEED_SHIM_TAIL),
                    transfer(*h, moved, to, DEED_SHIM_CALL, &error))

DEED_SHIM_PROCEDURE(deed_fortran_recall, (const struct deed_array *h, const int *timeout_ms, DEED_SHIM_TAIL),
                    deed_recall(*h, timeout_ms ? *timeout_ms : 0, &error))

DEED_SHIM_PROCEDURE(deed_fortran_release, (const struct deed_array *h, DEED_SHIM_TAIL), deed_release(*h, &error))

static enum deed_status copy(struct deed_array h, struct deed_array *result, const int *order, const int *reason,
                             const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  enum deed_status status = deed_shim_vacant(*result, "copy", error);
  if (status) return status;
  return deed_copy(h, order ? (enum deed_order) * order : DEED_ORDER_ANY,
                   reason ? (enum deed_copy_reason) * reason : DEED_COPY_REQUESTED, deed_shim_site(call, &storage),
                   result, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_copy,
                    (const struct deed_array *h, struct deed_array *result, const int *order, const int *reason,
                     DEED_SHIM_TAIL),
                    copy(*h, result, order, reason, DEED_SHIM_CALL, &error))

/* One byte more than a name can have, so that a name that is too long stays too long. */
struct name_text {
  char bytes[DEED_NAME_BYTES + 1];
};

static const char *name_of(const CFI_cdesc_t *name, struct name_text *text) {
  deed_shim_text(name, text->bytes, sizeof text->bytes);
  return text->bytes;
}

DEED_SHIM_PROCEDURE(deed_fortran_publish, (const struct deed_array *h, const CFI_cdesc_t *name, DEED_SHIM_TAIL),
                    deed_publish(*h, name_of(name, &(struct name_text){{0}}), &error))

static enum deed_status lookup(const CFI_cdesc_t *name, struct deed_array *h, const int *rights,
                               const struct deed_shim_call *call, struct deed_error *error) {
  struct deed_shim_site storage;
  struct name_text text;
  enum deed_status status = deed_shim_vacant(*h, "lookup", error);
  if (status) return status;
  return deed_lookup(name_of(name, &text), rights_or_all(rights), deed_shim_site(call, &storage), h, error);
}

DEED_SHIM_PROCEDURE(deed_fortran_lookup,
                    (const CFI_cdesc_t *name, struct deed_array *h, const int *rights, DEED_SHIM_TAIL),
                    lookup(name, h, rights, DEED_SHIM_CALL, &error))

DEED_SHIM_PROCEDURE(deed_fortran_withdraw, (const struct deed_array *h, DEED_SHIM_TAIL), deed_withdraw(*h, &error))
