/* SPDX-License-Identifier: BSD-3-Clause */
/* deed.h - the C interface of deed: an array that knows who must free it, shared by Fortran, C, C++ and Python without
 * copying. The headers are the specification: what they do not say is not promised.
 *
 * Every pointer parameter carries one word. [borrows]: used during the call only, unless a longer time is given.
 * [takes on success]: belongs to deed when the call returns DEED_OK, stays the caller's otherwise. [fills]: memory of
 * the caller's, written on success. [returns owned]: what is filled in must be released by the caller. [captured]: kept
 * by deed.
 *
 * Every public struct carries one of two words. Frozen: its size never changes. Grows: new fields come at its end, and
 * its size, as the caller was compiled with it, goes wherever the struct goes. The core fills the smaller of that and
 * its own size; fields that only the caller knows are then 0. So a program works with a core that is older or newer
 * than its headers.
 *
 * deed never prints, exits or aborts, and needs nothing but the C library.
 *
 * A first program (array.h says what a block, a title and a share are):
 *
 *     #include <deed/deed.h>
 *     #include <stdio.h>
 *
 *     int main(void) {
 *       struct deed_array mine = DEED_ARRAY_NONE, found = DEED_ARRAY_NONE;
 *       struct deed_layout layout;
 *       const int64_t shape[] = {3, 4};
 *       enum deed_status status = deed_layout_contiguous(DEED_REAL64, 0, 2, shape, NULL, DEED_ORDER_C, &layout);
 *       if (status == DEED_OK) status = deed_alloc(&layout, DEED_ZEROED, DEED_HERE, &mine, NULL);
 *       if (status == DEED_OK) status = deed_publish(mine, "heat/u", NULL);
 *       if (status == DEED_OK) status = deed_lookup("heat/u", DEED_READ, DEED_HERE, &found, NULL);
 *       if (status == DEED_OK) status = deed_release(found, NULL);
 *       if (mine.bits && deed_release(mine, NULL) != DEED_OK) return 1;
 *       if (status != DEED_OK) fprintf(stderr, "%s\n", deed_status_text(status));
 *       return status != DEED_OK;
 *     }
 */
#ifndef DEED_H
#define DEED_H

#include "deed/array.h"
#include "deed/base.h"
#include "deed/dtype.h"
#include "deed/layout.h"
#include "deed/ledger.h"
#include "deed/registry.h"
#include "deed/status.h"
#include "deed/version.h"
#include "deed/weak.h"

#endif
