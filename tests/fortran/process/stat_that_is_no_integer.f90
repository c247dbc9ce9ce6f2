! SPDX-License-Identifier: BSD-3-Clause
!> A status that cannot be given to the caller is not lost.
program stat_that_is_no_integer
  use deed
  implicit none
  type(deed_array) :: h
  real :: stat

  stat = 0
  call deed_alloc(h, deed_real64, [10], stat=stat)
  print '(a)', "never printed"
end program stat_that_is_no_integer
