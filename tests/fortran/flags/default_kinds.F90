! SPDX-License-Identifier: BSD-3-Clause
!> Every verb in a program whose default integers, logicals and reals have eight bytes. Nothing here names a kind, as
!> in the codes that are compiled so.
program default_kinds
  use deed
  implicit none
#include "deed_here.h"
  type :: particle
    real :: mass = 1
    integer :: charge = 2
  end type particle
  integer :: checks = 0
  integer :: failures = 0
  character(len=300) :: message = ""
  integer :: stat = -1

  if (storage_size(stat) /= 64) error stop "not compiled with the flags that this is about"
  call variables()
  call unsafe_and_records()
  call handles()
  call views()
  call names()
  call weak_handles()
  call enquiries()
  call scoped()
  call numbers()
  print '(i0, " checks, ", i0, " failures")', checks, failures
  if (checks < 40 .or. failures > 0) error stop 1

contains

  subroutine expect(condition, text)
    logical, intent(in) :: condition
    character(len=*), intent(in) :: text

    checks = checks + 1
    if (condition) return
    failures = failures + 1
    print '(a, ": stat ", i0, ", ", a)', text, stat, trim(message)
  end subroutine expect

  !> The last verb succeeded, and said so in all bytes of stat.
  subroutine done(text)
    character(len=*), intent(in) :: text

    call expect(stat == DEED_OK, text)
    stat = -1
  end subroutine done

  subroutine ends(h)
    type(deed_array), intent(in) :: h

    call deed_release(h, stat, message, &
      DEED_HERE)
    call done("release")
  end subroutine ends

  subroutine variables()
    real, allocatable, target :: a(:, :)
    logical, target :: mask(3)
    real, pointer :: p(:, :)
    type(deed_array) :: h
    integer :: rights

    nullify(p)
    rights = deed_read
    mask = .true.
    allocate(a(-1:1, 2), source=1.0)
    call deed_lend(a, h, rights=rights, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("lend")
    call deed_pointer(h, p, rights=rights, order=deed_order_fortran, stat=stat, errmsg=message)
    call done("pointer")
    call expect(lbound(p, 1) == -1 .and. abs(sum(p) - 6.0) < 0.1, "what it points at")
    call deed_recall(h, timeout_ms=0, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("recall")
    call deed_take(a, h, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("take")
    call deed_reclaim(h, a, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("reclaim")
    call expect(lbound(a, 1) == -1 .and. ubound(a, 2) == 2, "bounds that came back")
    call deed_lend(mask, h, stat=stat)
    call done("lend of a logical")
    call expect(deed_kind(h) == deed_logical64, "kind of a logical")
    call ends(h)
  end subroutine variables

  subroutine unsafe_and_records()
    integer :: u(0:3)
    type(particle), target :: particles(2)
    type(deed_array) :: h

    u = 1
    call deed_lend_unsafe(u, h, lower=lbound(u), rights=deed_read, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("lend_unsafe")
    call ends(h)
    call deed_lend_record(particles, h, lower=[5], rights=deed_read, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("lend_record")
    call ends(h)
    call deed_lend(particles%charge, h, stat=stat)
    call done("lend of a component")
    call ends(h)
  end subroutine unsafe_and_records

  subroutine handles()
    type(deed_array) :: h
    type(deed_array) :: other
    type(deed_array) :: copy
    integer :: kind

    call deed_alloc(h, deed_real64, [3, 4], stat=stat)
    call done("alloc")
    call ends(h)
    kind = deed_character1
    call deed_alloc(h, kind, [3, 4], lower=[0, -1], element_size_bytes=5, options=deed_zeroed, stat=stat, &
      errmsg=message, &
      DEED_HERE)
    call done("alloc with everything")
    call deed_share(h, other, rights=deed_read, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("share")
    call deed_copy(h, copy, order=deed_order_c, reason=deed_copy_order, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("copy")
    call ends(copy)
    call ends(other)
    call deed_transfer(h, other, to=deed_language_c, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("transfer")
    call ends(other)
    call deed_release(h, stat, message, &
      DEED_HERE)
    call expect(stat == DEED_ESTALE, "release of a stale handle")
    call expect(index(message, "default_kinds.F90:") > 0, "place of the refusal")
  end subroutine handles

  subroutine views()
    type(deed_array) :: h
    type(deed_array) :: part

    call deed_alloc(h, deed_complex_real64, [6, 4])
    call deed_view(h, part, [1, 1], [5, 3], step=[2, 1], rights=deed_read, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("view")
    call expect(all(deed_shape(part) == [3, 3]), "shape of a view")
    call ends(part)
    call deed_view_plane(h, part, dim=2, index=3, rights=deed_read, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("view_plane")
    call ends(part)
    call deed_view_transposed(h, part, order=[2, 1], rights=deed_read, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("view_transposed")
    call ends(part)
    call deed_view_reshaped(h, part, [24], rights=deed_read, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("view_reshaped")
    call ends(part)
    call deed_view_component(h, part, deed_real64, 8, element_size_bytes=8, rights=deed_read, stat=stat, &
      errmsg=message, &
      DEED_HERE)
    call done("view_component")
    call ends(part)
    call ends(h)
  end subroutine views

  subroutine names()
    type(deed_array) :: h
    type(deed_array) :: found

    call deed_alloc(h, deed_int64, [2], name="default/h", stat=stat, &
      DEED_HERE)
    call done("alloc with a name")
    call deed_lookup("default/h", found, rights=deed_read, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("lookup")
    call ends(found)
    call deed_withdraw(h, stat, message, &
      DEED_HERE)
    call done("withdraw")
    call deed_publish(h, "default/again", stat, message, &
      DEED_HERE)
    call done("publish")
    call ends(h)
  end subroutine names

  subroutine weak_handles()
    type(deed_array) :: h
    type(deed_array) :: again
    type(deed_weak) :: weak

    call deed_alloc(h, deed_int64, [2])
    call deed_weak_of(h, weak, stat, message, &
      DEED_HERE)
    call done("weak_of")
    call deed_upgrade(weak, again, rights=deed_read, stat=stat, errmsg=message, &
      DEED_HERE)
    call done("upgrade")
    call ends(again)
    call ends(h)
  end subroutine weak_handles

  subroutine enquiries()
    type(deed_array) :: h
    type(deed_holder), allocatable :: holders(:)
    character(len=:), allocatable :: published(:)
    integer :: unit
    integer :: line

    call deed_alloc(h, deed_int64, [2, 3], file="default_kinds", line=77)
    call deed_holders(h, holders, stat, message)
    call done("holders")
    line = holders(1)%line
    call expect(line == 77, "line of a holder")
    call deed_names(published, stat, message)
    call done("names")
    call expect(deed_rank(h, stat, message) == 2, "rank")
    call done("rank")
    call expect(deed_element_size_bytes(h, stat) == 8, "element_size_bytes")
    call done("element_size_bytes")
    call expect(deed_origin(h, stat) == deed_origin_malloc, "origin")
    call done("origin")
    call expect(deed_owner(h, stat) == deed_language_fortran, "owner")
    call done("owner")
    open (newunit=unit, status="scratch")
    call deed_report(unit, stat, message)
    call done("report")
    close (unit)
    call ends(h)
  end subroutine enquiries

  subroutine scoped()
    type(deed_scoped) :: x
    type(deed_scoped) :: y
    type(deed_array) :: h

    call deed_alloc(h, deed_int64, [2])
    call x%hold(h, stat, message)
    call done("hold")
    call deed_move(x, y)
    call y%release(stat, message)
    call done("release of a scoped variable")
  end subroutine scoped

  subroutine numbers()
    integer :: kind

    kind = deed_real64
    stat = DEED_EBUSY
    call expect(deed_status_name(stat) == "DEED_EBUSY", "status_name")
    call expect(deed_kind_name(kind) == "real64", "kind_name")
    call expect(deed_origin_name(3) == "fortran", "origin_name")
    call expect(deed_language_name(3) == "Fortran", "language_name")
    call expect(deed_role_name(1) == "title", "role_name")
  end subroutine numbers
end program default_kinds
