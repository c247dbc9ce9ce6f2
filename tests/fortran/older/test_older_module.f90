! SPDX-License-Identifier: BSD-3-Clause
!> A core with more fields than the module fills those that the module has, and writes nothing behind them.
module older_module_tests
  use, intrinsic :: iso_c_binding, only: c_int64_t, c_sizeof
  use, intrinsic :: iso_fortran_env, only: int64, real64
  use check, only: equal, expect, run
  use deed
  implicit none
  private

  public :: run_all

  integer(c_int64_t), parameter :: untouched = 77

  type, bind(C) :: guarded_descriptor
    type(deed_descriptor) :: inner
    integer(c_int64_t) :: guard(8) = untouched
  end type guarded_descriptor

  type, bind(C) :: guarded_counts
    type(deed_counts) :: inner
    integer(c_int64_t) :: guard(8) = untouched
  end type guarded_counts

contains

  subroutine run_all()
    call run("descriptor", descriptor)
    call run("counts", counts)
    call run("verbs", verbs)
  end subroutine run_all

  subroutine descriptor()
    type(guarded_descriptor) :: d
    type(deed_array) :: h

    call deed_alloc(h, deed_real64, [4, 3], lower=[-1, 0])
    call deed_describe(h, d%inner)
    call equal(int(d%inner%size_bytes, int64), int(c_sizeof(d%inner), int64), "bytes that were filled")
    call equal(d%inner%layout%dim(1:2)%extent, [4_int64, 3_int64], "extents")
    call equal(d%inner%layout%dim(1:2)%lower, [-1_int64, 0_int64], "lower bounds")
    call equal(d%inner%claim_count, 1_int64, "claims")
    call expect(all(d%guard == untouched), "nothing is written behind it")
    call deed_release(h)
  end subroutine descriptor

  subroutine counts()
    type(guarded_counts) :: c
    type(deed_array) :: h

    call deed_alloc(h, deed_real64, [2])
    call deed_count(c%inner)
    call equal(c%inner%live_claims, 1_int64, "claims")
    call equal(c%inner%copies, 0_int64, "the last that it has")
    call expect(all(c%guard == untouched), "nothing is written behind it")
    call deed_release(h)
  end subroutine counts

  subroutine verbs()
    real(real64), allocatable :: a(:, :)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h
    type(deed_array) :: row

    nullify(p)
    allocate(a(0:2, 2), source=1.5_real64)
    call deed_take(a, h)
    call deed_pointer(h, p)
    call equal(sum(p), 9.0_real64, "sum")
    call deed_view_plane(h, row, 1, 0)
    call equal(deed_shape(row), [2_int64], "shape of a view")
    call deed_release(row)
    call deed_reclaim(h, a)
    call equal(lbound(a), [0, 1], "lower bounds")
  end subroutine verbs
end module older_module_tests

program test_older_module
  use check, only: finish
  use older_module_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_older_module
