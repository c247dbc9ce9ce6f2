/* SPDX-License-Identifier: BSD-3-Clause */
/* deed.h - the C interface of deed: an array that knows who must free it, shared by Fortran, C, C++ and Python without
 * copying. The headers are the specification: what they do not say is not promised.
 *
 * Every pointer parameter carries one word. [borrows]: used during the call only, unless a longer time is given.
 * [takes on success]: belongs to deed when the call returns DEED_OK, stays the caller's otherwise. [fills]: memory of
 * the caller's, written on success. [returns owned]: what is filled in must be released by the caller. [captured]: kept
 * by deed.
 *
 * deed never prints, exits or aborts, and needs nothing but the C library. */
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
