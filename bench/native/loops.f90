! SPDX-License-Identifier: BSD-3-Clause
!> The loops of module kernels, in a file of their own: they are compiled once, and the compiler does not see whose
!> memory they are given.
module loops
  use, intrinsic :: iso_fortran_env, only: int64, real64
  implicit none
  private
  public :: stencil
  public :: triad

contains

  subroutine triad(x, y, z)
    real(real64), intent(inout) :: x(:)
    real(real64), intent(in) :: y(:), z(:)

    x = y + 3*z
  end subroutine triad

  subroutine stencil(p, q)
    real(real64), intent(inout) :: p(:, :)
    real(real64), intent(in) :: q(:, :)
    integer(int64) :: i, j

    do j = 2, size(q, 2, int64) - 1
      do i = 2, size(q, 1, int64) - 1
        p(i, j) = 0.2_real64*(q(i, j) + q(i - 1, j) + q(i + 1, j) + q(i, j - 1) + q(i, j + 1))
      end do
    end do
  end subroutine stencil
end module loops
