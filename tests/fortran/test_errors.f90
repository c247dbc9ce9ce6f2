! SPDX-License-Identifier: BSD-3-Clause
!> Bad input: each case is a named error, and afterwards everything is as it was.
module error_tests
  use, intrinsic :: iso_fortran_env, only: int32, int64, real32, real64
  use check, only: equal, expect, refused, run, succeeded
  use deed
  implicit none
  private

  public :: run_all

contains

  subroutine run_all()
    call run("wrong_kind_or_rank_in_reclaim", wrong_kind_or_rank_in_reclaim)
    call run("reclaim_into_an_allocated_variable", reclaim_into_an_allocated_variable)
    call run("reclaim_while_someone_holds_a_share", reclaim_while_shared)
    call run("reclaim_of_what_another_allocator_made", reclaim_of_another_allocator)
    call run("transfer_by_a_share", transfer_by_a_share)
    call run("recall_of_what_is_not_lent", recall_of_what_is_not_lent)
    call run("overflowing_shape", overflowing_shape)
    call run("negative_extent", negative_extent)
    call run("rank_16", rank_16)
    call run("unsupported_kind", unsupported_kind)
    call run("unknown_options", unknown_options)
    call run("release_twice", release_twice)
    call run("names", names)
    call run("lookup_with_more_rights", lookup_with_more_rights)
    call run("order_that_needs_a_copy", order_that_needs_a_copy)
    call run("live_result_of_every_verb", live_result_of_every_verb)
    call run("stale_handle_in_every_verb", stale_handle_in_every_verb)
    call run("errmsg_is_cut_and_padded", errmsg_is_cut_and_padded)
    call run("errmsg_that_is_no_text", errmsg_that_is_no_text)
    call run("enquiries_of_a_stale_handle", enquiries_of_a_stale_handle)
  end subroutine run_all

  subroutine wrong_kind_or_rank_in_reclaim()
    real(real64), allocatable :: a(:)
    real(real32), allocatable :: single(:)
    real(real64), allocatable :: matrix(:, :)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    allocate(a(-1:3), source=2.0_real64)
    call deed_take(a, h)
    call deed_reclaim(h, single, stat, message)
    call refused(stat, DEED_EDTYPE, message, "the variable is real32")
    call deed_reclaim(h, matrix, stat, message)
    call refused(stat, DEED_ERANK, message, "the variable has rank 2")
    call expect(.not. allocated(single), "single is unallocated")
    call expect(.not. allocated(matrix), "matrix is unallocated")
    call deed_reclaim(h, a)
    call equal(lbound(a), [-1], "bounds")
    call equal(sum(a), 10.0_real64, "sum")
  end subroutine wrong_kind_or_rank_in_reclaim

  subroutine reclaim_into_an_allocated_variable()
    real(real64), allocatable :: a(:)
    real(real64), allocatable :: b(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    allocate(a(3), source=1.0_real64)
    allocate(b(4), source=2.0_real64)
    call deed_take(a, h)
    call deed_reclaim(h, b, stat, message)
    call refused(stat, DEED_EINVAL, message, "allocated already")
    call equal(sum(b), 8.0_real64, "b is intact")
    call deed_reclaim(h, a)
    call equal(sum(a), 3.0_real64, "a is back")
  end subroutine reclaim_into_an_allocated_variable

  subroutine reclaim_while_shared()
    real(real64), allocatable :: a(:)
    type(deed_array) :: h
    type(deed_array) :: share
    character(len=300) :: message
    integer :: stat

    allocate(a(3))
    call deed_take(a, h, file="owner.f90", line=1)
    call deed_share(h, share, file="viewer.f90", line=2)
    call deed_reclaim(h, a, stat, message)
    call refused(stat, DEED_EBUSY, message, "1 other claim: share by Fortran at viewer.f90:2")
    call expect(.not. allocated(a), "a is unallocated")
    call expect(deed_is_live(h), "h is live")
    call deed_release(share)
    call deed_reclaim(h, a)
    call expect(allocated(a), "a is allocated")
  end subroutine reclaim_while_shared

  subroutine reclaim_of_another_allocator()
    real(real64), allocatable :: a(:)
    real(real64), target :: u(3)
    type(deed_array) :: h
    type(deed_array) :: loan
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [3])
    call deed_reclaim(h, a, stat, message)
    call refused(stat, DEED_EORIGIN, message)
    call deed_release(h)
    call deed_lend(u, loan)
    call deed_reclaim(loan, a, stat, message)
    call refused(stat, DEED_EORIGIN, message)
    call deed_recall(loan)
    call expect(.not. allocated(a), "a is unallocated")
  end subroutine reclaim_of_another_allocator

  subroutine transfer_by_a_share()
    type(deed_array) :: h
    type(deed_array) :: share
    type(deed_array) :: moved
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [3])
    call deed_share(h, share)
    call deed_transfer(share, moved, stat=stat, errmsg=message)
    call refused(stat, DEED_ENOTTITLE, message)
    call expect(deed_is_live(share), "the share is live")
    call expect(.not. deed_is_live(moved), "nothing moved")
    call deed_release(share)
    call deed_release(h)
  end subroutine transfer_by_a_share

  subroutine recall_of_what_is_not_lent()
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [3])
    call deed_recall(h, stat=stat, errmsg=message)
    call refused(stat, DEED_EORIGIN, message)
    call deed_release(h)
  end subroutine recall_of_what_is_not_lent

  subroutine overflowing_shape()
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [huge(0_int64), 2_int64], stat=stat, errmsg=message)
    call refused(stat, DEED_EOVERFLOW, message)
    call deed_alloc(h, deed_real64, [2_int64**40, 2_int64**40], stat=stat, errmsg=message)
    call refused(stat, DEED_EOVERFLOW, message)
    call expect(.not. deed_is_live(h), "h is empty")
  end subroutine overflowing_shape

  subroutine negative_extent()
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [3, -1], stat=stat, errmsg=message)
    call refused(stat, DEED_ESHAPE, message)
    call expect(.not. deed_is_live(h), "h is empty")
  end subroutine negative_extent

  subroutine rank_16()
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat
    integer :: ones(16)

    ones = 1
    call deed_alloc(h, deed_real64, ones, stat=stat, errmsg=message)
    call refused(stat, DEED_ERANK, message)
    call deed_alloc(h, deed_real64, [3, 3], lower=[1], stat=stat, errmsg=message)
    call refused(stat, DEED_ERANK, message, "lower")
    call expect(.not. deed_is_live(h), "h is empty")
  end subroutine rank_16

  subroutine unsupported_kind()
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, 99, [3], stat=stat, errmsg=message)
    call refused(stat, DEED_EDTYPE, message)
    call deed_alloc(h, deed_real64, [3], element_size_bytes=4, stat=stat, errmsg=message)
    call refused(stat, DEED_EDTYPE, message)
    call deed_alloc(h, deed_character1, [3], element_size_bytes=4, stat=stat)
    call succeeded(stat)
    call deed_release(h)
  end subroutine unsupported_kind

  subroutine unknown_options()
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [3], options=1024, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message)
    call expect(.not. deed_is_live(h), "h is empty")
  end subroutine unknown_options

  subroutine release_twice()
    type(deed_array) :: h
    type(deed_array) :: share
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [3])
    call deed_share(h, share)
    call deed_release(share)
    call deed_release(share, stat, message)
    call refused(stat, DEED_ESTALE, message)
    call expect(deed_is_live(h), "the title is live")
    call deed_release(h)
  end subroutine release_twice

  subroutine names()
    type(deed_array) :: h
    type(deed_array) :: other
    type(deed_array) :: found
    character(len=:), allocatable :: published(:)
    character(len=200) :: message
    integer :: stat

    call deed_lookup("errors/u", found, stat=stat, errmsg=message)
    call refused(stat, DEED_ENONAME, message)
    call deed_alloc(h, deed_real64, [3])
    call deed_alloc(other, deed_real64, [3])
    call deed_publish(h, "errors/u   ")
    call deed_publish(other, "errors/u", stat, message)
    call refused(stat, DEED_EEXIST, message)
    call deed_publish(other, "", stat, message)
    call refused(stat, DEED_EINVAL, message)
    call deed_publish(other, repeat("x", deed_name_bytes), stat, message)
    call refused(stat, DEED_EINVAL, message)
    call deed_names(published)
    call equal(size(published), 1, "names")
    call equal(published(1), "errors/u", "the name")
    call deed_lookup("errors/u", found)
    call deed_publish(found, "errors/v", stat, message)
    call refused(stat, DEED_ENOTTITLE, message)
    call deed_withdraw(found, stat, message)
    call refused(stat, DEED_ENOTTITLE, message)
    call deed_withdraw(h)
    call deed_withdraw(h, stat, message)
    call refused(stat, DEED_ENONAME, message)
    call deed_release(found)
    call deed_release(other)
    call deed_release(h)
  end subroutine names

  subroutine lookup_with_more_rights()
    real(real64), target :: u(3)
    type(deed_array) :: h
    type(deed_array) :: found
    character(len=200) :: message
    integer :: stat

    call deed_lend(u, h, rights=deed_read)
    call deed_publish(h, "errors/constant")
    call deed_lookup("errors/constant", found, rights=deed_write, stat=stat, errmsg=message)
    call refused(stat, DEED_ERIGHTS, message)
    call deed_lookup("errors/constant", found)
    call deed_release(found)
    call deed_recall(h)
  end subroutine lookup_with_more_rights

  !> A C-order array where Fortran order is asked for.
  subroutine order_that_needs_a_copy()
    type(deed_array) :: h
    type(deed_array) :: rows
    type(deed_array) :: flat
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [3, 4])
    call deed_view_transposed(h, rows)
    call deed_view_reshaped(rows, flat, [12], stat=stat, errmsg=message)
    call refused(stat, DEED_EORDER, message)
    call deed_copy(h, flat, order=77, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message)
    call deed_release(rows)
    call deed_release(h)
  end subroutine order_that_needs_a_copy

  subroutine live_result_of_every_verb()
    real(real64), target :: u(3)
    type(deed_array) :: h
    type(deed_array) :: full
    integer :: stat

    call deed_alloc(h, deed_real64, [3])
    call deed_alloc(full, deed_real64, [3])
    call deed_publish(h, "errors/full")
    call deed_alloc(full, deed_real64, [3], stat=stat)
    call equal(stat, DEED_EINVAL, "alloc")
    call deed_lend(u, full, stat=stat)
    call equal(stat, DEED_EINVAL, "lend")
    call deed_share(h, full, stat=stat)
    call equal(stat, DEED_EINVAL, "share")
    call deed_view(h, full, [1], [2], stat=stat)
    call equal(stat, DEED_EINVAL, "view")
    call deed_transfer(h, full, stat=stat)
    call equal(stat, DEED_EINVAL, "transfer")
    call deed_copy(h, full, stat=stat)
    call equal(stat, DEED_EINVAL, "copy")
    call deed_lookup("errors/full", full, stat=stat)
    call equal(stat, DEED_EINVAL, "lookup")
    call expect(deed_is_live(full), "the result is what it was")
    call deed_release(full)
    call deed_release(h)
  end subroutine live_result_of_every_verb

  subroutine stale_handle_in_every_verb()
    real(real64), allocatable :: a(:)
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    type(deed_array) :: result
    integer :: stat

    nullify(p)
    call deed_alloc(h, deed_real64, [3])
    call deed_release(h)
    call deed_share(h, result, stat=stat)
    call equal(stat, DEED_ESTALE, "share")
    call deed_view(h, result, [1], [2], stat=stat)
    call equal(stat, DEED_ESTALE, "view")
    call deed_transfer(h, result, stat=stat)
    call equal(stat, DEED_ESTALE, "transfer")
    call deed_reclaim(h, a, stat=stat)
    call equal(stat, DEED_ESTALE, "reclaim")
    call deed_recall(h, stat=stat)
    call equal(stat, DEED_ESTALE, "recall")
    call deed_release(h, stat=stat)
    call equal(stat, DEED_ESTALE, "release")
    call deed_pointer(h, p, stat=stat)
    call equal(stat, DEED_ESTALE, "pointer")
    call deed_copy(h, result, stat=stat)
    call equal(stat, DEED_ESTALE, "copy")
    call deed_publish(h, "errors/stale", stat=stat)
    call equal(stat, DEED_ESTALE, "publish")
    call deed_withdraw(h, stat=stat)
    call equal(stat, DEED_ESTALE, "withdraw")
    call expect(.not. deed_is_live(result), "no result")
  end subroutine stale_handle_in_every_verb

  subroutine errmsg_is_cut_and_padded()
    type(deed_array) :: h
    character(len=7) :: short
    character(len=:), allocatable :: long
    integer :: stat

    call deed_release(h, stat, short)
    call equal(short, "deed_re", "cut")
    allocate(character(len=1000) :: long)
    long = repeat("x", 1000)
    call deed_release(h, stat, long)
    call equal(len(long), 1000, "length")
    call equal(long(990:), "", "padded")
    call deed_release(h, stat, long(3:12))
    call equal(long(3:12), "deed_relea", "a substring")
  end subroutine errmsg_is_cut_and_padded

  subroutine errmsg_that_is_no_text()
    type(deed_array) :: h
    integer(int32) :: number
    integer :: stat

    number = 5
    call deed_alloc(h, deed_real64, [3], stat=stat, errmsg=number)
    call equal(stat, DEED_EINVAL, "status")
    call equal(number, 5, "the variable")
    call expect(.not. deed_is_live(h), "h is empty")
  end subroutine errmsg_that_is_no_text

  subroutine enquiries_of_a_stale_handle()
    type(deed_array) :: h
    type(deed_holder), allocatable :: holders(:)
    integer(int64), allocatable :: lower(:)
    integer(int64), allocatable :: upper(:)
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [3])
    call deed_release(h)
    call equal(size(deed_shape(h, stat, message)), 0, "shape")
    call refused(stat, DEED_ESTALE, message)
    call equal(deed_kind(h, stat), 0, "kind")
    call equal(stat, DEED_ESTALE, "kind")
    call equal(deed_origin(h, stat), deed_origin_none, "origin")
    call equal(stat, DEED_ESTALE, "origin")
    call equal(deed_owner(h, stat), deed_language_none, "owner")
    call equal(stat, DEED_ESTALE, "owner")
    call deed_bounds(h, lower, upper, stat)
    call equal(stat, DEED_ESTALE, "bounds")
    call equal(size(lower), 0, "bounds")
    call deed_holders(h, holders, stat, message)
    call refused(stat, DEED_ESTALE, message)
    call equal(size(holders), 0, "holders")
  end subroutine enquiries_of_a_stale_handle
end module error_tests

program test_errors
  use check, only: finish
  use error_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_errors
