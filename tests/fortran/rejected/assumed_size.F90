! SPDX-License-Identifier: BSD-3-Clause
subroutine rejected(u)
  use, intrinsic :: iso_fortran_env, only: real64
  use deed
  implicit none
  real(real64), target :: u(4, *)
  type(deed_array) :: h

#ifdef REJECTED
  call deed_lend(u, h)
#else
  call deed_lend(u(:, 1:3), h)
#endif
end subroutine rejected
