! SPDX-License-Identifier: BSD-3-Clause
!> A deed_scoped that has the title of a loan ends while another holds the memory, which goes away too.
program loan_at_end_of_scope
  use, intrinsic :: iso_fortran_env, only: real64
  use deed
  implicit none
  type(deed_array) :: share

  call lend_for_a_while(share)
  print '(a)', "never printed"

contains

  subroutine lend_for_a_while(share)
    type(deed_array), intent(out) :: share
    real(real64), target :: u(3)
    type(deed_scoped) :: scoped
    type(deed_array) :: h

    call deed_lend(u, h)
    call scoped%hold(h)
    call deed_share(scoped%handle, share, file="viewer.f90", line=3)
  end subroutine lend_for_a_while
end program loan_at_end_of_scope
