/* SPDX-License-Identifier: BSD-3-Clause */
/* deed_older.h - the interface as a program knows it that was compiled before the last fields were appended: its
 * descriptor ends with claim_count, its counts with copies, its ledger entry with the holder. It is a copy, not an
 * extract: nothing here follows the headers of today. */
#ifndef DEED_OLDER_H
#define DEED_OLDER_H

#include <stddef.h>
#include <stdint.h>

enum deed_status { DEED_OK = 0, DEED_EINVAL = 2 };
enum deed_language { DEED_LANGUAGE_C = 1 };
enum deed_dtype { DEED_REAL64 = 12 };
enum deed_order { DEED_ORDER_FORTRAN = 1 };

#define DEED_ABI_VERSION 1
#define DEED_ORIGIN_MALLOC 1
#define DEED_ROLE_TITLE 1

struct deed_array {
  uint64_t bits;
};

struct deed_site {
  enum deed_language language;
  int32_t line;
  const char *file;
};

#define DEED_HERE (&(const struct deed_site){DEED_LANGUAGE_C, __LINE__, __FILE__})

struct deed_dimension {
  int64_t lower;
  int64_t extent;
  int64_t stride_bytes;
};

struct deed_layout {
  int32_t dtype;
  int32_t rank;
  int64_t element_size_bytes;
  struct deed_dimension dim[15];
};

struct deed_descriptor {
  uint32_t abi_version;
  uint32_t size_bytes;
  void *data;
  struct deed_layout layout;
  uint8_t origin;
  uint8_t owner;
  uint8_t role;
  uint8_t rights;
  uint8_t language;
  uint8_t copy_reason;
  uint8_t published;
  uint8_t reserved;
  void *block_data;
  int64_t block_size_bytes;
  int64_t claim_count;
};

struct deed_counts {
  int64_t live_blocks;
  int64_t live_claims;
  int64_t live_bytes;
  int64_t blocks_made;
  int64_t blocks_ended;
  int64_t copies;
};

struct deed_holder {
  enum deed_language language;
  uint8_t role;
  uint8_t rights;
  int32_t line;
  const char *file;
  uint64_t reserved[3];
};

struct deed_ledger_entry {
  void *data;
  int64_t size_bytes;
  int64_t claim_count;
  uint8_t origin;
  uint8_t owner;
  uint8_t copy_reason;
  uint8_t published;
  struct deed_holder holder;
};

struct deed_error;

enum deed_status deed_layout_contiguous(enum deed_dtype dtype, int64_t element_size_bytes, int32_t rank,
                                        const int64_t *shape, const int64_t *lower, enum deed_order order,
                                        struct deed_layout *out);
enum deed_status deed_alloc(const struct deed_layout *layout, uint32_t options, const struct deed_site *site,
                            struct deed_array *array, struct deed_error *error);
enum deed_status deed_describe(struct deed_array array, struct deed_descriptor *descriptor,
                               size_t descriptor_size_bytes);
void deed_count(struct deed_counts *counts, size_t counts_size_bytes);
enum deed_status deed_ledger(struct deed_ledger_entry *entries, size_t entry_size_bytes, int64_t capacity,
                             int64_t *count);
enum deed_status deed_release(struct deed_array array, struct deed_error *error);

#endif
