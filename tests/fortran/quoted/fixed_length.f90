! SPDX-License-Identifier: BSD-3-Clause
program heat
  use deed
  implicit none
  character(len=8), target :: names(3)
  type(deed_array) :: h

  call deed_lend(names, h)
end program heat
