! SPDX-License-Identifier: BSD-3-Clause
!> name= of take, lend and alloc: published in the same call, all or nothing.
module name_tests
  use, intrinsic :: iso_c_binding, only: c_null_char
  use, intrinsic :: iso_fortran_env, only: real64
  use check, only: equal, expect, number, refused, run, succeeded
  use deed
  implicit none
  private

  public :: run_all

  type :: particle
    real(real64) :: mass = 1
    real(real64) :: charge = 2
  end type particle

  character(len=300) :: message
  integer :: stat

contains

  subroutine run_all()
    call run("published_by_every_maker", published_by_every_maker)
    call run("refused_lend_has_not_begun", refused_lend_has_not_begun)
    call run("refused_take_leaves_the_allocatable", refused_take_leaves_the_allocatable)
    call run("refused_alloc_allocates_nothing", refused_alloc_allocates_nothing)
    call run("nul_in_a_name", nul_in_a_name)
  end subroutine run_all

  subroutine is_published(h, name)
    type(deed_array), intent(in) :: h
    character(len=*), intent(in) :: name
    type(deed_array) :: found

    call deed_lookup(name, found)
    call expect(number(deed_address(found)) == number(deed_address(h)), name // " shows the array")
    call deed_release(found)
    call deed_release(h)
    call deed_lookup(name, found, stat=stat)
    call equal(stat, DEED_ENONAME, name // " has ended with the title")
  end subroutine is_published

  subroutine published_by_every_maker()
    real(real64), target :: u(3)
    real(real64), allocatable :: a(:)
    type(particle), target :: particles(2)
    type(deed_array) :: h

    call deed_lend(u, h, name="names/lent   ")
    call is_published(h, "names/lent")
    allocate(a(3))
    call deed_take(a, h, name="names/taken")
    call is_published(h, "names/taken")
    call deed_alloc(h, deed_real64, [3], name="names/allocated")
    call is_published(h, "names/allocated")
    call deed_lend_record(particles, h, name="names/record")
    call is_published(h, "names/record")
    call deed_lend_unsafe(u, h, name="names/unsafe")
    call is_published(h, "names/unsafe")
  end subroutine published_by_every_maker

  !> One of a name that is taken, empty, too long.
  function bad(i) result(name)
    integer, intent(in) :: i
    character(len=200) :: name

    name = ""
    if (i == 1) name = "names/taken"
    if (i == 2) name = repeat("x", deed_name_bytes)
  end function bad

  integer function wanted(i)
    integer, intent(in) :: i

    wanted = merge(DEED_EEXIST, DEED_EINVAL, i == 1)
  end function wanted

  subroutine refused_lend_has_not_begun()
    real(real64), target :: u(3)
    type(deed_array) :: holder
    type(deed_array) :: h
    type(deed_counts) :: before
    type(deed_counts) :: after
    integer :: i

    call deed_alloc(holder, deed_real64, [1], name="names/taken")
    do i = 1, 3
      call deed_count(before)
      call deed_lend(u, h, name=bad(i), stat=stat, errmsg=message)
      call deed_count(after)
      call refused(stat, wanted(i), message, "deed_lend (real64, rank 1")
      call expect(h%bits == 0, "h is unchanged")
      call equal(after%live_blocks, before%live_blocks, "blocks")
    end do
    call deed_release(holder)
  end subroutine refused_lend_has_not_begun

  subroutine refused_take_leaves_the_allocatable()
    real(real64), allocatable :: a(:, :)
    type(deed_array) :: holder
    type(deed_array) :: h
    integer :: i

    call deed_alloc(holder, deed_real64, [1], name="names/taken")
    allocate(a(-1:0, 5:7), source=2.0_real64)
    do i = 1, 3
      call deed_take(a, h, name=bad(i), stat=stat, errmsg=message)
      call refused(stat, wanted(i), message, "deed_take (real64, rank 2")
      call expect(h%bits == 0, "h is unchanged")
      call expect(allocated(a), "a is allocated")
      call equal(lbound(a), [-1, 5], "lower bounds")
      call equal(ubound(a), [0, 7], "upper bounds")
      call equal(sum(a), 12.0_real64, "values")
    end do
    deallocate(a, stat=stat)
    call succeeded(stat)
    call deed_release(holder)
  end subroutine refused_take_leaves_the_allocatable

  subroutine refused_alloc_allocates_nothing()
    type(deed_array) :: holder
    type(deed_array) :: h
    type(deed_counts) :: before
    type(deed_counts) :: after
    integer :: i

    call deed_alloc(holder, deed_real64, [1], name="names/taken")
    do i = 1, 3
      call deed_count(before)
      call deed_alloc(h, deed_real64, [1000], name=bad(i), stat=stat, errmsg=message)
      call deed_count(after)
      call refused(stat, wanted(i), message, "deed_alloc (real64, rank 1")
      call expect(h%bits == 0, "h is unchanged")
      call equal(after%live_bytes, before%live_bytes, "bytes")
    end do
    call deed_release(holder)
  end subroutine refused_alloc_allocates_nothing

  !> Not the part before it.
  subroutine nul_in_a_name()
    real(real64), target :: u(3)
    type(deed_array) :: h
    type(deed_array) :: found

    call deed_lend(u, h, name="names/u" // c_null_char, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "there is a NUL in the name")
    call deed_lend(u, h)
    call deed_publish(h, "names/u" // c_null_char // "v", stat, message)
    call refused(stat, DEED_EINVAL, message, "there is a NUL in the name")
    call deed_publish(h, "names/u")
    call deed_lookup("names/u" // c_null_char, found, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "there is a NUL in the name")
    call deed_recall(h)
  end subroutine nul_in_a_name
end module name_tests

program test_names
  use check, only: finish
  use name_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_names
