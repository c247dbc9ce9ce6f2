! SPDX-License-Identifier: BSD-3-Clause
program heat
  use deed
  implicit none
  real :: u(3)
  type(deed_array) :: h

  call deed_lend_unsafe(u, h)
end program heat
