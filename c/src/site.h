/* SPDX-License-Identifier: BSD-3-Clause */
/* site.h - where claims are made: file names that outlive the code they came from. */
#ifndef DEED_SITE_H
#define DEED_SITE_H

#include "deed/base.h"
#include "deed/status.h"

/* So many different names of files, with so many bytes, are kept; whatever comes then is in DEED__MORE_FILES. */
#define DEED__FILES_AT_MOST 65536u
#define DEED__FILE_BYTES_AT_MOST (UINT32_C(16) << 20)
#define DEED__MORE_FILES "(more files)"

/* A site whose file, if it has one, is valid until the process ends. given [borrows, may be NULL]. kept [fills].
 * Errors: DEED_EINVAL (unknown language). */
enum deed_status deed__site_keep(const struct deed_site *given, struct deed_site *kept);

#endif
