/* SPDX-License-Identifier: BSD-3-Clause */
/* kernels.h - the native functions that every wrapper calls: the same machine code for all of them. They do next to
 * nothing, but for wave_step, so that what is measured is the way to them. None of them keeps a pointer. */
#ifndef DEED_BENCH_KERNELS_H
#define DEED_BENCH_KERNELS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* u [borrows]: nx by ny elements in Fortran order. */
void bench_touch(double *u, int64_t nx, int64_t ny);

/* u, v, w [borrow]: nx by ny elements each, in Fortran order. */
void bench_combine(double *u, const double *v, const double *w, int64_t nx, int64_t ny, double a, double b);

/* bits: the number of a handle of deed. A struct of one word goes where a word goes. */
void bench_handle(uint64_t bits);

/* One step of the linear shallow-water equations; kernels.f90 says more. All arrays [borrow]: nx by ny elements in
 * Fortran order. */
void wave_step(const int *nx, const int *ny, const double *dt, const double *h, const double *u, const double *v,
               double *h_next, double *u_next, double *v_next, const double *depth, const double *friction,
               const double *source, double *energy);

/* The addresses of the ten arrays that the last wave_step had. address [fills]: ten numbers. */
void wave_seen(int64_t *address);

#ifdef __cplusplus
}
#endif

#endif
