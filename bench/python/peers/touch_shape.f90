! SPDX-License-Identifier: BSD-3-Clause
!> The Fortran procedure with an assumed-shape dummy, which only a wrapper that writes descriptors can call.
module touch_shape
  use, intrinsic :: iso_c_binding, only: c_double
  implicit none
  private
  public :: bench_touch_shape

contains

  !> Writes one element.
  subroutine bench_touch_shape(u) bind(C)
    real(c_double), intent(inout) :: u(:, :)
    u(1, 1) = real(size(u, 1) + size(u, 2), c_double)
  end subroutine bench_touch_shape

end module touch_shape
