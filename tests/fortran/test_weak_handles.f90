! SPDX-License-Identifier: BSD-3-Clause
!> Weak handles keep nothing alive.
module weak_handle_tests
  use, intrinsic :: iso_fortran_env, only: int64, real64
  use check, only: equal, expect, refused, run, succeeded
  use deed
  implicit none
  private

  public :: run_all

contains

  subroutine run_all()
    call run("upgraded_while_it_lives", upgraded_while_it_lives)
    call run("stale_when_the_memory_has_ended", stale_when_the_memory_has_ended)
    call run("a_part_with_fewer_rights", a_part_with_fewer_rights)
    call run("nothing_remembered", nothing_remembered)
    call run("no_handle_is_lost", no_handle_is_lost)
    call run("a_loan_ends_although_it_is_remembered", a_loan_ends)
  end subroutine run_all

  subroutine upgraded_while_it_lives()
    type(deed_array) :: h
    type(deed_array) :: again
    type(deed_weak) :: weak
    type(deed_weak) :: copied
    type(deed_holder), allocatable :: holders(:)
    real(real64), pointer :: p(:, :)
    real(real64), pointer :: q(:, :)

    call deed_alloc(h, deed_real64, [4, 3], lower=[0, -1])
    call deed_weak_of(h, weak)
    call deed_holders(h, holders)
    call equal(size(holders), 1, "a weak handle is no holder")
    copied = weak
    call deed_upgrade(copied, again, file="solver.f90", line=7)
    call deed_pointer(h, p)
    call deed_pointer(again, q)
    p(3, 1) = 5
    call equal(q(3, 1), 5.0_real64, "the same memory, the same bounds")
    call equal(lbound(q), [0, -1], "bounds")
    call deed_holders(h, holders)
    call equal(holders(2)%file, "solver.f90", "the place of the upgrade")
    call deed_release(h)
    call expect(deed_weak_is_live(weak), "the upgraded claim keeps the memory")
    call deed_release(again)
    call expect(.not. deed_weak_is_live(weak), "ended with the last claim")
  end subroutine upgraded_while_it_lives

  subroutine stale_when_the_memory_has_ended()
    type(deed_array) :: h
    type(deed_weak) :: weak
    character(len=200) :: message
    integer :: stat

    message = ""
    call deed_alloc(h, deed_int8, [10])
    call deed_weak_of(h, weak)
    call deed_release(h)
    call deed_weak_of(h, weak, stat=stat, errmsg=message)
    call refused(stat, DEED_ESTALE, message, "weak_of")
    h%bits = 0
    call deed_upgrade(weak, h, stat=stat, errmsg=message)
    call refused(stat, DEED_ESTALE, message, "upgrade")
    call equal(h%bits, 0_int64, "no handle")
  end subroutine stale_when_the_memory_has_ended

  subroutine a_part_with_fewer_rights()
    type(deed_array) :: h
    type(deed_array) :: part
    type(deed_array) :: again
    type(deed_weak) :: weak
    character(len=200) :: message
    integer :: stat

    message = ""
    call deed_alloc(h, deed_real64, [9])
    call deed_view(h, part, [9], [1], [-4], rights=deed_read)
    call deed_weak_of(part, weak)
    call deed_release(part)
    call deed_upgrade(weak, again, rights=deed_write, stat=stat, errmsg=message)
    call refused(stat, DEED_ERIGHTS, message, "read only")
    call deed_upgrade(weak, again, stat=stat)
    call succeeded(stat)
    call equal(deed_shape(again), [3], "the part that was remembered")
    call deed_release(again)
    call deed_release(h)
  end subroutine a_part_with_fewer_rights

  subroutine nothing_remembered()
    type(deed_array) :: h
    type(deed_weak) :: weak
    character(len=200) :: message
    integer :: stat

    message = ""
    call expect(.not. deed_weak_is_live(weak), "a new weak handle remembers nothing")
    call deed_upgrade(weak, h, stat=stat, errmsg=message)
    call refused(stat, DEED_EHANDLE, message)
  end subroutine nothing_remembered

  subroutine no_handle_is_lost()
    type(deed_array) :: h
    type(deed_weak) :: weak
    character(len=200) :: message
    integer :: stat

    message = ""
    call deed_alloc(h, deed_real64, [2])
    call deed_weak_of(h, weak)
    call deed_upgrade(weak, h, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "still holds an array")
    call deed_release(h)
  end subroutine no_handle_is_lost

  subroutine a_loan_ends()
    real(real64), target :: u(5)
    type(deed_array) :: h
    type(deed_array) :: again
    type(deed_weak) :: weak
    integer :: stat

    call deed_lend(u, h)
    call deed_weak_of(h, weak)
    call deed_recall(h, stat=stat)
    call succeeded(stat)
    call deed_upgrade(weak, again, stat=stat)
    call equal(stat, DEED_ESTALE, "what was lent is the lender's alone")
  end subroutine a_loan_ends
end module weak_handle_tests

program test_weak_handles
  use check, only: finish
  use weak_handle_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_weak_handles
