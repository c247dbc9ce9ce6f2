! SPDX-License-Identifier: BSD-3-Clause
!> Verbs done many times as a Fortran program does them. What c_f_pointer makes is volatile, so that it is made each
!> time.
module fortran_verbs
  use, intrinsic :: iso_c_binding, only: c_f_pointer, c_int64_t, c_ptr
  use, intrinsic :: iso_fortran_env, only: real64
  use deed, only: deed_array, deed_lend, deed_pointer, deed_release
  implicit none
  private

  integer, parameter :: extent = 64

  real(real64), target, save :: field(extent, extent) = 0
  real(real64), pointer, volatile, save :: bare(:, :) => null()

contains

  subroutine bench_fortran_lend_and_release(calls) bind(C)
    integer(c_int64_t), value, intent(in) :: calls
    type(deed_array) :: h
    integer(c_int64_t) :: i

    do i = 1, calls
      call deed_lend(field, h)
      call deed_release(h)
    end do
  end subroutine bench_fortran_lend_and_release

  subroutine bench_fortran_lend_section_and_release(calls) bind(C)
    integer(c_int64_t), value, intent(in) :: calls
    type(deed_array) :: h
    integer(c_int64_t) :: i

    do i = 1, calls
      call deed_lend(field(11:20, 11:20), h)
      call deed_release(h)
    end do
  end subroutine bench_fortran_lend_section_and_release

  subroutine bench_fortran_deed_pointer_2(h, calls) bind(C)
    type(deed_array), value, intent(in) :: h
    integer(c_int64_t), value, intent(in) :: calls
    real(real64), pointer :: seen(:, :)
    integer(c_int64_t) :: i

    do i = 1, calls
      call deed_pointer(h, seen)
    end do
  end subroutine bench_fortran_deed_pointer_2

  subroutine bench_fortran_deed_pointer_1(h, calls) bind(C)
    type(deed_array), value, intent(in) :: h
    integer(c_int64_t), value, intent(in) :: calls
    real(real64), pointer :: seen(:)
    integer(c_int64_t) :: i

    do i = 1, calls
      call deed_pointer(h, seen)
    end do
  end subroutine bench_fortran_deed_pointer_1

  subroutine bench_fortran_c_f_pointer_2(data, calls) bind(C)
    type(c_ptr), value, intent(in) :: data
    integer(c_int64_t), value, intent(in) :: calls
    integer(c_int64_t) :: i

    do i = 1, calls
      call c_f_pointer(data, bare, [extent, extent])
    end do
  end subroutine bench_fortran_c_f_pointer_2

  subroutine bench_fortran_c_f_pointer_with_bounds(data, calls) bind(C)
    type(c_ptr), value, intent(in) :: data
    integer(c_int64_t), value, intent(in) :: calls
    real(real64), pointer :: seen(:, :)
    integer(c_int64_t) :: i

    do i = 1, calls
      call c_f_pointer(data, seen, [extent, extent])
      bare(-1:, -1:) => seen
    end do
  end subroutine bench_fortran_c_f_pointer_with_bounds
end module fortran_verbs
