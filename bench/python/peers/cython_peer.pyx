# SPDX-License-Identifier: BSD-3-Clause
# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""What Cython's documentation says to write for the same: typed memoryviews."""

from libc.stdint cimport int64_t

cdef extern from "kernels.h" nogil:
    void bench_touch(double *u, int64_t nx, int64_t ny)
    void bench_combine(double *u, const double *v, const double *w, int64_t nx, int64_t ny, double a, double b)
    void wave_step(const int *nx, const int *ny, const double *dt, const double *h, const double *u, const double *v,
                   double *h_next, double *u_next, double *v_next, const double *depth, const double *friction,
                   const double *source, double *energy)


def touch(double[::1, :] u):
    bench_touch(&u[0, 0], u.shape[0], u.shape[1])


def combine(double[::1, :] u, const double[::1, :] v, const double[::1, :] w, double a, double b):
    bench_combine(&u[0, 0], &v[0, 0], &w[0, 0], u.shape[0], u.shape[1], a, b)


def step(double dt, const double[::1, :] h, const double[::1, :] u, const double[::1, :] v, double[::1, :] h_next,
         double[::1, :] u_next, double[::1, :] v_next, const double[::1, :] depth, const double[::1, :] friction,
         const double[::1, :] source, double[::1, :] energy):
    cdef int nx = <int>h.shape[0]
    cdef int ny = <int>h.shape[1]
    wave_step(&nx, &ny, &dt, &h[0, 0], &u[0, 0], &v[0, 0], &h_next[0, 0], &u_next[0, 0], &v_next[0, 0], &depth[0, 0],
              &friction[0, 0], &source[0, 0], &energy[0, 0])
