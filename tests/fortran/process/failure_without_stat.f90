! SPDX-License-Identifier: BSD-3-Clause
!> A verb that fails without STAT= ends the program as ALLOCATE does, with its place and its message.
program failure_without_stat
  use deed
  implicit none
  type(deed_array) :: h

  call deed_alloc(h, deed_real64, [10])
  call deed_release(h)
  call deed_release(h, file="solver.f90", line=42)
  print '(a)', "never printed"
end program failure_without_stat
