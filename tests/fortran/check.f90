! SPDX-License-Identifier: BSD-3-Clause
!> Assertions for the tests of module deed. A test is a procedure that is run by its name; every test must assert
!> something and must leave as many live blocks and claims as it found.
module check
  use, intrinsic :: iso_c_binding, only: c_ptr
  use, intrinsic :: iso_fortran_env, only: error_unit, int32, int64, real64
  use deed, only: deed_count, deed_counts, deed_report, deed_status_name
  implicit none
  private

  public :: run
  public :: finish
  public :: expect
  public :: equal
  public :: succeeded
  public :: refused
  public :: number

  !> Assert that two numbers, or two lists of them, are equal.
  interface equal
    procedure :: equal_int32
    procedure :: equal_int64
    procedure :: equal_real64
    procedure :: equal_text
    procedure :: equal_list32
    procedure :: equal_list64
    procedure :: equal_list_mixed
  end interface equal

  abstract interface
    subroutine test_procedure()
    end subroutine test_procedure
  end interface

  character(len=:), allocatable :: current
  integer :: assertions = 0
  integer :: failures = 0
  integer :: tests = 0

contains

  !> Run one test. leaks: live claims that it is known to leave with this compiler.
  subroutine run(name, test, leaks)
    character(len=*), intent(in) :: name
    procedure(test_procedure) :: test
    integer, optional, intent(in) :: leaks
    type(deed_counts) :: before
    type(deed_counts) :: after
    integer :: assertions_before
    integer :: allowed

    allowed = 0
    if (present(leaks)) allowed = leaks
    current = name
    tests = tests + 1
    assertions_before = assertions
    call deed_count(before)
    call test()
    call deed_count(after)
    if (assertions == assertions_before) call fail("asserts nothing")
    call equal(after%live_claims - before%live_claims, int(allowed, int64), "claims left")
    if (allowed == 0) call equal(after%live_blocks, before%live_blocks, "live blocks")
    if (allowed == 0 .and. after%live_claims /= before%live_claims) call deed_report(error_unit)
  end subroutine run

  !> End the program; with an error if anything failed or nothing was tested.
  subroutine finish()
    write (*, '(i0, " tests, ", i0, " assertions, ", i0, " failures")') tests, assertions, failures
    if (tests == 0 .or. failures > 0) error stop 1
  end subroutine finish

  subroutine fail(text)
    character(len=*), intent(in) :: text

    failures = failures + 1
    write (error_unit, '(3a)') current, ": ", text
  end subroutine fail

  !> Assert a condition.
  subroutine expect(condition, text)
    logical, intent(in) :: condition
    character(len=*), intent(in) :: text

    assertions = assertions + 1
    if (.not. condition) call fail(text)
  end subroutine expect

  !> Assert that a verb succeeded. errmsg is for the report.
  subroutine succeeded(stat, errmsg)
    integer, intent(in) :: stat
    character(len=*), optional, intent(in) :: errmsg

    assertions = assertions + 1
    if (stat == 0) return
    if (present(errmsg)) then
      call fail("a verb failed: " // trim(errmsg))
    else
      call fail("a verb failed with " // deed_status_name(stat))
    end if
  end subroutine succeeded

  !> Assert that a verb was refused with this status, and that its message says so and has these words.
  subroutine refused(stat, wanted, errmsg, words)
    integer, intent(in) :: stat
    integer, intent(in) :: wanted
    character(len=*), intent(in) :: errmsg
    character(len=*), optional, intent(in) :: words

    call equal_text(deed_status_name(stat), deed_status_name(wanted), "status (" // trim(errmsg) // ")")
    call expect(index(errmsg, "refused") > 0, "message: " // trim(errmsg))
    if (present(words)) call expect(index(errmsg, words) > 0, "'" // words // "' is not in: " // trim(errmsg))
  end subroutine refused

  !> An address as a number.
  integer(int64) function number(address)
    type(c_ptr), intent(in) :: address

    number = transfer(address, number)
  end function number

  subroutine equal_int32(a, b, text)
    integer(int32), intent(in) :: a
    integer(int32), intent(in) :: b
    character(len=*), intent(in) :: text

    call equal_int64(int(a, int64), int(b, int64), text)
  end subroutine equal_int32

  subroutine equal_int64(a, b, text)
    integer(int64), intent(in) :: a
    integer(int64), intent(in) :: b
    character(len=*), intent(in) :: text
    character(len=64) :: numbers

    write (numbers, '(": ", i0, " is not ", i0)') a, b
    call expect(a == b, text // trim(numbers))
  end subroutine equal_int64

  !> Exactly equal: nothing here computes.
  subroutine equal_real64(a, b, text)
    real(real64), intent(in) :: a
    real(real64), intent(in) :: b
    character(len=*), intent(in) :: text
    character(len=64) :: numbers

    write (numbers, '(": ", g0, " is not ", g0)') a, b
    call expect(.not. (a < b .or. a > b), text // trim(numbers))
  end subroutine equal_real64

  subroutine equal_text(a, b, text)
    character(len=*), intent(in) :: a
    character(len=*), intent(in) :: b
    character(len=*), intent(in) :: text

    call expect(a == b, text // ": '" // a // "' is not '" // b // "'")
  end subroutine equal_text

  subroutine equal_list64(a, b, text)
    integer(int64), intent(in) :: a(:)
    integer(int64), intent(in) :: b(:)
    character(len=*), intent(in) :: text
    integer :: i

    call equal_int32(size(a), size(b), text // ", size")
    do i = 1, min(size(a), size(b))
      call equal_int64(a(i), b(i), text)
    end do
  end subroutine equal_list64

  subroutine equal_list32(a, b, text)
    integer(int32), intent(in) :: a(:)
    integer(int32), intent(in) :: b(:)
    character(len=*), intent(in) :: text

    call equal_list64(int(a, int64), int(b, int64), text)
  end subroutine equal_list32

  subroutine equal_list_mixed(a, b, text)
    integer(int64), intent(in) :: a(:)
    integer(int32), intent(in) :: b(:)
    character(len=*), intent(in) :: text

    call equal_list64(a, int(b, int64), text)
  end subroutine equal_list_mixed
end module check
