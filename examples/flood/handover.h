/* SPDX-License-Identifier: BSD-3-Clause */
/* handover.h - what one handover between two languages did. */
#ifndef FLOOD_HANDOVER_H
#define FLOOD_HANDOVER_H

#include <stdint.h>

/* Equal addresses of the first element: nothing was copied. */
struct flood_handover {
  int64_t size_bytes;
  int64_t address_before;
  int64_t address_after;
  double seconds;
};

#endif
