/* SPDX-License-Identifier: BSD-3-Clause */
/* ledger.h - the live blocks, who claims them, and the counts of what happened. Any thread, any time (signal handlers:
 * array.h); every function here reads all records and is meant for reports, tests and errors, not for inner loops. */
#ifndef DEED_LEDGER_H
#define DEED_LEDGER_H

#include "deed/registry.h"

DEED_BEGIN_DECLS

/* Grows. What happened since the core was loaded. live_blocks == blocks_made - blocks_ended when no verb is running. */
struct deed_counts {
  int64_t live_blocks;
  int64_t live_claims;
  int64_t live_bytes;   /* bytes of the live blocks */
  int64_t blocks_made;  /* by alloc, adopt, take, lend, copy */
  int64_t blocks_ended; /* freed, given back by reclaim, or recalled */
  int64_t copies;       /* by copy: the only verb that copies elements */
  int64_t abandoned;    /* blocks that ended without being freed: DEED_EDAMAGED, or a parent's in the child of a fork,
                           or what deed_note_abandoned was told of */
};

/* counts [fills], NULL does nothing. counts_size_bytes: sizeof *counts. */
DEED_API void deed_count(struct deed_counts *counts, size_t counts_size_bytes);

/* Count one block as abandoned. For a release callback that cannot end its memory any more, because the runtime that
 * the memory belongs to has ended (an interpreter, a device): what is lost is then reported, not silent. */
DEED_API void deed_note_abandoned(void);

/* Grows. One live block. */
struct deed_ledger_entry {
  void *data; /* lowest address */
  int64_t size_bytes;
  int64_t claim_count;
  uint8_t origin;             /* enum deed_origin */
  uint8_t owner;              /* enum deed_language */
  uint8_t copy_reason;        /* enum deed_copy_reason */
  uint8_t published;          /* 1 if name is set */
  struct deed_holder holder;  /* the title, or the first share when the title has ended */
  char name[DEED_NAME_BYTES]; /* "" when not published */
};

/* The live blocks. entries [fills]: up to capacity of them, may be NULL when capacity is 0. entry_size_bytes:
 * sizeof *entries, the distance from one entry to the next. count [fills]: how many there are. A snapshot.
 * Errors: DEED_EINVAL (count NULL, capacity negative, entries or entry_size_bytes 0 with capacity). */
DEED_API DEED_NODISCARD enum deed_status deed_ledger(struct deed_ledger_entry *entries, size_t entry_size_bytes,
                                                     int64_t capacity, int64_t *count);

/* The version of the core that is loaded, DEED_VERSION of its build. Never NULL, never freed. */
DEED_API const char *deed_version(void);

/* DEED_ABI_VERSION of the core that is loaded. */
DEED_API uint32_t deed_abi_version(void);

/* The file that this core was loaded from. Never NULL, never freed. */
DEED_API const char *deed_core_path(void);

/* DEED_EDUPLICATE if a copy of the core was in the process before this one was loaded (two shared libraries, or one
 * linked statically into another file): handles of one are not handles of the other. The message names both files.
 * error [fills, may be NULL]. The verbs that make claims say the same. */
DEED_API DEED_NODISCARD enum deed_status deed_core_check(struct deed_error *error);

DEED_END_DECLS

#endif
