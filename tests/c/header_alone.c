/* SPDX-License-Identifier: BSD-3-Clause */
/* header_alone.c - what follows a public header that is compiled alone: C wants a declaration in every file. */
typedef int not_empty;
