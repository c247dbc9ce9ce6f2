! SPDX-License-Identifier: BSD-3-Clause
program rejected
  use, intrinsic :: iso_fortran_env, only: real64
  use deed
  implicit none
  type(deed_array) :: h
  real(real64), pointer :: u(:)
  class(*), pointer :: v(:)

#ifdef REJECTED
  call deed_lend(v, h)
#else
  call deed_lend(u, h)
#endif
end program rejected
