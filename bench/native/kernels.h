/* SPDX-License-Identifier: BSD-3-Clause */
/* kernels.h - the procedures of kernels.f90: loops over arrays of Fortran and of deed. */
#ifndef DEED_BENCH_KERNELS_H
#define DEED_BENCH_KERNELS_H

#include "deed/base.h"

DEED_BEGIN_DECLS

/* Make the arrays: vectors of m*m doubles and squares of m by m. To be ended before it is begun again. */
void bench_fortran_kernels_begin(int64_t m);
void bench_fortran_kernels_end(void);
void bench_fortran_triad_allocatable(int64_t calls);
void bench_fortran_triad_deed(int64_t calls);
void bench_fortran_stencil_allocatable(int64_t calls);
void bench_fortran_stencil_deed(int64_t calls);

DEED_END_DECLS

#endif
