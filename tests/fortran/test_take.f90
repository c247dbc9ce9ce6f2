! SPDX-License-Identifier: BSD-3-Clause
!> take and reclaim: an allocatable on its way into deed and back.
module take_tests
  use, intrinsic :: iso_c_binding, only: c_loc
  use, intrinsic :: iso_fortran_env, only: int32, int64, real64
  use check, only: equal, expect, number, refused, run, succeeded
  use deed
  implicit none
  private

  public :: run_all

  type :: grid
    real(real64), allocatable :: depth(:, :)
    integer(int32), allocatable :: mask(:)
  end type grid

  type :: state
    type(grid) :: fine
  end type state

contains

  subroutine run_all()
    call run("take_empties_the_variable", take_empties_the_variable)
    call run("reclaim_brings_everything_back", reclaim_brings_everything_back)
    call run("component_of_a_component", component_of_a_component)
    call run("characters", characters)
    call run("rank_15", rank_15)
    call run("dummy_argument", dummy_argument)
    call run("what_is_lent_is_not_taken", what_is_lent_is_not_taken)
    call run("trap_t03_local_allocatable_outlives_its_procedure", trap_t03_local_allocatable)
    call run("trap_t04_assignment_cannot_move_what_was_taken", trap_t04_assignment)
    call run("trap_t07_second_release_is_refused", trap_t07_second_release)
    call run("trap_t08_live_result_is_refused", trap_t08_live_result)
    call run("trap_t22_transfer_moves_the_duty_to_free", trap_t22_transfer)
    call run("trap_t24_freed_by_deallocate", trap_t24_freed_by_deallocate)
    call run("trap_t44_no_elements", trap_t44_no_elements)
    call run("trap_t46_scalar", trap_t46_scalar)
    call run("trap_t55_unallocated", trap_t55_unallocated)
    call run("trap_t55_deallocated_with_stale_extents", trap_t55_deallocated)
  end subroutine run_all

  !> The loan would point to what DEALLOCATE frees.
  subroutine what_is_lent_is_not_taken()
    real(real64), allocatable, target :: a(:, :)
    type(deed_array) :: loan
    type(deed_array) :: h
    character(len=300) :: message
    integer :: stat

    allocate(a(-1:2, 5), source=1.0_real64)
    call deed_lend(a(0:1, 5:3:-1), loan, file="lender.f90", line=12)
    call deed_take(a, h, stat, message)
    call refused(stat, DEED_EBUSY, message, "deed_take (real64, rank 2) refused: the memory is lent: ")
    call expect(index(message, "title by Fortran at lender.f90:12") > 0, trim(message))
    call expect(h%bits == 0, "h is unchanged")
    call equal(lbound(a), [-1, 1], "bounds")
    call equal(sum(a), 20.0_real64, "values")
    call deed_recall(loan)
    call deed_take(a, h)
    call deed_release(h)
  end subroutine what_is_lent_is_not_taken

  subroutine take_empties_the_variable()
    real(real64), allocatable :: a(:, :)
    type(deed_array) :: h

    allocate(a(3, 4))
    call deed_take(a, h)
    call expect(.not. allocated(a), "a is unallocated")
    call expect(deed_is_live(h), "h is live")
    call equal(deed_origin(h), deed_origin_fortran, "origin")
    call equal(deed_owner(h), deed_language_fortran, "owner")
    call equal(deed_kind(h), deed_real64, "kind")
    call equal(deed_rank(h), 2, "rank")
    call equal(deed_shape(h), [3, 4], "shape")
    call equal(deed_element_size_bytes(h), 8_int64, "element size")
    call deed_release(h)
    call expect(.not. deed_is_live(h), "h is stale")
  end subroutine take_empties_the_variable

  subroutine reclaim_brings_everything_back()
    real(real64), allocatable, target :: a(:, :)
    real(real64), allocatable, target :: b(:, :)
    type(deed_array) :: h
    type(deed_counts) :: before
    type(deed_counts) :: after
    integer(int64) :: where

    call deed_count(before)
    allocate(a(-1:2, 0:4))
    a = 5
    a(-1, 0) = 7
    where = number(c_loc(a(-1, 0)))
    call deed_take(a, h)
    call deed_reclaim(h, b)
    call expect(allocated(b), "b is allocated")
    call equal(lbound(b), [-1, 0], "lower bounds")
    call equal(ubound(b), [2, 4], "upper bounds")
    call equal(number(c_loc(b(-1, 0))), where, "address")
    call equal(sum(b), 102.0_real64, "sum")
    call expect(.not. deed_is_live(h), "h is stale")
    deallocate(b)
    call deed_count(after)
    call equal(after%copies, before%copies, "copies")
  end subroutine reclaim_brings_everything_back

  subroutine component_of_a_component()
    type(state) :: s
    type(deed_array) :: depth
    type(deed_array) :: mask
    real(real64), pointer :: p(:, :)

    nullify(p)
    allocate(s%fine%depth(0:5, -1:3), source=2.0_real64)
    allocate(s%fine%mask(10:12), source=4_int32)
    call deed_take(s%fine%depth, depth)
    call deed_take(s%fine%mask, mask)
    call expect(.not. allocated(s%fine%depth), "depth is unallocated")
    call deed_pointer(depth, p)
    call equal(lbound(p), [0, -1], "bounds of the pointer")
    call deed_reclaim(depth, s%fine%depth)
    call deed_reclaim(mask, s%fine%mask)
    call equal(lbound(s%fine%depth), [0, -1], "bounds of depth")
    call equal(sum(s%fine%depth), 60.0_real64, "sum of depth")
    call equal(lbound(s%fine%mask), [10], "bounds of mask")
    call equal(sum(s%fine%mask), 12, "sum of mask")
  end subroutine component_of_a_component

  subroutine characters()
    character(len=:), allocatable :: names(:)
    character(len=:), allocatable :: back(:)
    type(deed_array) :: h

    allocate(character(len=6) :: names(0:2))
    names(:) = ["north ", "south ", "island"]
    call deed_take(names, h)
    call equal(deed_kind(h), deed_character1, "kind")
    call equal(deed_element_size_bytes(h), 6_int64, "element size")
    call deed_reclaim(h, back)
    call equal(len(back), 6, "length")
    call equal(lbound(back), [0], "lower bound")
    call equal(back(2), "island", "last element")
  end subroutine characters

  subroutine rank_15()
    integer(int32), allocatable :: a(:, :, :, :, :, :, :, :, :, :, :, :, :, :, :)
    type(deed_array) :: h

    allocate(a(2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -3:-1), source=9_int32)
    call deed_take(a, h)
    call equal(deed_rank(h), 15, "rank")
    call deed_reclaim(h, a)
    call equal(sum(a), 54, "sum")
    call equal(lbound(a, 15), -3, "last lower bound")
  end subroutine rank_15

  subroutine take_argument(a, h, stat, errmsg)
    real(real64), allocatable, intent(inout) :: a(:)
    type(deed_array), intent(inout) :: h
    integer, optional, intent(out) :: stat
    character(len=*), optional, intent(inout) :: errmsg

    call deed_take(a, h, stat, errmsg)
  end subroutine take_argument

  !> OPTIONAL stat and errmsg of a caller are passed on, present and absent.
  subroutine dummy_argument()
    real(real64), allocatable :: a(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    message = "untouched"
    call take_argument(a, h, stat, message)
    call refused(stat, DEED_EUNALLOCATED, message)
    allocate(a(3))
    message = "untouched"
    call take_argument(a, h, stat, message)
    call succeeded(stat)
    call equal(message, "untouched", "errmsg after success")
    call deed_reclaim(h, a)
    call take_argument(a, h)
    call deed_release(h)
  end subroutine dummy_argument

  subroutine take_local(h)
    type(deed_array), intent(inout) :: h
    real(real64), allocatable :: local(:)

    allocate(local(100), source=3.0_real64)
    call deed_take(local, h)
  end subroutine take_local

  subroutine trap_t03_local_allocatable()
    type(deed_array) :: h
    real(real64), pointer :: p(:)

    nullify(p)
    call take_local(h)
    call deed_pointer(h, p)
    call equal(sum(p), 300.0_real64, "sum")
    call deed_release(h)
  end subroutine trap_t03_local_allocatable

  subroutine trap_t04_assignment()
    real(real64), allocatable :: a(:)
    real(real64), pointer :: p(:)
    type(deed_array) :: h

    nullify(p)
    a = [1.0_real64, 2.0_real64]
    call deed_take(a, h)
    a = [3.0_real64, 4.0_real64, 5.0_real64]
    call deed_pointer(h, p)
    call equal(sum(p), 3.0_real64, "what was taken")
    call equal(sum(a), 12.0_real64, "the new array")
    call deed_release(h)
  end subroutine trap_t04_assignment

  subroutine trap_t07_second_release()
    real(real64), allocatable :: a(:)
    type(deed_array) :: h
    type(deed_array) :: copy
    character(len=200) :: message
    integer :: stat

    allocate(a(4))
    call deed_take(a, h)
    copy = h
    call deed_release(h)
    call deed_release(copy, stat, message)
    call refused(stat, DEED_ESTALE, message)
    call deed_release(h, stat, message)
    call refused(stat, DEED_ESTALE, message)
  end subroutine trap_t07_second_release

  subroutine trap_t08_live_result()
    real(real64), allocatable :: a(:)
    real(real64), allocatable :: b(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    allocate(a(4), b(5))
    call deed_take(a, h)
    call deed_take(b, h, stat, message)
    call refused(stat, DEED_EINVAL, message, "still holds an array")
    call expect(allocated(b), "b is still allocated")
    call equal(deed_shape(h), [4], "h still shows a")
    call deed_release(h)
    call deed_take(b, h, stat)
    call succeeded(stat)
    call deed_release(h)
  end subroutine trap_t08_live_result

  subroutine trap_t22_transfer()
    real(real64), allocatable :: a(:)
    type(deed_array) :: h
    type(deed_array) :: moved
    type(deed_counts) :: before
    type(deed_counts) :: after
    integer :: stat

    call deed_count(before)
    allocate(a(4))
    call deed_take(a, h)
    call deed_transfer(h, moved, to=deed_language_python)
    call equal(deed_owner(moved), deed_language_python, "owner")
    call deed_release(h, stat)
    call equal(stat, DEED_ESTALE, "the old handle")
    call expect(deed_is_live(moved), "the new handle lives")
    call deed_release(moved)
    call deed_count(after)
    call equal(after%blocks_ended, before%blocks_ended + 1, "freed once")
  end subroutine trap_t22_transfer

  subroutine trap_t24_freed_by_deallocate()
    real(real64), allocatable :: a(:)
    type(deed_array) :: h
    type(deed_counts) :: before
    type(deed_counts) :: after

    call deed_count(before)
    allocate(a(1000))
    call deed_take(a, h)
    call deed_release(h)
    call deed_count(after)
    call equal(after%blocks_ended, before%blocks_ended + 1, "blocks ended")
    call equal(after%abandoned, before%abandoned, "abandoned")
  end subroutine trap_t24_freed_by_deallocate

  subroutine trap_t44_no_elements()
    real(real64), allocatable :: a(:, :)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h

    nullify(p)
    allocate(a(0, 3))
    call deed_take(a, h)
    call equal(deed_shape(h), [0, 3], "shape")
    call deed_pointer(h, p)
    call expect(associated(p), "the pointer is associated")
    call equal(shape(p), [0, 3], "shape of the pointer")
    call deed_reclaim(h, a)
    call expect(allocated(a), "a is allocated")
    call equal(shape(a), [0, 3], "shape of a")
    deallocate(a)
    allocate(a(5:4, 2))
    call deed_take(a, h)
    call deed_release(h)
  end subroutine trap_t44_no_elements

  subroutine trap_t46_scalar()
    real(real64), allocatable :: x
    real(real64), pointer :: p
    type(deed_array) :: h

    nullify(p)
    allocate(x, source=2.5_real64)
    call deed_take(x, h)
    call expect(.not. allocated(x), "x is unallocated")
    call equal(deed_rank(h), 0, "rank")
    call deed_pointer(h, p)
    call equal(p, 2.5_real64, "value")
    call deed_reclaim(h, x)
    call equal(x, 2.5_real64, "value of x")
  end subroutine trap_t46_scalar

  subroutine trap_t55_unallocated()
    real(real64), allocatable :: a(:, :, :)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call deed_take(a, h, stat, message)
    call refused(stat, DEED_EUNALLOCATED, message)
    call expect(.not. deed_is_live(h), "h is empty")
  end subroutine trap_t55_unallocated

  subroutine trap_t55_deallocated()
    real(real64), allocatable :: a(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    allocate(a(10))
    deallocate(a)
    call deed_take(a, h, stat, message)
    call refused(stat, DEED_EUNALLOCATED, message)
  end subroutine trap_t55_deallocated
end module take_tests

program test_take
  use check, only: finish
  use take_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_take
