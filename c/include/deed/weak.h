/* SPDX-License-Identifier: BSD-3-Clause */
/* weak.h - weak handles: to remember an array without keeping it alive.
 *
 * A weak handle is a value. It is no claim, owns nothing and needs no release; it may be copied and forgotten at will.
 * It remembers which elements of which block a claim showed, and an upgrade makes a new claim on them if the block
 * still lives, whoever holds it by then. So a cache, an observer, or one half of a pair that points at each other can
 * say what it means without a claim that nobody would end. The names and errors of array.h's opening apply. Any thread,
 * any time. */
#ifndef DEED_WEAK_H
#define DEED_WEAK_H

#include "deed/array.h"

DEED_BEGIN_DECLS

/* Frozen. What a claim showed. All bytes zero is no weak handle. It means something in the process that made it and in
 * that process's forks; the fields are checked again at every upgrade, so a damaged one is refused, not followed. */
struct deed_weak {
  uint64_t block;    /* generation << 32 | slot of the block */
  void *data;        /* the first element; not to be used before an upgrade */
  uint32_t rights;   /* DEED_READ | DEED_WRITE, as the claim had them */
  uint32_t reserved; /* 0 */
  struct deed_layout layout;
};

/* Remember what this claim shows. array: title or share, unchanged. weak [fills].
 * Errors: those of every function that takes a handle; DEED_EINVAL (weak NULL). */
DEED_API DEED_NODISCARD enum deed_status deed_weak_of(struct deed_array array, struct deed_weak *weak);

/* Make a claim from a weak handle, role share, to be released by the caller; or fail when the block has ended. weak
 * [borrows], unchanged. rights: a part of those remembered; 0 asks for all of them. site [borrows, may be NULL]. array
 * [fills]. An upgrade that runs against the release of the last claim either comes first, and keeps the block, or gets
 * DEED_ESTALE.
 * Errors in order: DEED_EINVAL (weak or array NULL, unknown rights), DEED_EHANDLE (no weak handle of this
 * process, no rights, reserved not 0),
 * DEED_ESTALE (the block has ended), those of deed_layout_check, DEED_EBOUNDS (not elements of the block),
 * DEED_ERIGHTS.
 */
DEED_API DEED_NODISCARD enum deed_status deed_upgrade(const struct deed_weak *weak, uint32_t rights,
                                                      const struct deed_site *site, struct deed_array *array,
                                                      struct deed_error *error);

/* 1 if the block of this weak handle lives, else 0, also for NULL. Another thread may end it at once: to use the array,
 * upgrade. */
DEED_API int deed_weak_is_live(const struct deed_weak *weak);

DEED_END_DECLS

#endif
