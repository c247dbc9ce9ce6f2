! SPDX-License-Identifier: BSD-3-Clause
!> What an error does when the caller gave no `stat=`: the same as an ALLOCATE that fails.
module deed_stop
  use, intrinsic :: iso_c_binding, only: c_char, c_int
  implicit none
  private

  ! The shims of two compilers may meet in one process, so the names must differ.
#if defined(__GFORTRAN__)
  character(*), parameter :: symbol = "deed_fortran_stop_GNU"
#elif defined(__flang__)
  character(*), parameter :: symbol = "deed_fortran_stop_LLVMFlang"
#else
  character(*), parameter :: symbol = "deed_fortran_stop_Other"
#endif

contains

  subroutine stop_with(message, length) bind(C, name=symbol)
    integer(c_int), value, intent(in) :: length
    character(kind=c_char, len=1), intent(in) :: message(length)

    character(len=length) :: text
    integer :: i

    do i = 1, length
      text(i:i) = message(i)
    end do
    error stop text
  end subroutine stop_with
end module deed_stop
