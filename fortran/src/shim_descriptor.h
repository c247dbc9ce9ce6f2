/* SPDX-License-Identifier: BSD-3-Clause */
/* shim_descriptor.h - the only file that reads and writes arrays in the C descriptors of the Fortran compiler.
 *
 * Dimensions are copied word by word, by volatile loads so that no compiler joins them: the words were stored one by
 * one just before, and a processor does not forward two stores to one wider load but stalls. */
#ifndef DEED_SHIM_DESCRIPTOR_H
#define DEED_SHIM_DESCRIPTOR_H

#include "shim.h"

/* The layout of the Fortran array that a descriptor describes. dtype comes from the specific procedure that the
 * compiler chose, because descriptors of different kinds can be equal (real(10) and real(16) of gfortran). */
static inline void deed_shim_layout(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_layout *layout) {
  layout->dtype = dtype;
  layout->rank = a->rank;
  layout->element_size_bytes = (int64_t)a->elem_len;
  for (int i = 0; i < a->rank; ++i) {
    const volatile CFI_dim_t *dim = &a->dim[i];
    layout->dim[i].lower = dim->lower_bound;
    layout->dim[i].extent = dim->extent;
    layout->dim[i].stride_bytes = dim->sm;
  }
}

/* The same, checked. Errors in order: DEED_EUNALLOCATED, DEED_ESHAPE (assumed-size). */
enum deed_status deed_shim_read(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_layout *layout,
                                struct deed_error *error);

/* The same with the lower bounds that the caller gave, else 1: those of a dummy argument that is neither a pointer nor
 * allocatable are lost on the way to C. Errors in order: as above, DEED_EINVAL, DEED_ERANK (lower). */
enum deed_status deed_shim_read_bounded(enum deed_dtype dtype, const CFI_cdesc_t *a, deed_shim_any lower,
                                        struct deed_layout *layout, struct deed_error *error);

/* Whether an array fits a Fortran variable of this dtype and its rank. Errors in order: DEED_EDTYPE, DEED_ERANK. */
enum deed_status deed_shim_match(const struct deed_descriptor *array, enum deed_dtype dtype, const CFI_cdesc_t *a,
                                 struct deed_error *error);

/* A pointer to an array without elements must be associated, so it needs some address. */
extern char deed_shim_nowhere[64];

/* Make a pointer or allocatable of the right type and rank describe the elements at data. */
static inline void deed_shim_write(CFI_cdesc_t *a, void *data, const struct deed_layout *layout) {
  a->base_addr = data ? data : deed_shim_nowhere;
  a->elem_len = (size_t)layout->element_size_bytes;
  for (int32_t i = 0; i < layout->rank; ++i) {
    const volatile struct deed_dimension *dim = &layout->dim[i];
    a->dim[i].lower_bound = dim->lower;
    a->dim[i].extent = dim->extent;
    a->dim[i].sm = dim->stride_bytes;
  }
}

/* deed_lend and deed_pointer of any kind. */
void deed_shim_lend_of(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h, deed_shim_any rights,
                       DEED_SHIM_TAIL, deed_shim_any name);
void deed_shim_pointer_of(enum deed_dtype dtype, const struct deed_array *h, CFI_cdesc_t *p, deed_shim_any rights,
                          DEED_SHIM_TAIL, deed_shim_any order);

/* The fast path of a call without optional arguments. Returns 0, and has changed nothing, where the call is refused or
 * needs more than that. */
int deed_shim_lends(enum deed_dtype dtype, const CFI_cdesc_t *a, struct deed_array *h);
int deed_shim_points(enum deed_dtype dtype, const struct deed_array *h, CFI_cdesc_t *p);

#endif
