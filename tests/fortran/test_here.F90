! SPDX-License-Identifier: BSD-3-Clause
!> Where a claim was made, and the report that says so.
#include "deed_here.h"
module here_tests
  use, intrinsic :: iso_fortran_env, only: real64
  use check, only: equal, expect, run
  use deed
  implicit none
  private

  public :: run_all

contains

  subroutine run_all()
    call run("macro_gives_file_and_line", macro_gives_file_and_line)
    call run("report_names_block_and_holder", report_names_block_and_holder)
    call run("trap_t15_forgotten_array_is_listed", trap_t15_forgotten_array_is_listed)
  end subroutine run_all

  subroutine macro_gives_file_and_line()
    type(deed_array) :: h
    type(deed_holder), allocatable :: holders(:)

    call deed_alloc(h, deed_real64, [3], DEED_HERE)
    call deed_holders(h, holders)
    call equal(size(holders), 1, "holders")
    call expect(index(holders(1)%file, "test_here.F90") > 0, "file: " // holders(1)%file)
    call equal(holders(1)%line, __LINE__ - 4, "line")
    call equal(holders(1)%rights, deed_read + deed_write, "rights")
    call deed_release(h)
  end subroutine macro_gives_file_and_line

  subroutine report_names_block_and_holder()
    type(deed_array) :: h
    character(len=200) :: line

    call deed_alloc(h, deed_real64, [3], file="maker.f90", line=3)
    call deed_publish(h, "here/u")
    call only_line_of_report(line)
    call equal(line, "24 bytes, origin malloc, owner Fortran, 1 claims, title at maker.f90:3, " // &
      "published as here/u", "report")
    call deed_release(h)
  end subroutine report_names_block_and_holder

  subroutine make_and_forget(keep)
    type(deed_array), intent(out) :: keep

    call deed_alloc(keep, deed_real64, [2], file="forgetful.f90", line=9)
  end subroutine make_and_forget

  subroutine trap_t15_forgotten_array_is_listed()
    type(deed_array) :: keep
    character(len=200) :: line

    call make_and_forget(keep)
    call only_line_of_report(line)
    call expect(index(line, "forgetful.f90:9") > 0, "report: " // line)
    call deed_release(keep)
  end subroutine trap_t15_forgotten_array_is_listed

  subroutine only_line_of_report(line)
    character(len=*), intent(out) :: line
    integer :: unit

    open (newunit=unit, status="scratch", action="readwrite")
    call deed_report(unit)
    rewind (unit)
    read (unit, '(a)') line
    close (unit)
  end subroutine only_line_of_report
end module here_tests

program test_here
  use check, only: finish
  use here_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_here
