/* SPDX-License-Identifier: BSD-3-Clause */
/* copy.h - how often elements were copied. */
#ifndef DEED_COPY_H
#define DEED_COPY_H

#include <stdint.h>

int64_t deed__copy_count(void);

#endif
