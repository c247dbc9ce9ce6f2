/* SPDX-License-Identifier: BSD-3-Clause */
/* core.h - the identity of this core in the process. */
#ifndef DEED_CORE_H
#define DEED_CORE_H

#include <stdbool.h>

#include "deed/ledger.h" /* deed_core_check, deed_core_path, deed_version */

/* Was another copy of the core in the process before this one? */
bool deed__core_is_duplicate(void);

#endif
