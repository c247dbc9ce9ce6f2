/* SPDX-License-Identifier: BSD-3-Clause */
/* holders.h - the claims on a block. */
#ifndef DEED_HOLDERS_H
#define DEED_HOLDERS_H

#include "claim.h"
#include "deed/array.h"

/* The claims on a block except the one of without (bits 0: all of them), the title first. holders [fills]: up to
 * capacity of them. Returns how many there are. Reads every claim record. */
int32_t deed__holders_of(deed__block_ref block, struct deed_array without, struct deed_holder *holders,
                         int32_t capacity);

#endif
