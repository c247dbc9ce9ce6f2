/* SPDX-License-Identifier: BSD-3-Clause */
/* utf8.h - what may stand in a name or a message: printable characters of UTF-8. */
#ifndef DEED_UTF8_H
#define DEED_UTF8_H

#include <stddef.h>

/* Bytes of the character at text [borrows, ends with NUL]; 0 if there is none or it is a control character, of ASCII
 * (C0, DEL) or beyond (C1: terminals obey U+009B as they obey ESC [). Overlong forms, surrogates and numbers beyond
 * U+10FFFF are no characters (RFC 3629). */
size_t deed__character_bytes(const char *text);

#endif
