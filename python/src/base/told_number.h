/* SPDX-License-Identifier: BSD-3-Clause */
/* told_number.h - which object of Python has the claim whose number native code was told. A number that comes back
 * leads to that object, so that no two of them end one claim. Guarded by the GIL; nothing here can fail. */
#ifndef DEEDPY_TOLD_NUMBER_H
#define DEEDPY_TOLD_NUMBER_H

#include <deed/deed.h>

#include "base/numpy_api.h"

/* Part of the object that has the claim; zero before it is remembered. */
struct told_number {
  struct told_number *next; /* in the same bucket */
  PyObject *owner;          /* borrowed: whoever goes is forgotten */
  uint64_t bits;            /* 0: not remembered */
};

#define TOLD_NUMBERS 64

struct told_numbers {
  struct told_number *few[TOLD_NUMBERS]; /* the buckets, as long as there are no more */
  struct told_number **many;             /* or these; NULL: not yet */
  size_t bucket_count;                   /* of many; 0: not yet */
  size_t count;
};

/* The claim of owner has this number. Does nothing if that is known. */
void deedpy_told_add(struct told_numbers *numbers, struct told_number *told, PyObject *owner, struct deed_array claim);

/* The claim is no longer the owner's. */
void deedpy_told_forget(struct told_numbers *numbers, struct told_number *told);

/* Who has the claim of this number, borrowed; its count of references is 0 while it is going. NULL: nobody known. */
PyObject *deedpy_told_owner(const struct told_numbers *numbers, struct deed_array claim);

/* The module goes. */
void deedpy_told_free(struct told_numbers *numbers);

#endif
