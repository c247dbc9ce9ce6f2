/* SPDX-License-Identifier: BSD-3-Clause */
/* fortran_verbs.h - the procedures of fortran_verbs.f90: verbs done many times by a Fortran program. */
#ifndef DEED_BENCH_FORTRAN_VERBS_H
#define DEED_BENCH_FORTRAN_VERBS_H

#include "deed/array.h"

DEED_BEGIN_DECLS

/* Lend a 64 by 64 array and release it. */
void bench_fortran_lend_and_release(int64_t calls);
/* The same with an array of 10 by 10 in the middle of it. */
void bench_fortran_lend_section_and_release(int64_t calls);
/* Point at an array of doubles of rank 2, or 1. */
void bench_fortran_deed_pointer_2(struct deed_array array, int64_t calls);
void bench_fortran_deed_pointer_1(struct deed_array array, int64_t calls);
/* Point at this memory as an array of 64 by 64 doubles with c_f_pointer. */
void bench_fortran_c_f_pointer_2(void *data, int64_t calls);
/* The same, with lower bounds of -1, which c_f_pointer cannot give itself. */
void bench_fortran_c_f_pointer_with_bounds(void *data, int64_t calls);

DEED_END_DECLS

#endif
