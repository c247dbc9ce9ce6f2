! SPDX-License-Identifier: BSD-3-Clause
!> Procedures whose pointers leave them pointing somewhere.
module pointers
  use, intrinsic :: iso_c_binding
  implicit none
  private
  public :: point_at_grid, point_at_weights, point_at_corner, point_into, point_and_allocate, point_at_new, grid_value

  type, bind(C) :: particle
    real(c_double) :: weight
    integer(c_int) :: number
  end type particle

  real(c_double), target, save :: grid(0:3, -1:4)
  type(particle), target, save :: particles(5)

contains

  !> 0: nothing; 1: all with its bounds; 2: strides, one of them negative; 3: no element.
  subroutine point_at_grid(which, p) bind(C)
    integer(c_int), value :: which
    real(c_double), pointer, intent(out) :: p(:, :)
    integer :: i, j
    do j = -1, 4
      do i = 0, 3
        grid(i, j) = i + 10*j
      end do
    end do
    nullify (p)
    if (which == 1) p(0:, -1:) => grid
    if (which == 2) p => grid(3:0:-2, ::3)
    if (which == 3) p => grid(2:1, :)
  end subroutine point_at_grid

  real(c_double) function grid_value(i, j) bind(C)
    integer(c_int), value :: i, j
    grid_value = grid(i, j)
  end function grid_value

  !> A component: its stride is the size of a particle.
  integer(c_int) function point_at_weights(p) bind(C)
    real(c_double), pointer, intent(out) :: p(:)
    integer :: k
    do k = 1, 5
      particles(k) = particle(k/2.0_c_double, -k)
    end do
    p(-2:) => particles%weight
    point_at_weights = size(p)
  end function point_at_weights

  subroutine point_at_corner(p) bind(C)
    real(c_double), pointer, intent(out) :: p
    p => grid(3, 4)
  end subroutine point_at_corner

  !> Two parts of what was given.
  subroutine point_into(u, odd, even) bind(C)
    real(c_double), target, intent(inout) :: u(:)
    real(c_double), pointer, intent(out) :: odd(:), even(:)
    odd => u(1::2)
    even => u(2::2)
  end subroutine point_into

  !> A part of what is allocated in the call.
  subroutine point_and_allocate(n, p, a) bind(C)
    integer(c_int), value :: n
    real(c_double), pointer, intent(out) :: p(:)
    real(c_double), allocatable, target, intent(inout) :: a(:)
    integer :: k
    if (allocated(a)) deallocate (a)
    allocate (a(n))
    a = [(k, k=1, n)]
    p => a(2:)
  end subroutine point_and_allocate

  subroutine point_at_new(n, p) bind(C)
    integer(c_int), value :: n
    integer(c_int32_t), pointer, intent(out) :: p(:)
    integer :: k
    allocate (p(n))
    p = [(k*k, k=1, n)]
  end subroutine point_at_new

end module pointers
