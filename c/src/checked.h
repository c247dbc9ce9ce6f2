/* SPDX-License-Identifier: BSD-3-Clause */
/* checked.h - 64-bit arithmetic that notices overflow. Each function returns false, and stores nothing, when the result
 * does not fit. */
#ifndef DEED_CHECKED_H
#define DEED_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

static inline bool deed__add(int64_t a, int64_t b, int64_t *sum) {
  if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b) return false;
  *sum = a + b;
  return true;
}

static inline bool deed__subtract(int64_t a, int64_t b, int64_t *difference) {
  if (b < 0 ? a > INT64_MAX + b : a < INT64_MIN + b) return false;
  *difference = a - b;
  return true;
}

static inline bool deed__multiply(int64_t a, int64_t b, int64_t *product) {
#if defined(__GNUC__)
  int64_t result;
  if (__builtin_mul_overflow(a, b, &result)) return false;
  *product = result;
  return true;
#else
  if (a > 0 ? (b > 0 ? a > INT64_MAX / b : b < INT64_MIN / a)
            : (b > 0 ? a < INT64_MIN / b : a != 0 && b < INT64_MAX / a)) {
    return false;
  }
  *product = a * b;
  return true;
#endif
}

#endif
