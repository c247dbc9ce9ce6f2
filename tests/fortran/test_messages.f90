! SPDX-License-Identifier: BSD-3-Clause
!> What a refusal says: the place that was given, the procedure, the kind and rank of what it was given, the name.
module message_tests
  use, intrinsic :: iso_fortran_env, only: int32, real64
  use check, only: equal, expect, run
  use deed
  implicit none
  private

  public :: run_all

  character(len=400) :: message
  integer :: stat

contains

  subroutine run_all()
    call run("verbs_with_a_variable", verbs_with_a_variable)
    call run("verbs_without_a_variable", verbs_without_a_variable)
    call run("verbs_with_a_stale_handle", verbs_with_a_stale_handle)
    call run("views", views)
    call run("names", names)
    call run("places", places)
    call run("enquiries", enquiries)
    call run("control_characters", control_characters)
  end subroutine run_all

  !> The message begins like this, and says it once.
  subroutine begins(text)
    character(len=*), intent(in) :: text

    call expect(stat /= DEED_OK, "refused: " // text)
    call equal(message(:len(text)), text, trim(message))
    call equal(index(message, " refused: "), index(message, " refused: ", back=.true.), trim(message))
    message = ""
  end subroutine begins

  subroutine verbs_with_a_variable()
    real(real64), allocatable :: a(:, :)
    real(real64), pointer :: p(:, :, :)
    integer(int32), allocatable :: n
    logical, allocatable :: mask(:)
    character(len=:), allocatable :: text(:)
    type(deed_array) :: h

    nullify(p)
    call deed_take(a, h, stat, message)
    call begins("deed_take (real64, rank 2) refused: there is no array: the variable is not allocated")
    call deed_lend(p, h, stat=stat, errmsg=message)
    call begins("deed_lend (real64, rank 3) refused: there is no array: ")
    call deed_take(n, h, stat=stat, errmsg=message)
    call begins("deed_take (int32, rank 0) refused: ")
    call deed_take(mask, h, stat=stat, errmsg=message)
    call begins("deed_take (logical32, rank 1) refused: ")
    call deed_take(text, h, stat=stat, errmsg=message)
    call begins("deed_take (character(kind=1), rank 1) refused: ")
    allocate(a(1, 1))
    deallocate(a)
    call deed_lend_unsafe(a, h, stat=stat, errmsg=message)
    call begins("deed_lend_unsafe (real64, rank 2) refused: ")
    call deed_lend_record(a, h, stat=stat, errmsg=message)
    call begins("deed_lend_record (opaque, rank 2) refused: ")
    call deed_alloc(h, deed_real64, [5, 4, 3])
    call deed_reclaim(h, a, stat, message)
    call begins("deed_reclaim (real64, rank 2) refused: the array has rank 3, the variable has rank 2: ")
    call deed_pointer(h, p, order=deed_order_c, stat=stat, errmsg=message)
    call begins("deed_pointer (real64, rank 3) refused: ")
    call deed_release(h)
  end subroutine verbs_with_a_variable

  subroutine verbs_without_a_variable()
    type(deed_array) :: h
    type(deed_array) :: share

    call deed_alloc(h, deed_real64, [5, -4], stat=stat, errmsg=message)
    call begins("deed_alloc (real64, rank 2) refused: ")
    call deed_alloc(h, deed_int32, [5, 4])
    call deed_share(h, share)
    call deed_share(h, share, stat=stat, errmsg=message)
    call begins("deed_share (int32, rank 2) refused: the handle for the result still holds an array")
    call deed_transfer(share, h, stat=stat, errmsg=message)
    call begins("deed_transfer (int32, rank 2) refused: ")
    call deed_recall(h, stat=stat, errmsg=message)
    call begins("deed_recall (int32, rank 2) refused: ")
    call deed_copy(share, h, stat=stat, errmsg=message)
    call begins("deed_copy (int32, rank 2) refused: ")
    call deed_withdraw(h, stat, message)
    call begins("deed_withdraw (int32, rank 2) refused: ")
    call deed_release(share)
    call deed_release(h)
  end subroutine verbs_without_a_variable

  subroutine verbs_with_a_stale_handle()
    type(deed_array) :: h
    type(deed_array) :: result
    type(deed_weak) :: weak

    call deed_alloc(h, deed_int32, [5, 4])
    call deed_weak_of(h, weak)
    call deed_release(h)
    call deed_release(h, stat, message)
    call begins("deed_release refused: handle ")
    call deed_weak_of(h, weak, stat, message)
    call begins("deed_weak_of refused: ")
    call deed_upgrade(weak, result, stat=stat, errmsg=message)
    call begins("deed_upgrade refused: ")
  end subroutine verbs_with_a_stale_handle

  subroutine views()
    type(deed_array) :: h
    type(deed_array) :: part

    call deed_alloc(h, deed_real64, [5, 4])
    call deed_view(h, part, [1], [2], stat=stat, errmsg=message)
    call begins("deed_view (real64, rank 2) refused: one index per dimension is needed")
    call deed_view_plane(h, part, 3, 1, stat=stat, errmsg=message)
    call begins("deed_view_plane (real64, rank 2) refused: ")
    call deed_view_transposed(h, part, [1, 1], stat=stat, errmsg=message)
    call begins("deed_view_transposed (real64, rank 2) refused: ")
    call deed_view_reshaped(h, part, [7], stat=stat, errmsg=message)
    call begins("deed_view_reshaped (real64, rank 2) refused: ")
    call deed_view_component(h, part, deed_real64, 8, stat=stat, errmsg=message)
    call begins("deed_view_component (real64, rank 2) refused: ")
    call deed_release(h)
  end subroutine views

  subroutine names()
    real(real64), allocatable :: a(:, :)
    type(deed_array) :: h
    type(deed_array) :: other

    call deed_take(a, h, name="heat/u  ", stat=stat, errmsg=message)
    call begins('deed_take (real64, rank 2, "heat/u") refused: ')
    call deed_lookup("heat/u", h, stat=stat, errmsg=message)
    call begins('deed_lookup ("heat/u") refused: ')
    call deed_alloc(h, deed_real64, [3], name="heat/u")
    call deed_alloc(other, deed_real64, [3])
    call deed_publish(other, "heat/u", stat, message)
    call begins('deed_publish (real64, rank 1, "heat/u") refused: ')
    call deed_release(other)
    call deed_alloc(other, deed_real64, [3], name="heat/u", stat=stat, errmsg=message)
    call expect(index(message, 'deed_alloc (real64, rank 1, "heat/u") refused: publish refused: "heat/u": ') == 1, &
      trim(message))
    call deed_release(h)
  end subroutine names

  subroutine places()
    real(real64), allocatable :: a(:)
    type(deed_array) :: h

    call deed_take(a, h, stat, message, file="heat.f90", line=42)
    call begins("heat.f90:42: deed_take (real64, rank 1) refused: ")
    call deed_release(h, stat, message, line=43)
    call begins("line 43: deed_release refused: ")
  end subroutine places

  subroutine enquiries()
    type(deed_array) :: h
    type(deed_holder), allocatable :: holders(:)

    call equal(deed_rank(h, stat, message), 0, "rank")
    call begins("deed_rank refused: ")
    call equal(size(deed_shape(h, stat, message)), 0, "shape")
    call begins("deed_shape refused: ")
    call deed_holders(h, holders, stat, message)
    call begins("deed_holders refused: ")
  end subroutine enquiries

  subroutine control_characters()
    type(deed_array) :: h

    call deed_release(h, stat, message, file="a" // achar(27) // "b.f90", line=1)
    call begins("a?b.f90:1: deed_release refused: ")
  end subroutine control_characters
end module message_tests

program test_messages
  use check, only: finish
  use message_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_messages
