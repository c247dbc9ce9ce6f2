/* SPDX-License-Identifier: BSD-3-Clause */
/* fail.h - how a verb fails: the status, and the error record for those who gave one. */
#ifndef DEED_FAIL_H
#define DEED_FAIL_H

#include "claim.h"
#include "compiler.h"
#include "deed/status.h"
#include "rules.h"

#if defined(__GNUC__)
#define DEED__PRINTF(format_index) __attribute__((format(printf, format_index, format_index + 1)))
#else
#define DEED__PRINTF(format_index)
#endif

/* Fill error [fills, may be NULL] with status and message, and return status. */
DEED__COLD enum deed_status deed__fail(struct deed_error *error, enum deed_status status, const char *format, ...)
    DEED__PRINTF(3);

/* A verb was given a handle that is not live. */
DEED__COLD enum deed_status deed__fail_handle(struct deed_error *error, enum deed_status status, enum deed__verb verb,
                                              struct deed_array array);

/* The table refuses a verb on a live claim: the message says why, and who else holds the block. */
DEED__COLD enum deed_status deed__fail_rule(struct deed_error *error, enum deed_status status, enum deed__verb verb,
                                            struct deed_array array, deed__block_ref block, enum deed_role role);

/* Memory that a verb would have deed free is lent: the message says who holds the loan. */
DEED__COLD enum deed_status deed__fail_lent(struct deed_error *error, enum deed_status status, enum deed__verb verb,
                                            deed__block_ref loan);

/* A layout, a pointer to memory or another argument of a verb is refused: the sentence of the status after the verb. */
DEED__COLD enum deed_status deed__fail_argument(struct deed_error *error, enum deed_status status, enum deed__verb verb,
                                                const char *what);

#endif
