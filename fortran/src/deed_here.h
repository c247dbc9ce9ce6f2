/* SPDX-License-Identifier: BSD-3-Clause */
/* deed_here.h - for preprocessed Fortran files: call deed_take(a, h, DEED_HERE) records where the claim was made. */
#define DEED_HERE file = __FILE__, line = __LINE__
