/* SPDX-License-Identifier: BSD-3-Clause */
/* c_holder.h - the C side of the Fortran tests: a holder that keeps a share. */
#ifndef DEED_TESTS_C_HOLDER_H
#define DEED_TESTS_C_HOLDER_H

#include <deed/deed.h>

/* Share an array as C, through the handle by value, and keep it until c_holder_give_back. */
enum deed_status c_holder_keep(struct deed_array array);

/* The lower bound of what is kept, dimension counted from 0. */
int64_t c_holder_lower(int dimension);

/* The handle of what is kept, by value. */
struct deed_array c_holder_handle(void);

enum deed_status c_holder_give_back(void);

/* Keep three doubles that were allocated here but are adopted as those of some Fortran compiler. */
enum deed_status c_holder_keep_as_fortran(void);

/* Keep an array of doubles of shape (0, 3) that has no address. */
enum deed_status c_holder_keep_nothing(void);

/* Call a bind(C) procedure of Fortran with a handle by value, as struct and as plain 64 bits, among other arguments. */
int64_t c_holder_call_with_struct(struct deed_array array);
int64_t c_holder_call_with_bits(uint64_t bits);

#endif
