! SPDX-License-Identifier: BSD-3-Clause
!> Optional arguments: variables that are not allocated are absent, integers may be of any kind, and what is of
!> another type is refused. Compiled without optimization, where what describes such a variable is garbage.
module argument_tests
  use, intrinsic :: iso_fortran_env, only: int16, int32, int64, int8, real64
  use check, only: equal, expect, refused, run, succeeded
  use deed
  implicit none
  private

  public :: run_all

contains

  subroutine run_all()
    call run("errmsg_that_is_not_allocated", errmsg_that_is_not_allocated)
    call run("errmsg_of_deferred_length", errmsg_of_deferred_length)
    call run("file_that_is_not_allocated", file_that_is_not_allocated)
    call run("numbers_that_are_not_allocated", numbers_that_are_not_allocated)
    call run("lists_that_are_not_allocated", lists_that_are_not_allocated)
    call run("names_that_are_not_allocated", names_that_are_not_allocated)
    call run("stat_of_every_kind", stat_of_every_kind)
    call run("integers_of_other_kinds", integers_of_other_kinds)
    call run("integers_out_of_range", integers_out_of_range)
    call run("what_is_no_integer", what_is_no_integer)
    call run("names_of_numbers_of_any_kind", names_of_numbers_of_any_kind)
  end subroutine run_all

  subroutine errmsg_that_is_not_allocated()
    type(deed_array) :: h
    type(deed_scoped) :: scoped
    real(real64), allocatable :: a(:)
    integer(int64), allocatable :: extents(:)
    character(len=:), allocatable :: message
    integer :: stat

    call deed_release(h, stat, message)
    call equal(stat, DEED_EHANDLE, "release")
    call deed_take(a, h, stat=stat, errmsg=message)
    call equal(stat, DEED_EUNALLOCATED, "take")
    call deed_publish(h, "no array", stat=stat, errmsg=message)
    call equal(stat, DEED_EHANDLE, "publish")
    extents = deed_shape(h, stat, message)
    call equal(stat, DEED_EHANDLE, "shape")
    call scoped%release(stat, message)
    call succeeded(stat)
    call expect(.not. allocated(message), "nothing was allocated")
    call deed_alloc(h, deed_real64, [3], stat=stat, errmsg=message)
    call succeeded(stat)
    call deed_release(h, stat, message)
    call succeeded(stat)
  end subroutine errmsg_that_is_not_allocated

  subroutine errmsg_of_deferred_length()
    type(deed_array) :: h
    character(len=:), allocatable :: message
    integer :: stat

    allocate(character(len=100) :: message)
    call deed_release(h, stat, message)
    call refused(stat, DEED_EHANDLE, message, "deed_release")
    call equal(len(message), 100, "length")
  end subroutine errmsg_of_deferred_length

  subroutine file_that_is_not_allocated()
    type(deed_array) :: h
    type(deed_holder), allocatable :: holders(:)
    character(len=:), allocatable :: file
    integer :: stat

    call deed_alloc(h, deed_real64, [3], file=file, line=7, stat=stat)
    call succeeded(stat)
    call deed_holders(h, holders)
    call equal(holders(1)%file, "", "file")
    call equal(holders(1)%line, 7, "line")
    call deed_release(h)
  end subroutine file_that_is_not_allocated

  subroutine numbers_that_are_not_allocated()
    real(real64), target :: u(3)
    type(deed_array) :: h
    type(deed_array) :: share
    integer, allocatable :: absent

    call deed_lend(u, h, rights=absent, line=absent)
    call deed_share(h, share, rights=absent)
    call deed_release(share)
    call deed_recall(h, timeout_ms=absent)
    call deed_alloc(h, deed_real64, [2], element_size_bytes=absent, options=absent)
    call deed_copy(h, share, order=absent, reason=absent)
    call equal(deed_rank(share), 1, "rank")
    call deed_release(share, stat=absent)
    call deed_release(h)
  end subroutine numbers_that_are_not_allocated

  subroutine lists_that_are_not_allocated()
    type(deed_array) :: h
    type(deed_array) :: view
    character(len=200) :: message
    integer, allocatable :: absent(:)
    integer(int64), allocatable :: lower(:)
    integer(int64), allocatable :: upper(:)
    integer :: stat

    call deed_alloc(h, deed_real64, absent, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "shape= is not allocated")
    call deed_alloc(h, deed_real64, [2, 3], lower=absent)
    call deed_bounds(h, lower, upper)
    call equal(lower, [1, 1], "lower bounds")
    call deed_view(h, view, [1, 1], [2, 2], step=absent)
    call deed_release(view)
    call deed_view_transposed(h, view, order=absent)
    call equal(deed_shape(view), [3, 2], "reversed")
    call deed_release(view)
    call deed_view(h, view, absent, [2, 2], stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "first= is not allocated")
    call deed_view_reshaped(h, view, absent, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "shape= is not allocated")
    call deed_release(h)
  end subroutine lists_that_are_not_allocated

  subroutine names_that_are_not_allocated()
    type(deed_array) :: h
    type(deed_array) :: found
    character(len=200) :: message
    character(len=:), allocatable :: absent
    integer :: stat

    call deed_alloc(h, deed_real64, [2], name=absent)
    call deed_publish(h, absent, stat, message)
    call refused(stat, DEED_EINVAL, message, "deed_publish")
    call deed_lookup(absent, found, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "deed_lookup")
    call deed_release(h)
  end subroutine names_that_are_not_allocated

  subroutine stat_of_every_kind()
    type(deed_array) :: h
    integer(int8) :: stat8
    integer(int16) :: stat16
    integer(int32) :: stat32
    integer(int64) :: stat64

    stat8 = -1
    stat16 = -1
    stat32 = -1
    stat64 = -1
    call deed_release(h, stat8)
    call deed_release(h, stat16)
    call deed_release(h, stat32)
    call deed_release(h, stat64)
    call equal([int(stat8, int64), int(stat16, int64), int(stat32, int64), stat64], spread(DEED_EHANDLE, 1, 4), &
      "refused")
    call deed_alloc(h, deed_int8, [1], stat=stat64)
    call equal(stat64, 0_int64, "success clears all bytes")
    call deed_release(h, stat16)
    call equal(int(stat16), 0, "success")
  end subroutine stat_of_every_kind

  subroutine integers_of_other_kinds()
    real(real64), target :: u(3)
    real(real64), pointer :: p(:)
    integer(int64), allocatable :: lower(:)
    integer(int64), allocatable :: upper(:)
    type(deed_holder), allocatable :: holders(:)
    type(deed_array) :: h
    type(deed_array) :: other

    nullify(p)
    call deed_lend(u, h, rights=int(deed_read, int64), line=2_int8)
    call deed_holders(h, holders)
    call equal(holders(1)%rights, deed_read, "rights")
    call equal(holders(1)%line, 2, "line")
    call deed_pointer(h, p, rights=1_int16, order=1_int64)
    call deed_recall(h, timeout_ms=0_int64)
    call deed_alloc(h, int(deed_real64, int64), [2, 3], lower=[-1_int16, 5_int16], options=1_int64)
    call deed_bounds(h, lower, upper)
    call equal(lower, [-1, 5], "lower")
    call deed_view_plane(h, other, dim=2_int64, index=5_int64)
    call deed_release(other)
    call deed_view(h, other, [-1, 5], [0, 7], step=[1_int64, 2_int64])
    call equal(deed_shape(other), [2, 2], "shape")
    call deed_release(other)
    call deed_view_transposed(h, other, order=[2_int64, 1_int64])
    call deed_release(other)
    call deed_transfer(h, other, to=4_int64)
    call equal(deed_owner(other), deed_language_python, "owner")
    call deed_release(other)
  end subroutine integers_of_other_kinds

  subroutine integers_out_of_range()
    type(deed_array) :: h
    type(deed_array) :: share
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [3], options=2_int64**32 + 1, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "options= is out of range")
    call deed_alloc(h, deed_real64, [3])
    call deed_share(h, share, rights=2_int64**32 + 1, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "rights= is out of range")
    call deed_release(h, line=2_int64**40, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "line= is out of range")
    call expect(deed_is_live(h), "h lives")
    call deed_release(h)
  end subroutine integers_out_of_range

  subroutine what_is_no_integer()
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, 8.0, [3], stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "kind= must be a scalar integer")
    call deed_alloc(h, deed_real64, [3], options="zeroed", stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "options= must be a scalar integer")
    call deed_alloc(h, deed_real64, [3], options=.true., stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "options= must be a scalar integer")
    call deed_alloc(h, deed_real64, [3], lower=[1.0], stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "lower= must be a list of integers")
    call deed_alloc(h, deed_real64, [3], lower=1, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "lower= must be a list of integers")
    call deed_alloc(h, deed_real64, [3], line=[1, 2], stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "line= must be a scalar integer")
    call deed_alloc(h, deed_real64, [3], name=5, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "name= must be a scalar of default character kind")
    call expect(.not. deed_is_live(h), "no array")
  end subroutine what_is_no_integer

  subroutine names_of_numbers_of_any_kind()
    call equal(deed_status_name(5_int64), "DEED_EBUSY", "status")
    call equal(deed_kind_name(int(deed_real64, int8)), "real64", "kind")
    call equal(deed_origin_name(int(deed_origin_fortran, int64)), "fortran", "origin")
    call equal(deed_language_name(int(deed_language_cxx, int16)), "C++", "language")
    call equal(deed_role_name(int(deed_role_title, int64)), "title", "role")
    call equal(deed_kind_name(2_int64**40 + deed_real64), "unknown", "out of range")
    call equal(deed_kind_name(8.0), "unknown", "no integer")
  end subroutine names_of_numbers_of_any_kind
end module argument_tests

program test_arguments
  use check, only: finish
  use argument_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_arguments
