/* SPDX-License-Identifier: BSD-3-Clause */
/* status.h - the results of deed's functions, and the error record with the detail. */
#ifndef DEED_STATUS_H
#define DEED_STATUS_H

#include "deed/base.h"

DEED_BEGIN_DECLS

/* X(name, number, text). The numbers are part of the ABI: new ones are added at the end. */
#define DEED_STATUS_MAP(X)                                                                              \
  X(DEED_OK, 0, "success")                                                                              \
  X(DEED_ENOMEM, 1, "out of memory")                                                                    \
  X(DEED_EINVAL, 2, "invalid argument")                                                                 \
  X(DEED_EHANDLE, 3, "not a handle of this process: zero, random or from elsewhere")                    \
  X(DEED_ESTALE, 4, "stale handle: released, transferred, reclaimed or recalled before")                \
  X(DEED_EBUSY, 5, "the array is held by someone else")                                                 \
  X(DEED_ENOTTITLE, 6, "only the title holder may do this")                                             \
  X(DEED_EORIGIN, 7, "the origin of the memory does not allow this")                                    \
  X(DEED_ERIGHTS, 8, "the claim lacks the right asked for")                                             \
  X(DEED_EBOUNDS, 9, "outside the bounds of the array")                                                 \
  X(DEED_ERANK, 10, "wrong or unsupported rank")                                                        \
  X(DEED_EDTYPE, 11, "wrong or unsupported data type")                                                  \
  X(DEED_ESHAPE, 12, "wrong or negative extent")                                                        \
  X(DEED_EOVERFLOW, 13, "a size or an address does not fit 64 bits")                                    \
  X(DEED_EORDER, 14, "the elements are not in the order asked for")                                     \
  X(DEED_ENONAME, 15, "no array is published under this name")                                          \
  X(DEED_EEXIST, 16, "an array is already published under this name")                                   \
  X(DEED_ENULL, 17, "a null pointer where memory was expected")                                         \
  X(DEED_EUNALLOCATED, 18, "the variable is not allocated or not associated")                           \
  X(DEED_EDAMAGED, 19, "the guard before the memory was overwritten or the memory was freed elsewhere") \
  X(DEED_EFULL, 20, "no handle is left")                                                                \
  X(DEED_EDUPLICATE, 21, "two copies of the deed core are loaded")                                      \
  X(DEED_EUNSUPPORTED, 22, "not supported by this build or this language")                              \
  X(DEED_EDEVICE, 23, "the memory is on a device, which the host cannot read")

#define DEED_STATUS_ENUMERATOR_(name, number, text) name = number,
enum deed_status { DEED_STATUS_MAP(DEED_STATUS_ENUMERATOR_) DEED_STATUS_COUNT };
#undef DEED_STATUS_ENUMERATOR_

/* Frozen. One holder of a claim, as reports show it. file is NULL when unknown, else valid until the process ends. At
 * most 65536 different names, of 16 MiB together, are kept for that: after so many the file is "(more files)". */
struct deed_holder {
  enum deed_language language;
  uint8_t role;   /* enum deed_role */
  uint8_t rights; /* DEED_READ | DEED_WRITE */
  int32_t line;   /* 1-based, 0 = unknown */
  const char *file;
  uint64_t reserved[3]; /* 0 */
};

#define DEED_ERROR_HOLDERS 8
#define DEED_ERROR_MESSAGE_BYTES 512

/* Frozen. The detail of a failure. Every function that takes one: error [fills, may be NULL]. It is written only when
 * the function fails, never read, owns nothing and may be copied bitwise. On DEED_EBUSY, holder_count is the number of
 * other claims and holders has the first DEED_ERROR_HOLDERS of them (the same as in the message); 0 when the other one
 * is just being made or ended by another thread, which the message says. */
struct deed_error {
  enum deed_status status;
  int32_t holder_count;
  struct deed_holder holders[DEED_ERROR_HOLDERS];
  char message[DEED_ERROR_MESSAGE_BYTES]; /* one line of UTF-8, NUL-terminated, shortened when it does not fit */
};

/* "DEED_EBUSY" for DEED_EBUSY; "DEED_UNKNOWN" for a number that is none. Never NULL, never freed. */
DEED_API const char *deed_status_name(enum deed_status status);

/* The sentence of DEED_STATUS_MAP; "unknown status" for a number that is none. Never NULL, never freed. */
DEED_API const char *deed_status_text(enum deed_status status);

DEED_END_DECLS

#endif
