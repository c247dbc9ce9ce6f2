/* SPDX-License-Identifier: BSD-3-Clause */
/* function_descriptor.h - C descriptors (CFI_cdesc_t) of Fortran compilers other than the one deed was built with. */
#ifndef DEEDPY_FUNCTION_DESCRIPTOR_H
#define DEEDPY_FUNCTION_DESCRIPTOR_H

#include <deed/deed.h>

enum deedpy_compiler { DEEDPY_NO_COMPILER = 0, DEEDPY_GFORTRAN = 1, DEEDPY_FLANG = 2 };

enum deedpy_attribute { DEEDPY_ATTRIBUTE_OTHER, DEEDPY_ATTRIBUTE_POINTER, DEEDPY_ATTRIBUTE_ALLOCATABLE };

/* What a descriptor says of all arrays of a declaration. The four bytes of tag are, in order: rank, attribute, type
 * (two bytes) for gfortran; rank, type, attribute, extra for flang. */
struct deedpy_cfi_head {
  size_t element_size_bytes;
  int version;
  unsigned char tag[4];
};

/* What is the same in gfortran >= 12 and flang. */
struct deedpy_cfi {
  void *data;
  struct deedpy_cfi_head head;
  struct deed_dimension dimension[DEED_MAX_RANK];
};

/* 1 if the compiler has a type like this, so that deedpy_cfi_head() can name it; else 0. */
int deedpy_cfi_has(enum deedpy_compiler compiler, enum deed_dtype dtype);

/* Everything of a descriptor but data and dimension. */
struct deedpy_cfi_head deedpy_cfi_head(enum deedpy_compiler compiler, enum deed_dtype dtype, int64_t element_size_bytes,
                                       int32_t rank, enum deedpy_attribute attribute);

/* Of what a procedure has allocated or pointed to: the layout. element_size_bytes, rank: as declared. layout [fills].
 */
void deedpy_cfi_layout(const struct deedpy_cfi *descriptor, enum deed_dtype dtype, int64_t element_size_bytes,
                       int32_t rank, struct deed_layout *layout);

/* The release callbacks of what ALLOCATE of that compiler made. context: free() for gfortran, CFI_deallocate() for
 * flang, of the library that allocated. Any thread. */
void deedpy_free_gfortran(void *data, void *context);
void deedpy_free_flang(void *data, void *context);

#endif
