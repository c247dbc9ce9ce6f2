! SPDX-License-Identifier: BSD-3-Clause
program heat
  use deed
  implicit none
end program heat
