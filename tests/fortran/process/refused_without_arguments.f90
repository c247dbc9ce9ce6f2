! SPDX-License-Identifier: BSD-3-Clause
!> A call without any optional argument says as much as others when it is refused.
program refused_without_arguments
  use, intrinsic :: iso_fortran_env, only: real32, real64
  use deed
  implicit none
  type(deed_array) :: h
  real(real32), pointer :: p(:)
  real(real64), pointer :: unset(:, :)
  real(real64), target :: u(3)
  character(len=16) :: verb

  nullify(p, unset)
  call deed_lend(u, h)
  call get_command_argument(1, verb)
  select case (verb)
  case ("pointer")
    call deed_pointer(h, p)
  case ("lend_again")
    call deed_lend(u, h)
  case ("lend_nothing")
    call deed_release(h)
    call deed_lend(unset, h)
  end select
  print '(a)', "never printed"
end program refused_without_arguments
