! SPDX-License-Identifier: BSD-3-Clause
!> Procedures that know nothing of deed, one for each kind of dummy argument.
module procedures
  use, intrinsic :: iso_c_binding
  implicit none
  private
  public :: scale_all, weigh, point_lower, make_array, bump, add_values, fill_explicit, is_there, rank_of
  public :: negate, conjugate, make_cube, sum_deep, sum_when_told
  public :: halve_long, conjugate_long

contains

  subroutine scale_all(u, factor) bind(C)
    real(c_double), intent(inout) :: u(:, :)
    real(c_double), value :: factor
    u = u*factor
  end subroutine scale_all

  !> Every element by its place, so that another order of elements gives another sum.
  real(c_double) function weigh(u) bind(C)
    real(c_double), intent(in) :: u(:, :)
    integer :: i, j
    weigh = 0
    do j = 1, size(u, 2)
      do i = 1, size(u, 1)
        weigh = weigh + u(i, j)*(i + 100*j)
      end do
    end do
  end function weigh

  integer(c_int) function point_lower(p) bind(C)
    real(c_double), pointer, intent(in) :: p(:)
    point_lower = lbound(p, 1)
    p(lbound(p, 1)) = 42
  end function point_lower

  subroutine make_array(n, a) bind(C)
    integer(c_int), value :: n
    real(c_double), allocatable, intent(out) :: a(:)
    integer :: k
    if (n < 0) return
    allocate (a(-1:n - 2))
    do k = 1, n
      a(k - 2) = k
    end do
  end subroutine make_array

  subroutine make_cube(a) bind(C)
    integer(c_int32_t), allocatable, intent(out) :: a(:, :, :)
    allocate (a(2, 0:2, -3:0))
    a = 7
  end subroutine make_cube

  subroutine bump(n, x, total) bind(C)
    integer(c_int), intent(inout) :: n
    real(c_double), intent(in) :: x
    real(c_double), intent(out) :: total
    n = n + 1
    total = n + x
  end subroutine bump

  real(c_double) function add_values(a, b, c) bind(C)
    integer(c_int64_t), value :: a
    real(c_float), value :: b
    complex(c_double_complex), value :: c
    add_values = real(a, c_double) + b + real(c) + 10*aimag(c)
  end function add_values

  subroutine fill_explicit(nx, ny, u) bind(C)
    integer(c_int32_t), intent(in) :: nx
    integer(c_int64_t), value :: ny
    real(c_double), intent(out) :: u(nx, ny)
    integer :: i, j
    do j = 1, int(ny)
      do i = 1, nx
        u(i, j) = i + 10*j
      end do
    end do
  end subroutine fill_explicit

  integer(c_int) function is_there(a, n) bind(C)
    real(c_double), intent(in), optional :: a(:)
    integer(c_int), intent(in), optional :: n
    is_there = 0
    if (present(a)) is_there = is_there + size(a)
    if (present(n)) is_there = is_there + 1000*n
  end function is_there

  integer(c_int) function rank_of(a) bind(C)
    real(c_double), intent(in) :: a(..)
    rank_of = rank(a)
  end function rank_of

  subroutine negate(flag) bind(C)
    logical(c_bool), intent(inout) :: flag
    flag = .not. flag
  end subroutine negate

  subroutine conjugate(z) bind(C)
    complex(c_float_complex), intent(inout) :: z(:)
    z = conjg(z)
  end subroutine conjugate

  subroutine halve_long(u) bind(C)
    real(c_long_double), intent(inout) :: u(:, :)
    u = u/2
  end subroutine halve_long

  subroutine conjugate_long(z) bind(C)
    complex(c_long_double_complex), intent(inout) :: z(:)
    z = conjg(z)
  end subroutine conjugate_long

  real(c_double) function sum_deep(a) bind(C)
    real(c_double), intent(in) :: a(:, :, :, :, :, :, :, :, :, :, :, :, :, :, :)
    sum_deep = sum(a)
  end function sum_deep

  !> The sum of the elements that are there when another thread has answered flag 1 with 2.
  real(c_double) function sum_when_told(u, flag) bind(C)
    real(c_double), intent(in) :: u(:)
    integer(c_int), volatile, intent(inout) :: flag
    flag = 1
    do while (flag /= 2)
    end do
    sum_when_told = sum(u)
  end function sum_when_told

end module procedures
