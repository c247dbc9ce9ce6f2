! SPDX-License-Identifier: BSD-3-Clause
!> The linear shallow-water equations on a periodic grid, ten arrays. It knows nothing of deed or other wrappers.
module wave
  use, intrinsic :: iso_c_binding, only: c_double, c_int, c_int64_t, c_loc
  implicit none
  private
  public :: wave_seen
  public :: wave_step

  real(c_double), parameter :: gravity = 9.81_c_double
  integer(c_int64_t), save :: seen(10) = 0

contains

  !> One step in time. What wave_seen tells is where the arrays of the last step were.
  subroutine wave_step(nx, ny, dt, h, u, v, h_next, u_next, v_next, depth, friction, source, energy) bind(C)
    integer(c_int), intent(in) :: nx, ny
    real(c_double), intent(in) :: dt
    real(c_double), intent(in), target :: h(nx, ny), u(nx, ny), v(nx, ny)
    real(c_double), intent(inout), target :: h_next(nx, ny), u_next(nx, ny), v_next(nx, ny)
    real(c_double), intent(in), target :: depth(nx, ny), friction(nx, ny), source(nx, ny)
    real(c_double), intent(inout), target :: energy(nx, ny)
    integer :: i, j, east, north
    do j = 1, ny
      north = merge(1, j + 1, j == ny)
      do i = 1, nx
        east = merge(1, i + 1, i == nx)
        u_next(i, j) = (u(i, j) - dt*gravity*(h(east, j) - h(i, j)))*(1 - dt*friction(i, j))
        v_next(i, j) = (v(i, j) - dt*gravity*(h(i, north) - h(i, j)))*(1 - dt*friction(i, j))
        h_next(i, j) = h(i, j) - dt*depth(i, j)*(u(east, j) - u(i, j) + v(i, north) - v(i, j)) + dt*source(i, j)
        energy(i, j) = gravity*h(i, j)**2 + depth(i, j)*(u(i, j)**2 + v(i, j)**2)
      end do
    end do
    seen = [addresses(h, u, v, h_next, u_next), addresses(v_next, depth, friction, source, energy)]
  end subroutine wave_step

  !> Where the ten arrays of the last step were, in the order of its arguments.
  subroutine wave_seen(address) bind(C)
    integer(c_int64_t), intent(out) :: address(10)
    address = seen
  end subroutine wave_seen

  pure function addresses(a, b, c, d, e) result(numbers)
    real(c_double), intent(in), target :: a(*), b(*), c(*), d(*), e(*)
    integer(c_int64_t) :: numbers(5)
    numbers = [transfer(c_loc(a), 0_c_int64_t), transfer(c_loc(b), 0_c_int64_t), transfer(c_loc(c), 0_c_int64_t), &
               transfer(c_loc(d), 0_c_int64_t), transfer(c_loc(e), 0_c_int64_t)]
  end function addresses

end module wave
