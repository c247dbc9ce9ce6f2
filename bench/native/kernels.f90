! SPDX-License-Identifier: BSD-3-Clause
!> The same loops on ALLOCATABLE arrays and on memory of deed: a triad of vectors of `m*m` elements, and a stencil of
!> five points on `m` by `m`.
module kernels
  use, intrinsic :: iso_c_binding, only: c_int64_t
  use, intrinsic :: iso_fortran_env, only: real64
  use loops, only: stencil, triad
  use deed, only: deed_alloc, deed_array, deed_pointer, deed_real64, deed_release
  implicit none
  private

  real(real64), allocatable, save :: a(:), b(:), c(:), u(:, :), v(:, :)
  type(deed_array), save :: handles(5)
  real(real64), pointer, save :: deed_a(:), deed_b(:), deed_c(:), deed_u(:, :), deed_v(:, :)

contains

  subroutine bench_fortran_kernels_begin(m) bind(C)
    integer(c_int64_t), value, intent(in) :: m
    integer :: i

    allocate (a(m*m), b(m*m), c(m*m), u(m, m), v(m, m))
    do i = 1, 3
      call deed_alloc(handles(i), deed_real64, [m*m])
    end do
    do i = 4, 5
      call deed_alloc(handles(i), deed_real64, [m, m])
    end do
    call deed_pointer(handles(1), deed_a)
    call deed_pointer(handles(2), deed_b)
    call deed_pointer(handles(3), deed_c)
    call deed_pointer(handles(4), deed_u)
    call deed_pointer(handles(5), deed_v)
    call fill(a, b, c, u, v)
    call fill(deed_a, deed_b, deed_c, deed_u, deed_v)
  end subroutine bench_fortran_kernels_begin

  subroutine bench_fortran_kernels_end() bind(C)
    integer :: i

    deallocate (a, b, c, u, v)
    do i = 1, size(handles)
      call deed_release(handles(i))
    end do
  end subroutine bench_fortran_kernels_end

  subroutine fill(x, y, z, p, q)
    real(real64), intent(out) :: x(:), y(:), z(:), p(:, :), q(:, :)

    x = 1
    y = 2
    z = 3
    p = 4
    q = 5
  end subroutine fill

  subroutine bench_fortran_triad_allocatable(calls) bind(C)
    integer(c_int64_t), value, intent(in) :: calls
    integer(c_int64_t) :: call_number

    do call_number = 1, calls
      call triad(a, b, c)
    end do
  end subroutine bench_fortran_triad_allocatable

  subroutine bench_fortran_triad_deed(calls) bind(C)
    integer(c_int64_t), value, intent(in) :: calls
    integer(c_int64_t) :: call_number

    do call_number = 1, calls
      call triad(deed_a, deed_b, deed_c)
    end do
  end subroutine bench_fortran_triad_deed

  subroutine bench_fortran_stencil_allocatable(calls) bind(C)
    integer(c_int64_t), value, intent(in) :: calls
    integer(c_int64_t) :: call_number

    do call_number = 1, calls
      call stencil(u, v)
    end do
  end subroutine bench_fortran_stencil_allocatable

  subroutine bench_fortran_stencil_deed(calls) bind(C)
    integer(c_int64_t), value, intent(in) :: calls
    integer(c_int64_t) :: call_number

    do call_number = 1, calls
      call stencil(deed_u, deed_v)
    end do
  end subroutine bench_fortran_stencil_deed
end module kernels
