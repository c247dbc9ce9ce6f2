/* SPDX-License-Identifier: BSD-3-Clause */
#include <deed/deed.h>

/* Sizes and offsets of the public structs, numbered as in test_abi.f90; -1 past the last. */
int64_t c_abi(int what);

int64_t c_abi(int what) {
  const size_t facts[] = {
      sizeof(struct deed_array),
      sizeof(struct deed_layout),
      offsetof(struct deed_layout, element_size_bytes),
      offsetof(struct deed_layout, dim),
      offsetof(struct deed_layout, dim[1].extent),
      offsetof(struct deed_layout, dim[1].stride_bytes),
      sizeof(struct deed_descriptor),
      offsetof(struct deed_descriptor, data),
      offsetof(struct deed_descriptor, layout),
      offsetof(struct deed_descriptor, origin),
      offsetof(struct deed_descriptor, published),
      offsetof(struct deed_descriptor, block_data),
      offsetof(struct deed_descriptor, claim_count),
      offsetof(struct deed_descriptor, device_sync),
      sizeof(struct deed_counts),
      offsetof(struct deed_counts, copies),
      offsetof(struct deed_counts, abandoned),
      sizeof(struct deed_weak),
      offsetof(struct deed_weak, data),
      offsetof(struct deed_weak, rights),
      offsetof(struct deed_weak, layout),
  };
  return what >= 0 && what < (int)(sizeof facts / sizeof *facts) ? (int64_t)facts[what] : -1;
}
