/* SPDX-License-Identifier: BSD-3-Clause */
/* told_number.c - which object of Python has the claim whose number native code was told: a table of buckets, which
 * grows with what is in it. Where there is no memory for more buckets the chains grow instead. */
#include "base/told_number.h"

/* The lower half of a handle is the number of its record: neighbours are in neighbouring buckets. */
static struct told_number **bucket_of(struct told_number **buckets, size_t count, uint64_t bits) {
  return &buckets[(uint32_t)bits % count];
}

static struct told_number **bucket_in(const struct told_numbers *numbers, uint64_t bits) {
  struct told_number **few = (struct told_number **)numbers->few;
  size_t count = numbers->bucket_count;
  return count > 0 ? bucket_of(numbers->many, count, bits) : bucket_of(few, TOLD_NUMBERS, bits);
}

static void link_to(struct told_number **bucket, struct told_number *told) {
  told->next = *bucket;
  *bucket = told;
}

static void move_all(struct told_number *chain, struct told_number **buckets, size_t count) {
  while (chain) {
    struct told_number *next = chain->next;
    link_to(bucket_of(buckets, count, chain->bits), chain);
    chain = next;
  }
}

static void grow(struct told_numbers *numbers) {
  size_t before = numbers->bucket_count > 0 ? numbers->bucket_count : TOLD_NUMBERS;
  if (numbers->count < 2 * before) return;
  size_t count = 4 * before;
  struct told_number **buckets = PyMem_Calloc(count, sizeof(struct told_number *));
  if (!buckets) return;
  struct told_number **old = numbers->many ? numbers->many : numbers->few;
  for (size_t k = 0; k < before; ++k) move_all(old[k], buckets, count);
  PyMem_Free(numbers->many);
  numbers->many = buckets;
  numbers->bucket_count = count;
}

void deedpy_told_add(struct told_numbers *numbers, struct told_number *told, PyObject *owner, struct deed_array claim) {
  if (told->bits == claim.bits) return;
  deedpy_told_forget(numbers, told);
  grow(numbers);
  told->owner = owner;
  told->bits = claim.bits;
  link_to(bucket_in(numbers, claim.bits), told);
  numbers->count += 1;
}

void deedpy_told_forget(struct told_numbers *numbers, struct told_number *told) {
  if (told->bits == 0) return;
  struct told_number **link = bucket_in(numbers, told->bits);
  while (*link != told) link = &(*link)->next;
  *link = told->next;
  told->bits = 0;
  numbers->count -= 1;
}

PyObject *deedpy_told_owner(const struct told_numbers *numbers, struct deed_array claim) {
  const struct told_number *told = *bucket_in(numbers, claim.bits);
  while (told && told->bits != claim.bits) told = told->next;
  return told ? told->owner : NULL;
}

void deedpy_told_free(struct told_numbers *numbers) {
  PyMem_Free(numbers->many);
  numbers->many = NULL;
  numbers->bucket_count = 0;
}
