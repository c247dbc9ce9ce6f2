! SPDX-License-Identifier: BSD-3-Clause
!> What a program asks of its command line.
module command_line
  use, intrinsic :: iso_c_binding
  implicit none
  private
  public :: count_arguments, argument_at, whole_command

contains

  integer(c_int) function count_arguments() bind(C)
    count_arguments = command_argument_count()
  end function count_arguments

  !> The text of an argument, blanks after it, and its length.
  integer(c_int) function argument_at(number, text) bind(C)
    integer(c_int), value :: number
    character(kind=c_char), intent(out) :: text(40)
    character(len=40) :: argument
    integer :: length, k
    call get_command_argument(number, argument, length)
    text = [(argument(k:k), k=1, 40)]
    argument_at = length
  end function argument_at

  integer(c_int) function whole_command() bind(C)
    character(len=40) :: text
    integer :: length
    call get_command(text, length)
    whole_command = length
  end function whole_command

end module command_line
