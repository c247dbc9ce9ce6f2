! SPDX-License-Identifier: BSD-3-Clause
program rejected
  use, intrinsic :: iso_fortran_env, only: real64
  use deed
  implicit none
  type(deed_array) :: h
  real(real64), target :: u(4)

#ifdef REJECTED
  call deed_lend(u([1, 3]), h)
#else
  call deed_lend(u(1:3:2), h)
#endif
end program rejected
