! SPDX-License-Identifier: BSD-3-Clause
!> Procedures that allocate, deallocate and move what they are given.
module allocatables
  use, intrinsic :: iso_c_binding, only: c_double, c_int
  implicit none
  private
  public :: resize, exchange, double_each, give_twice

contains

  !> As long as n says, from lower bound 0, with the old values as far as they go; not allocated if n is negative.
  subroutine resize(a, n) bind(C)
    real(c_double), allocatable, intent(inout) :: a(:)
    integer(c_int), value :: n
    real(c_double), allocatable :: other(:)
    integer :: kept
    if (n >= 0) then
      allocate (other(0:n - 1), source=0.0_c_double)
      if (allocated(a)) then
        kept = min(n, size(a))
        other(:kept - 1) = a(lbound(a, 1):lbound(a, 1) + kept - 1)
      end if
    end if
    call move_alloc(other, a)
  end subroutine resize

  subroutine exchange(a, b) bind(C)
    real(c_double), allocatable, intent(inout) :: a(:), b(:)
    real(c_double), allocatable :: c(:)
    call move_alloc(a, c)
    call move_alloc(b, a)
    call move_alloc(c, b)
  end subroutine exchange

  !> Leaves a where it is. Returns its lower bound.
  integer(c_int) function double_each(a) bind(C)
    real(c_double), allocatable, intent(inout) :: a(:)
    double_each = 0
    if (.not. allocated(a)) return
    double_each = lbound(a, 1)
    a(:) = 2*a
  end function double_each

  !> The result and two arrays.
  integer(c_int) function give_twice(a, n, b) bind(C)
    real(c_double), allocatable, intent(out) :: a(:), b(:)
    integer(c_int), intent(out) :: n
    n = 3
    allocate (a(n), b(2*n), source=1.0_c_double)
    give_twice = size(a) + size(b)
  end function give_twice

end module allocatables
