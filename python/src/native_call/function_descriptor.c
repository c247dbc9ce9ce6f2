/* SPDX-License-Identifier: BSD-3-Clause */
/* function_descriptor.c - C descriptors of Fortran compilers other than the one deed was built with. */
#include "native_call/function_descriptor.h"

#include <string.h>

_Static_assert(sizeof(struct deed_dimension) == 24, "CFI_dim_t");
_Static_assert(offsetof(struct deedpy_cfi, head.tag) == 20, "CFI_cdesc_t");
_Static_assert(offsetof(struct deedpy_cfi, dimension) == 24, "CFI_cdesc_t");

/* gfortran: what a type is in the low byte, its kind above. */
#define G(type, kind) ((type) | ((kind) << 8))
enum { G_INTEGER = 1, G_LOGICAL = 2, G_REAL = 3, G_COMPLEX = 4, G_CHARACTER = 5 };

/* The numbers of the types; flang's 0 is no type. Fortran has no unsigned integers: their bits are integers there. */
static const struct row {
  int16_t gfortran;
  int8_t flang;
} rows[DEED_DTYPE_END] = {
    [DEED_INT8] = {G(G_INTEGER, 1), 7},
    [DEED_INT16] = {G(G_INTEGER, 2), 8},
    [DEED_INT32] = {G(G_INTEGER, 4), 9},
    [DEED_INT64] = {G(G_INTEGER, 8), 10},
    [DEED_REAL32] = {G(G_REAL, 4), 27},
    [DEED_REAL64] = {G(G_REAL, 8), 28},
    [DEED_REAL80] = {G(G_REAL, 10), 29},
    [DEED_REAL128] = {G(G_REAL, 16), 31},
    [DEED_COMPLEX_REAL32] = {G(G_COMPLEX, 4), 34},
    [DEED_COMPLEX_REAL64] = {G(G_COMPLEX, 8), 35},
    [DEED_COMPLEX_REAL80] = {G(G_COMPLEX, 10), 36},
    [DEED_COMPLEX_REAL128] = {G(G_COMPLEX, 16), 38},
    [DEED_LOGICAL8] = {G(G_LOGICAL, 1), 39},
    [DEED_LOGICAL16] = {G(G_LOGICAL, 2), 13},
    [DEED_LOGICAL32] = {G(G_LOGICAL, 4), 14},
    [DEED_LOGICAL64] = {G(G_LOGICAL, 8), 15},
    [DEED_CHARACTER1] = {G(G_CHARACTER, 1), 40},
};

/* What flang's runtime of each generation insists on in CFI_deallocate(); its procedures do not look. */
static const int flang_versions[] = {20240719, 20180515};

int deedpy_cfi_has(enum deedpy_compiler compiler, enum deed_dtype dtype) {
  return compiler != DEEDPY_NO_COMPILER && rows[dtype].flang != 0;
}

static void tag_gfortran(struct deedpy_cfi_head *head, int16_t type, enum deedpy_attribute attribute) {
  static const unsigned char attributes[] = {2, 0, 1};
  head->version = 1;
  head->tag[1] = attributes[attribute];
  memcpy(&head->tag[2], &type, sizeof type);
}

static void tag_flang(struct deedpy_cfi_head *head, int8_t type, enum deedpy_attribute attribute) {
  static const unsigned char attributes[] = {0, 1, 2};
  head->version = flang_versions[0];
  head->tag[1] = (unsigned char)type;
  head->tag[2] = attributes[attribute];
  head->tag[3] = 0;
}

struct deedpy_cfi_head deedpy_cfi_head(enum deedpy_compiler compiler, enum deed_dtype dtype, int64_t element_size_bytes,
                                       int32_t rank, enum deedpy_attribute attribute) {
  struct deedpy_cfi_head head = {.element_size_bytes = (size_t)element_size_bytes};
  if (compiler == DEEDPY_GFORTRAN) {
    tag_gfortran(&head, rows[dtype].gfortran, attribute);
  } else {
    tag_flang(&head, rows[dtype].flang, attribute);
  }
  head.tag[0] = (unsigned char)rank;
  return head;
}

void deedpy_cfi_layout(const struct deedpy_cfi *descriptor, enum deed_dtype dtype, int64_t element_size_bytes,
                       int32_t rank, struct deed_layout *layout) {
  *layout = (struct deed_layout){.dtype = dtype, .rank = rank, .element_size_bytes = element_size_bytes};
  for (int32_t k = 0; k < rank; ++k) {
    layout->dim[k].extent = descriptor->dimension[k].extent > 0 ? descriptor->dimension[k].extent : 0;
    layout->dim[k].lower = descriptor->dimension[k].lower;
    layout->dim[k].stride_bytes = descriptor->dimension[k].stride_bytes;
  }
}

/* A pointer to a function, kept where only pointers to data fit. */
union entry {
  void *address;
  void (*free)(void *data);
  int (*deallocate)(struct deedpy_cfi *descriptor);
};

void deedpy_free_gfortran(void *data, void *context) {
  union entry entry = {.address = context};
  entry.free(data);
}

void deedpy_free_flang(void *data, void *context) {
  union entry entry = {.address = context};
  struct deedpy_cfi descriptor;
  memset(&descriptor, 0, sizeof descriptor);
  descriptor.data = data;
  descriptor.head = deedpy_cfi_head(DEEDPY_FLANG, DEED_INT8, 1, 0, DEEDPY_ATTRIBUTE_ALLOCATABLE);
  for (size_t k = 0; k < sizeof flang_versions / sizeof *flang_versions; ++k) {
    descriptor.head.version = flang_versions[k];
    if (entry.deallocate(&descriptor) == 0) return;
  }
}
