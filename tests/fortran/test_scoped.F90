! SPDX-License-Identifier: BSD-3-Clause
!> The finalizer matrix: everything that can happen to a scoped variable. Nothing may be released twice: the title
!> that the variables share from must stay live, and a variable in scope must hold its claim. What a compiler
!> forgets to finalize is a leak, recorded here as a number of claims. One row is missing with gfortran 12: it
!> finalizes components that are arrays of fixed size at a wrong address, whatever the finalizer does.
module scoped_tests
  use, intrinsic :: iso_fortran_env, only: int64, real64
  use check, only: equal, expect, refused, run
  use deed
  implicit none
  private

  public :: run_all

  ! What gfortran 12 does not finalize stays as one claim: function results, and what a component held before its
  ! container was assigned to. flang finalizes all of it.
#ifdef __GFORTRAN__
  integer, parameter :: lost_result = 1
  integer, parameter :: lost_component = 1
#else
  integer, parameter :: lost_result = 0
  integer, parameter :: lost_component = 0
#endif

  type :: box
    type(deed_scoped) :: inner
  end type box

  type :: allocatable_box
    type(deed_scoped), allocatable :: inner
  end type allocatable_box

  type :: array_box
    type(deed_scoped), allocatable :: inner(:)
  end type array_box

  type :: fixed_array_box
    type(deed_scoped) :: inner(2)
  end type fixed_array_box

  type(deed_array) :: title

contains

  subroutine run_all()
    call deed_alloc(title, deed_int8, [64])
    call run("scope_exit", scope_exit)
    call run("early_return", early_return)
    call run("block_exit", block_exit)
    call run("trap_t16_unused_block_variable", trap_t16_unused_block_variable)
    call run("deallocation", deallocation)
    call run("moved_allocation", moved_allocation)
    call run("trap_t13_intent_out", trap_t13_intent_out)
    call run("assignment", assignment)
    call run("self_assignment", self_assignment)
    call run("reassignment", reassignment)
    call run("trap_t11_array_assignment", trap_t11_array_assignment)
    call run("array_deallocation", array_deallocation)
    call run("trap_t09_container", trap_t09_container)
    call run("trap_t09_container_over_live", trap_t09_container_over_live, leaks=lost_component)
    call run("trap_t09_allocatable_component", trap_t09_allocatable_component)
    call run("trap_t09_array_component", trap_t09_array_component)
#ifndef __GFORTRAN__
    call run("fixed_array_component", fixed_array_component)
#endif
    call run("structure_constructor", structure_constructor)
    call run("array_constructor", array_constructor)
    call run("trap_t10_sourced_allocation", trap_t10_sourced_allocation)
    call run("trap_t12_function_result", trap_t12_function_result, leaks=lost_result)
    call run("trap_t12_function_result_as_argument", trap_t12_function_result_as_argument, leaks=lost_result)
    call run("trap_t14_release_before_final", trap_t14_release_before_final)
    call run("claim_ended_elsewhere", claim_ended_elsewhere)
    call run("hold_releases_what_was_held", hold_releases_what_was_held)
    call run("move", move)
    call run("move_over_what_is_held", move_over_what_is_held)
    call run("move_of_nothing", move_of_nothing)
    call run("grown_array_keeps_its_titles", grown_array_keeps_its_titles)
    call run("refused_release_keeps_the_loan", refused_release_keeps_the_loan)
    call expect(deed_is_live(title), "the title was released by a variable that does not hold it")
    call deed_release(title)
  end subroutine run_all

  !> Make a variable hold one more claim on the title's memory. A subroutine: functions of scoped variables leak
  !> with gfortran.
  subroutine fill(x)
    type(deed_scoped), intent(inout) :: x
    type(deed_array) :: share

    call deed_share(title, share)
    call x%hold(share)
  end subroutine fill

  function made() result(x)
    type(deed_scoped) :: x

    call fill(x)
  end function made

  subroutine look_at(x)
    type(deed_scoped), intent(in) :: x

    call expect(deed_is_live(x%handle), "argument is live")
  end subroutine look_at

  subroutine reset(x)
    type(deed_scoped), intent(out) :: x

    call expect(.not. x%holds(), "an INTENT(OUT) argument arrives empty")
    call expect(x%handle%bits == 0, "and with no handle")
  end subroutine reset

  subroutine scope_exit()
    type(deed_scoped) :: x

    call fill(x)
    call expect(x%holds(), "x holds")
  end subroutine scope_exit

  subroutine early_return()
    type(deed_scoped) :: x

    call fill(x)
    call expect(x%holds(), "x holds")
    if (x%holds()) return
    call expect(.false., "never reached")
  end subroutine early_return

  subroutine block_exit()
    type(deed_counts) :: inside
    type(deed_counts) :: after

    block
      type(deed_scoped) :: x

      call fill(x)
      call deed_count(inside)
    end block
    call deed_count(after)
    call equal(after%live_claims, inside%live_claims - 1, "claims after the block")
  end subroutine block_exit

  subroutine trap_t16_unused_block_variable()
    block
      type(deed_scoped) :: unused

      call expect(unused%handle%bits == 0, "a variable that gfortran does not finalize holds nothing")
    end block
  end subroutine trap_t16_unused_block_variable

  subroutine deallocation()
    type(deed_scoped), allocatable :: x
    type(deed_array) :: seen

    allocate(x)
    call fill(x)
    seen = x%handle
    deallocate(x)
    call expect(.not. deed_is_live(seen), "deallocation released")
  end subroutine deallocation

  subroutine moved_allocation()
    type(deed_scoped), allocatable :: x
    type(deed_scoped), allocatable :: y

    allocate(x)
    call fill(x)
    call move_alloc(x, y)
    call expect(y%holds(), "y holds after move_alloc")
  end subroutine moved_allocation

  subroutine trap_t13_intent_out()
    type(deed_scoped) :: x

    call fill(x)
    call reset(x)
    call expect(.not. x%holds(), "x is empty")
  end subroutine trap_t13_intent_out

  subroutine assignment()
    type(deed_scoped) :: x
    type(deed_scoped) :: y

    call fill(x)
    y = x
    call expect(x%holds(), "both hold")
    call expect(y%holds(), "both hold (second)")
    call expect(x%handle%bits /= y%handle%bits, "each a claim of its own")
  end subroutine assignment

  subroutine self_assignment()
    type(deed_scoped) :: x
    type(deed_array) :: seen

    call fill(x)
    seen = x%handle
    x = x
    call expect(x%holds(), "x still holds")
    call expect(deed_is_live(seen), "the same claim")
  end subroutine self_assignment

  subroutine reassignment()
    type(deed_scoped) :: x
    type(deed_scoped) :: y
    type(deed_array) :: first

    call fill(x)
    call fill(y)
    first = y%handle
    y = x
    call expect(y%holds(), "y holds")
    call expect(.not. deed_is_live(first), "what y held before was released")
  end subroutine reassignment

  subroutine trap_t11_array_assignment()
    type(deed_scoped) :: x(2)
    type(deed_scoped) :: y(2)

    call fill(x(1))
    call fill(x(2))
    y = x
    call expect(x(1)%holds(), "x holds")
    call expect(x(2)%holds(), "x holds (second)")
    call expect(y(1)%holds(), "y holds")
    call expect(y(2)%holds(), "y holds (second)")
  end subroutine trap_t11_array_assignment

  subroutine array_deallocation()
    type(deed_scoped), allocatable :: x(:)

    allocate(x(3))
    call fill(x(1))
    call fill(x(3))
    call expect(x(1)%holds(), "x holds")
    call expect(x(3)%holds(), "x holds (second)")
  end subroutine array_deallocation

  subroutine trap_t09_container()
    type(box) :: a
    type(box) :: b

    call fill(a%inner)
    b = a
    call expect(a%inner%holds(), "the original holds")
    call expect(deed_is_live(b%inner%handle), "the copy shows a live claim")
  end subroutine trap_t09_container

  subroutine trap_t09_container_over_live()
    type(box) :: a
    type(box) :: b

    call fill(a%inner)
    call fill(b%inner)
    b = a
    call expect(a%inner%holds(), "the original holds")
    call expect(deed_is_live(b%inner%handle), "the copy shows a live claim")
  end subroutine trap_t09_container_over_live

  subroutine trap_t09_allocatable_component()
    type(allocatable_box) :: a
    type(allocatable_box) :: b

    allocate(a%inner)
    call fill(a%inner)
    b = a
    call expect(a%inner%holds(), "the original holds")
    call expect(deed_is_live(b%inner%handle), "the copy shows a live claim")
  end subroutine trap_t09_allocatable_component

  subroutine trap_t09_array_component()
    type(array_box) :: a
    type(array_box) :: b

    allocate(a%inner(2))
    call fill(a%inner(1))
    call fill(a%inner(2))
    b = a
    call expect(a%inner(1)%holds(), "the original holds")
    call expect(a%inner(2)%holds(), "the original holds (second)")
    call expect(deed_is_live(b%inner(2)%handle), "the copy shows a live claim")
  end subroutine trap_t09_array_component

#ifndef __GFORTRAN__
  subroutine fixed_array_component()
    type(fixed_array_box) :: a

    call fill(a%inner(1))
    call fill(a%inner(2))
    call expect(a%inner(1)%holds(), "the first holds")
    call expect(a%inner(2)%holds(), "the second holds")
  end subroutine fixed_array_component
#endif

  subroutine array_constructor()
    type(deed_scoped) :: x
    type(deed_scoped), allocatable :: v(:)

    call fill(x)
    allocate(v(2))
    v = [x, x]
    call expect(x%holds(), "x holds")
    call expect(v(1)%holds(), "the first element holds")
    call expect(v(2)%holds(), "the second element holds")
  end subroutine array_constructor

  subroutine structure_constructor()
    type(deed_scoped) :: x
    type(box) :: a

    call fill(x)
    a = box(x)
    call expect(x%holds(), "the original holds")
    call expect(deed_is_live(a%inner%handle), "the copy shows a live claim")
  end subroutine structure_constructor

  subroutine trap_t10_sourced_allocation()
    type(deed_scoped) :: x
    type(deed_scoped), allocatable :: y

    call fill(x)
    allocate(y, source=x)
    call expect(.not. y%holds(), "a bitwise copy holds nothing")
    deallocate(y)
    call expect(x%holds(), "the original holds")
  end subroutine trap_t10_sourced_allocation

  subroutine trap_t12_function_result()
    type(deed_scoped) :: x

    x = made()
    call expect(x%holds(), "x holds")
  end subroutine trap_t12_function_result

  subroutine trap_t12_function_result_as_argument()
    call look_at(made())
  end subroutine trap_t12_function_result_as_argument

  subroutine trap_t14_release_before_final()
    type(deed_scoped) :: x
    integer :: stat

    call fill(x)
    call x%release(stat)
    call equal(stat, 0, "first release")
    call x%release(stat)
    call equal(stat, 0, "second release does nothing")
    call expect(.not. x%holds(), "x is empty")
  end subroutine trap_t14_release_before_final

  subroutine claim_ended_elsewhere()
    type(deed_scoped) :: x
    type(deed_array) :: copy
    integer :: stat

    call fill(x)
    copy = x%handle
    call deed_release(copy)
    call expect(.not. x%holds(), "x sees that its claim has ended")
    call x%release(stat)
    call equal(stat, 0, "release does nothing")
  end subroutine claim_ended_elsewhere

  subroutine hold_releases_what_was_held()
    type(deed_scoped) :: x
    type(deed_array) :: first

    call fill(x)
    first = x%handle
    call fill(x)
    call expect(x%holds(), "x holds the second")
    call expect(.not. deed_is_live(first), "the first was released")
  end subroutine hold_releases_what_was_held

  subroutine fill_title(x)
    type(deed_scoped), intent(inout) :: x
    type(deed_array) :: h

    call deed_alloc(h, deed_int8, [64])
    call x%hold(h)
  end subroutine fill_title

  !> Whether x holds a title, which a share does not become.
  subroutine has_title(x, text)
    type(deed_scoped), intent(in) :: x
    character(len=*), intent(in) :: text
    type(deed_descriptor) :: array

    call expect(x%holds(), text // " holds")
    call deed_describe(x%handle, array)
    call equal(int(array%role), deed_role_title, text // " has the title")
  end subroutine has_title

  subroutine move()
    type(deed_scoped) :: x
    type(deed_scoped) :: y

    call fill_title(x)
    call deed_move(x, y)
    call expect(.not. x%holds(), "x is empty")
    call has_title(y, "y")
    call deed_move(y, y)
    call has_title(y, "y moved to itself")
  end subroutine move

  subroutine move_over_what_is_held()
    type(deed_scoped) :: x
    type(deed_scoped) :: y
    type(deed_array) :: first

    call fill_title(x)
    call fill_title(y)
    first = y%handle
    call deed_move(x, y)
    call expect(.not. deed_is_live(first), "the first was released")
    call has_title(y, "y")
  end subroutine move_over_what_is_held

  subroutine move_of_nothing()
    type(deed_scoped) :: x
    type(deed_scoped) :: y
    type(deed_scoped), allocatable :: copy

    call deed_move(x, y)
    call expect(.not. y%holds(), "nothing came")
    call fill_title(x)
    allocate(copy, source=x)
    call deed_move(copy, y)
    call expect(.not. y%holds(), "a bitwise copy has nothing to give")
    call has_title(x, "x")
  end subroutine move_of_nothing

  subroutine grown_array_keeps_its_titles()
    type(deed_scoped), allocatable :: held(:)
    type(deed_scoped), allocatable :: more(:)
    integer(int64) :: before
    integer :: i

    before = live_claims()
    allocate(held(3))
    do i = 1, 3
      call fill_title(held(i))
    end do
    allocate(more(6))
    call deed_move(held, more(1:3))
    call move_alloc(more, held)
    do i = 1, 3
      call has_title(held(i), "an element")
    end do
    call expect(.not. held(4)%holds(), "the new ones are empty")
    call equal(live_claims(), before + 3, "claims: the three")
  end subroutine grown_array_keeps_its_titles

  integer(int64) function live_claims()
    type(deed_counts) :: counts

    call deed_count(counts)
    live_claims = counts%live_claims
  end function live_claims

  !> With a status there is no need to stop, and the loan goes on.
  subroutine refused_release_keeps_the_loan()
    real(real64), target :: u(3)
    type(deed_scoped) :: x
    type(deed_array) :: h
    type(deed_array) :: share
    character(len=300) :: message
    integer :: stat

    call deed_lend(u, h)
    call x%hold(h)
    call deed_share(x%handle, share, file="viewer.f90", line=3)
    call x%release(stat, message)
    call refused(stat, DEED_EBUSY, message, "release of a deed_scoped (real64, rank 1)")
    call expect(index(message, "share by Fortran at viewer.f90:3") > 0, trim(message))
    call has_title(x, "x")
    call deed_release(share)
    call x%release(stat)
    call equal(stat, 0, "released")
  end subroutine refused_release_keeps_the_loan
end module scoped_tests

program test_scoped
  use check, only: finish
  use scoped_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_scoped
