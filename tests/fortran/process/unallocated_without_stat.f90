! SPDX-License-Identifier: BSD-3-Clause
!> Which of several calls it was that failed can be seen.
program unallocated_without_stat
  use, intrinsic :: iso_fortran_env, only: int32, real64
  use deed
  implicit none
  real(real64), allocatable, target :: u(:)
  integer(int32), allocatable, target :: mask(:, :)
  type(deed_array) :: h(2)

  allocate(u(3))
  call deed_lend(u, h(1), name="heat/u")
  call deed_lend(mask, h(2), name="heat/mask")
  print '(a)', "never printed"
end program unallocated_without_stat
