/* SPDX-License-Identifier: BSD-3-Clause */
/* checked.h - 64-bit arithmetic that notices overflow. Each function stores the result, wrapped around when it does not
 * fit, and returns whether it fits. */
#ifndef DEED_CHECKED_H
#define DEED_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

#if defined(__GNUC__)
static inline bool deed__add(int64_t a, int64_t b, int64_t *sum) { return !__builtin_add_overflow(a, b, sum); }

static inline bool deed__subtract(int64_t a, int64_t b, int64_t *difference) {
  return !__builtin_sub_overflow(a, b, difference);
}

static inline bool deed__multiply(int64_t a, int64_t b, int64_t *product) {
  return !__builtin_mul_overflow(a, b, product);
}
#else
static inline bool deed__add(int64_t a, int64_t b, int64_t *sum) {
  *sum = (int64_t)((uint64_t)a + (uint64_t)b);
  return b > 0 ? a <= INT64_MAX - b : a >= INT64_MIN - b;
}

static inline bool deed__subtract(int64_t a, int64_t b, int64_t *difference) {
  *difference = (int64_t)((uint64_t)a - (uint64_t)b);
  return b < 0 ? a <= INT64_MAX + b : a >= INT64_MIN + b;
}

static inline bool deed__multiply(int64_t a, int64_t b, int64_t *product) {
  *product = (int64_t)((uint64_t)a * (uint64_t)b);
  if (a == 0 || b == 0) return true;
  if (a > 0) return b > 0 ? a <= INT64_MAX / b : b >= INT64_MIN / a;
  return b > 0 ? a >= INT64_MIN / b : b >= INT64_MAX / a;
}
#endif

#endif
