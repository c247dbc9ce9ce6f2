/* SPDX-License-Identifier: BSD-3-Clause */
/* function_descriptor.c - C descriptors of Fortran compilers other than the one deed was built with. */
#include "native_call/function_descriptor.h"

#include <string.h>

#include "base/dtype_map.h"

_Static_assert(sizeof(struct deed_dimension) == 24, "CFI_dim_t");
_Static_assert(offsetof(struct deedpy_cfi, head.tag) == 20, "CFI_cdesc_t");
_Static_assert(offsetof(struct deedpy_cfi, dimension) == 24, "CFI_cdesc_t");

/* What flang's runtime of each generation insists on in CFI_deallocate(); its procedures do not look. */
static const int flang_versions[] = {20240719, 20180515};

int deedpy_cfi_has(enum deedpy_compiler compiler, enum deed_dtype dtype) {
  return compiler != DEEDPY_NO_COMPILER && deedpy_dtypes[dtype].flang != 0;
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
    tag_gfortran(&head, deedpy_dtypes[dtype].gfortran, attribute);
  } else {
    tag_flang(&head, deedpy_dtypes[dtype].flang, attribute);
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
