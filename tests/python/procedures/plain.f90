! SPDX-License-Identifier: BSD-3-Clause
!> Procedures without bind(C), whose symbols each compiler makes in its way.
module plain_module
  implicit none
  private
  public :: plain_step

contains

  subroutine plain_step(x)
    real, intent(inout) :: x
    x = x + 1
  end subroutine plain_step

end module plain_module

! allow(C092)
subroutine lonely_step(x)
  implicit none
  real, intent(inout) :: x
  x = x + 1
end subroutine lonely_step
