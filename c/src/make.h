/* SPDX-License-Identifier: BSD-3-Clause */
/* make.h - a new block and its first claim, for every verb that makes one. */
#ifndef DEED_MAKE_H
#define DEED_MAKE_H

#include "block.h"
#include "deed/array.h"
#include "layout_survey.h"
#include "rules.h"

/* What is made: the block as its verb knows it (origin, copy_reason, rights; of memory from outside data, release,
 * context), and the layout of the first claim [borrows], which has all the rights of the block. */
struct deed__making {
  enum deed__verb verb;
  bool allocates; /* with deed's allocator */
  bool zeroed;
  const struct deed_layout *layout;
  struct deed__hull hull; /* of the layout */
  struct deed__block block;
};

/* Make the block and its title. making: the rest of its block is filled. site [borrows, may be NULL]. array [fills].
 * Errors: DEED_EDUPLICATE, DEED_EINVAL (site), DEED_ENOMEM, DEED_EFULL. On failure memory from outside stays the
 * caller's. */
enum deed_status deed__make(struct deed__making *making, const struct deed_site *site, struct deed_array *array,
                            struct deed_error *error);

#endif
