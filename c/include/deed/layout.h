/* SPDX-License-Identifier: BSD-3-Clause */
/* layout.h - where the elements of an array are: type, extents, strides and lower bounds.
 *
 * Everything here is arithmetic: no allocation, no locks, no access to the elements. The functions may be called from
 * any thread. A function that can fail returns its status and leaves its outputs untouched on failure; out may be the
 * same struct as the input. dim[0], and index 0 of shape and lower, belong to the first index of the array in every
 * language: to i of a(i,j) in Fortran and C++, and of a[i,j] in Python. */
#ifndef DEED_LAYOUT_H
#define DEED_LAYOUT_H

#include "deed/dtype.h"
#include "deed/status.h"

DEED_BEGIN_DECLS

#define DEED_MAX_RANK 15 /* Fortran 2018, 5.4.6 */

/* The order of the elements in memory. */
enum deed_order {
  DEED_ORDER_ANY = 0,     /* whatever strides there are */
  DEED_ORDER_FORTRAN = 1, /* first index fastest, no gaps */
  DEED_ORDER_C = 2        /* last index fastest, no gaps */
};

/* Frozen. One dimension, in the order of the C descriptors of Fortran (CFI_dim_t, F2018 18.5.3). */
struct deed_dimension {
  int64_t lower;        /* lower bound; lower + extent - 1 fits int64 */
  int64_t extent;       /* number of indices, >= 0 */
  int64_t stride_bytes; /* signed; 0 repeats an element; of an extent of 0 or 1 any number: it addresses nothing */
};

/* Frozen. The elements of an array, seen from its first element (all indices at their lower bounds). What is past the
 * rank is not part of it, and may be uninitialised. */
struct deed_layout {
  int32_t dtype;              /* enum deed_dtype */
  int32_t rank;               /* 0 to DEED_MAX_RANK */
  int64_t element_size_bytes; /* >= 0; 0 only for characters of length 0 and empty records */
  struct deed_dimension dim[DEED_MAX_RANK];
};

/* Frozen. A section of one dimension by lower-bound-based indices, as the Fortran triplet first:last:step. step may be
 * negative and must not be 0. The section has max(0, (last - first + step) / step) elements. */
struct deed_range {
  int64_t first;
  int64_t last;
  int64_t step;
};

/* Make the layout of a gapless array. element_size_bytes: 0 means the size of the dtype, and must be given for
 * characters and records (where 0 is a size of its own: the empty element). shape [borrows]: rank extents, may be NULL
 * for rank 0. lower [borrows]: rank lower bounds, NULL means 1 in Fortran order and 0 in C order. order:
 * DEED_ORDER_FORTRAN or _C. out [fills].
 * Errors in order: DEED_EINVAL (out or shape NULL, order), DEED_ERANK, DEED_EDTYPE (dtype, or element size that
 * is not the dtype's), DEED_ESHAPE (negative extent), DEED_EOVERFLOW (bytes or upper bound). */
DEED_API DEED_NODISCARD enum deed_status deed_layout_contiguous(enum deed_dtype dtype, int64_t element_size_bytes,
                                                                int32_t rank, const int64_t *shape,
                                                                const int64_t *lower, enum deed_order order,
                                                                struct deed_layout *out);

/* The same with the type, extents and lower bounds of another layout, of which the strides do not matter. layout
 * [borrows]; out [fills], may be the same.
 * Errors in order: DEED_EINVAL (NULL, order), and as above. */
DEED_API DEED_NODISCARD enum deed_status deed_layout_contiguous_like(const struct deed_layout *layout,
                                                                     enum deed_order order, struct deed_layout *out);

/* Check every promise that struct deed_layout makes. layout [borrows].
 * Errors in order: DEED_EINVAL (NULL), DEED_ERANK, DEED_EDTYPE, DEED_ESHAPE, DEED_EOVERFLOW (upper bound, number of
 * elements, or the distance between the outermost bytes does not fit int64). */
DEED_API DEED_NODISCARD enum deed_status deed_layout_check(const struct deed_layout *layout);

/* The functions from here to the next heading cannot fail: layout [borrows] must have passed deed_layout_check. */

/* Number of elements: the product of the extents, 1 for rank 0. */
DEED_API int64_t deed_layout_element_count(const struct deed_layout *layout);

/* Number of elements times element size: what a gapless copy needs. */
DEED_API int64_t deed_layout_size_bytes(const struct deed_layout *layout);

/* The bytes that the elements lie in, as offsets from the first element: [*begin_bytes, *end_bytes). begin is <= 0
 * where a stride is negative; both are 0 for an array without elements. begin_bytes, end_bytes [fills]. */
DEED_API void deed_layout_hull(const struct deed_layout *layout, int64_t *begin_bytes, int64_t *end_bytes);

/* 1 if the elements lie without gaps in that order, else 0. Strides of extents 0 and 1 do not matter, an array without
 * elements is contiguous in both orders, DEED_ORDER_ANY asks for either. */
DEED_API int deed_layout_is_contiguous(const struct deed_layout *layout, enum deed_order order);

/* 1 if two different indices may address the same byte (a stride smaller than what it strides over, or 0), else 0.
 * Exact for strides that nest; a layout whose dimensions interleave is reported as overlapping. */
DEED_API int deed_layout_may_overlap_itself(const struct deed_layout *layout);

/* 1 if dtype, element size, rank and extents agree, else 0. Strides and bounds are not compared. */
DEED_API int deed_layout_same_shape(const struct deed_layout *a, const struct deed_layout *b);

/* Sub-layouts. Each takes a layout that passed deed_layout_check and fills out [fills] and, where the first element
 * moves, *offset_bytes [fills]: the distance from the first element of layout to the first element of out. None of them
 * ever leaves the bytes of the layout it started from. Feed both to deed_view. */

/* Offset in bytes of the element with these indices. indices [borrows]: rank numbers counted from the lower bounds.
 * Errors: DEED_EINVAL (NULL), DEED_EBOUNDS. */
DEED_API DEED_NODISCARD enum deed_status deed_layout_offset(const struct deed_layout *layout, const int64_t *indices,
                                                            int64_t *offset_bytes);

/* Section: one range per dimension [borrows]. The lower bounds of the result are 1, as those of a section are in
 * Fortran (F2018 16.9.109); deed_layout_rebound sets others. A range without elements may lie anywhere.
 * Errors in order: DEED_EINVAL (NULL, step 0), DEED_EBOUNDS. */
DEED_API DEED_NODISCARD enum deed_status deed_layout_section(const struct deed_layout *layout,
                                                             const struct deed_range *ranges, struct deed_layout *out,
                                                             int64_t *offset_bytes);

/* Fix one index and lose that dimension. dimension: 0-based. index: counted from the lower bound.
 * Errors in order: DEED_EINVAL (NULL), DEED_ERANK (no such dimension), DEED_EBOUNDS. */
DEED_API DEED_NODISCARD enum deed_status deed_layout_pick(const struct deed_layout *layout, int32_t dimension,
                                                          int64_t index, struct deed_layout *out,
                                                          int64_t *offset_bytes);

/* Reorder dimensions: dimension k of out is dimension permutation[k] (0-based) of layout, bounds included.
 * permutation [borrows]: rank numbers; NULL reverses the dimensions.
 * Errors: DEED_EINVAL (out NULL, or not a permutation). */
DEED_API DEED_NODISCARD enum deed_status deed_layout_transpose(const struct deed_layout *layout,
                                                               const int32_t *permutation, struct deed_layout *out);

/* The same elements, in the given order of counting, with other extents and lower bounds 1 (Fortran) or 0 (C), if
 * strides can say so without a copy. order: DEED_ORDER_FORTRAN or DEED_ORDER_C.
 * Errors in order: DEED_EINVAL (NULL, order), DEED_ERANK, DEED_ESHAPE (negative, or another number of elements),
 * DEED_EORDER (would need a copy). */
DEED_API DEED_NODISCARD enum deed_status deed_layout_reshape(const struct deed_layout *layout, int32_t rank,
                                                             const int64_t *shape, enum deed_order order,
                                                             struct deed_layout *out);

/* One component of every record, or one part of every complex number: the same extents, strides and bounds with a
 * smaller element. component_offset_bytes: from the start of an element. element_size_bytes: as in
 * deed_layout_contiguous.
 * Errors in order: DEED_EINVAL (NULL), DEED_EDTYPE, DEED_EBOUNDS (does not lie inside the element). */
DEED_API DEED_NODISCARD enum deed_status deed_layout_component(const struct deed_layout *layout,
                                                               int64_t component_offset_bytes, enum deed_dtype dtype,
                                                               int64_t element_size_bytes, struct deed_layout *out,
                                                               int64_t *offset_bytes);

/* Set the lower bounds; extents and strides stay. lower [borrows]: rank numbers.
 * Errors in order: DEED_EINVAL (NULL), DEED_EOVERFLOW (an upper bound). */
DEED_API DEED_NODISCARD enum deed_status deed_layout_rebound(const struct deed_layout *layout, const int64_t *lower,
                                                             struct deed_layout *out);

DEED_END_DECLS

#endif
