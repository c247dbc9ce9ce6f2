! SPDX-License-Identifier: BSD-3-Clause
!> Heat in a plate. This module knows nothing of deed.
module heat
  use, intrinsic :: iso_c_binding, only: c_double
  implicit none
  private
  public :: heat_step, heat_hot

contains

  !> One step in time.
  subroutine heat_step(u, rate, change) bind(C)
    real(c_double), intent(inout) :: u(:, :)
    real(c_double), value :: rate
    real(c_double), intent(out) :: change
    real(c_double), allocatable :: flow(:, :)
    integer :: nx, ny
    nx = size(u, 1)
    ny = size(u, 2)
    flow = rate*(u(:nx - 2, 2:ny - 1) + u(3:, 2:ny - 1) + u(2:nx - 1, :ny - 2) + u(2:nx - 1, 3:) &
                 - 4*u(2:nx - 1, 2:ny - 1))
    u(2:nx - 1, 2:ny - 1) = u(2:nx - 1, 2:ny - 1) + flow
    change = maxval(abs(flow))
  end subroutine heat_step

  !> The values above a threshold, as many as there are.
  subroutine heat_hot(u, threshold, hot) bind(C)
    real(c_double), intent(in) :: u(:, :)
    real(c_double), value :: threshold
    real(c_double), allocatable, intent(out) :: hot(:)
    integer :: i, j, n
    allocate (hot(count(u > threshold)))
    n = 0
    do j = 1, size(u, 2)
      do i = 1, size(u, 1)
        if (u(i, j) <= threshold) cycle
        n = n + 1
        hot(n) = u(i, j)
      end do
    end do
  end subroutine heat_hot

end module heat
