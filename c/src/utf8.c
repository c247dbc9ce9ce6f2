/* SPDX-License-Identifier: BSD-3-Clause */
#include "utf8.h"

#include <stdbool.h>
#include <stdint.h>

#define LAST_CONTROL 0x9fu
#define LAST_CHARACTER 0x10ffffu

static size_t bytes_announced(unsigned char first) {
  if (first < 0xc2 || first > 0xf4) return 0;
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

/* The last number that fewer bytes hold, or that is a control character. */
static uint32_t too_small(size_t bytes) { return bytes == 2 ? LAST_CONTROL : bytes == 3 ? 0x7ff : 0xffff; }

size_t deed__character_bytes(const char *text) {
  const unsigned char *byte = (const unsigned char *)text;
  if (byte[0] < 0x80) return byte[0] >= 0x20 && byte[0] != 0x7f;
  size_t bytes = bytes_announced(byte[0]);
  uint32_t number = byte[0] & (0x7fu >> bytes);
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte[i] & 0xc0) != 0x80) return 0;
    number = number << 6 | (byte[i] & 0x3fu);
  }
  bool is_surrogate = number >= 0xd800 && number <= 0xdfff;
  return number <= too_small(bytes) || number > LAST_CHARACTER || is_surrogate ? 0 : bytes;
}
