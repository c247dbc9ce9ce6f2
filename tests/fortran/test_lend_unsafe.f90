! SPDX-License-Identifier: BSD-3-Clause
!> Lending what has no TARGET: where the elements are, with which strides and bounds. What the compiler makes of later
!> accesses is not deed's to promise, so memory is looked at through the loan, and the variable through calls.
module lend_unsafe_tests
  use, intrinsic :: iso_fortran_env, only: int32, int64, real64
  use check, only: equal, expect, refused, run
  use deed
  implicit none
  private

  public :: run_all

  real(real64), save :: field(-1:2, 0:4)
  real(real64), allocatable, save :: grown(:)

contains

  subroutine run_all()
    call run("variable_without_target", variable_without_target)
    call run("section_without_target", section_without_target)
    call run("allocatable_without_target", allocatable_without_target)
    call run("characters_without_target", characters_without_target)
    call run("logicals_without_target", logicals_without_target)
    call run("what_cannot_be_lent", what_cannot_be_lent)
  end subroutine run_all

  subroutine fill_field(value)
    real(real64), intent(in) :: value

    field = value
    field(-1, 0) = value + 1
  end subroutine fill_field

  subroutine variable_without_target()
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h

    nullify(p)
    call fill_field(3.0_real64)
    call deed_lend_unsafe(field, h, lower=lbound(field))
    call deed_pointer(h, p)
    call equal(lbound(p), [-1, 0], "lower bounds")
    call equal(ubound(p), [2, 4], "upper bounds")
    call equal(p(-1, 0), 4.0_real64, "first element")
    call equal(sum(p), 61.0_real64, "sum")
    call deed_recall(h)
    call deed_lend_unsafe(field, h, rights=deed_read)
    call deed_pointer(h, p, rights=deed_read)
    call equal(lbound(p), [1, 1], "bounds of their own")
    call deed_recall(h)
  end subroutine variable_without_target

  subroutine section_without_target()
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h

    nullify(p)
    call fill_field(3.0_real64)
    field(-1, 4) = 10
    call deed_lend_unsafe(field(-1:2:3, 4:0:-2), h)
    call deed_pointer(h, p)
    call equal(shape(p), [2, 3], "shape")
    call equal(p(1, 1), 10.0_real64, "last column first")
    call equal(p(1, 3), 4.0_real64, "first column last")
    p(2, 2) = 7
    call deed_recall(h)
    call equal(element(2, 2), 7.0_real64, "written through the loan")
  end subroutine section_without_target

  real(real64) function element(i, j)
    integer, intent(in) :: i
    integer, intent(in) :: j

    element = field(i, j)
  end function element

  subroutine allocatable_without_target()
    type(deed_array) :: h

    allocate(grown(5), source=1.0_real64)
    call deed_lend_unsafe(grown, h, lower=[0])
    call equal(deed_shape(h), [5], "shape")
    call equal(deed_origin(h), deed_origin_lent, "origin")
    call deed_recall(h)
    deallocate(grown)
  end subroutine allocatable_without_target

  subroutine characters_without_target()
    character(len=3) :: names(2)
    character(len=:), pointer :: p(:)
    type(deed_array) :: h

    nullify(p)
    names = ["abc", "def"]
    call deed_lend_unsafe(names, h)
    call equal(deed_element_size_bytes(h), 3_int64, "element")
    call deed_pointer(h, p)
    call equal(p(2), "def", "second")
    call deed_recall(h)
  end subroutine characters_without_target

  subroutine logicals_without_target()
    logical :: mask(3)
    type(deed_array) :: h

    mask = .true.
    call deed_lend_unsafe(mask, h)
    call equal(deed_kind(h), deed_logical32, "kind")
    call deed_recall(h)
  end subroutine logicals_without_target

  subroutine what_cannot_be_lent()
    type(deed_array) :: h
    character(len=200) :: message
    integer(int32), allocatable :: absent(:)
    integer :: stat

    ! Its extents are read for the call, so they must have been set.
    allocate(absent(1))
    deallocate(absent)
    call deed_lend_unsafe(absent, h, stat=stat, errmsg=message)
    call refused(stat, DEED_EUNALLOCATED, message)
    call deed_lend_unsafe(field, h, lower=[1], stat=stat, errmsg=message)
    call refused(stat, DEED_ERANK, message, "lower=")
    call deed_lend_unsafe(field, h, rights=0, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message)
    call expect(.not. deed_is_live(h), "no loan")
  end subroutine what_cannot_be_lent
end module lend_unsafe_tests

program test_lend_unsafe
  use check, only: finish
  use lend_unsafe_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_lend_unsafe
