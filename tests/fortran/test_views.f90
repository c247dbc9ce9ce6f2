! SPDX-License-Identifier: BSD-3-Clause
!> Views in Fortran index terms.
module view_tests
  use, intrinsic :: iso_fortran_env, only: int32, int64, real64
  use check, only: equal, expect, refused, run, succeeded
  use deed
  implicit none
  private

  public :: run_all

contains

  subroutine run_all()
    call run("sections_equal_those_of_fortran", sections_equal_those_of_fortran)
    call run("planes", planes)
    call run("transpositions", transpositions)
    call run("reshapes", reshapes)
    call run("parts_of_complex_numbers", parts_of_complex_numbers)
    call run("outside_the_bounds", outside_the_bounds)
    call run("rights_only_shrink", rights_only_shrink)
    call run("copies", copies)
    call run("trap_t35_one_element_is_still_a_view", trap_t35_one_element)
  end subroutine run_all

  !> An array with bounds (-1:5, 0:4) and a value of its own in every element.
  subroutine fill(u)
    real(real64), intent(out) :: u(-1:5, 0:4)
    integer :: i
    integer :: j

    do j = 0, 4
      do i = -1, 5
        u(i, j) = 10 * i + j
      end do
    end do
  end subroutine fill

  subroutine sections_equal_those_of_fortran()
    real(real64), target :: u(-1:5, 0:4)
    type(deed_array) :: h

    call fill(u)
    call deed_lend(u, h)
    call compare(h, [-1, 0], [5, 4], [1, 1], u(-1:5, 0:4))
    call compare(h, [0, 1], [4, 3], [1, 1], u(0:4, 1:3))
    call compare(h, [-1, 0], [5, 4], [2, 3], u(-1:5:2, 0:4:3))
    call compare(h, [5, 4], [-1, 0], [-3, -1], u(5:-1:-3, 4:0:-1))
    call compare(h, [3, 2], [3, 2], [1, 1], u(3:3, 2:2))
    call compare(h, [3, 2], [2, 4], [1, 1], u(3:2, 2:4))
    call deed_recall(h)
  end subroutine sections_equal_those_of_fortran

  subroutine compare(h, first, last, step, expected)
    type(deed_array), intent(in) :: h
    integer, intent(in) :: first(:)
    integer, intent(in) :: last(:)
    integer, intent(in) :: step(:)
    real(real64), intent(in) :: expected(:, :)
    type(deed_array) :: view
    real(real64), pointer :: p(:, :)

    nullify(p)
    call deed_view(h, view, first, last, step)
    call deed_pointer(view, p)
    call equal(shape(p), shape(expected), "shape")
    call equal(lbound(p), [1, 1], "bounds of a section")
    if (all(shape(p) == shape(expected))) call expect(all(abs(p - expected) <= 0), "every element")
    call deed_release(view)
    call deed_view(h, view, int(first, int64), int(last, int64), int(step, int64))
    call equal(deed_shape(view), shape(expected), "shape by int64")
    call deed_release(view)
  end subroutine compare

  subroutine planes()
    real(real64), target :: u(-1:5, 0:4)
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    type(deed_array) :: view
    character(len=200) :: message
    integer :: stat

    nullify(p)
    call fill(u)
    call deed_lend(u, h)
    call deed_view_plane(h, view, dim=2, index=3)
    call deed_pointer(view, p)
    call equal(lbound(p), [-1], "bounds of what is left")
    call expect(all(abs(p - u(:, 3)) <= 0), "every element")
    call deed_release(view)
    call deed_view_plane(h, view, dim=1, index=-1_int64)
    call equal(deed_shape(view), [5], "shape")
    call deed_release(view)
    call deed_view_plane(h, view, dim=3, index=1, stat=stat, errmsg=message)
    call refused(stat, DEED_ERANK, message)
    call deed_view_plane(h, view, dim=1, index=6, stat=stat, errmsg=message)
    call refused(stat, DEED_EBOUNDS, message)
    call deed_recall(h)
  end subroutine planes

  subroutine transpositions()
    type(deed_array) :: h
    type(deed_array) :: view
    integer(int64), allocatable :: lower(:)
    integer(int64), allocatable :: upper(:)
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_int32, [2, 3, 4], lower=[0, 10, 20])
    call deed_view_transposed(h, view)
    call equal(deed_shape(view), [4, 3, 2], "reversed")
    call deed_release(view)
    call deed_view_transposed(h, view, order=[2, 3, 1])
    call deed_bounds(view, lower, upper)
    call equal(lower, [10, 20, 0], "lower bounds")
    call equal(upper, [12, 23, 1], "upper bounds")
    call deed_release(view)
    call deed_view_transposed(h, view, order=[1, 2, 2], stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message)
    call deed_view_transposed(h, view, order=[0, 2, 3], stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message)
    call deed_view_transposed(h, view, order=[1, 2], stat=stat, errmsg=message)
    call refused(stat, DEED_ERANK, message)
    call deed_release(h)
  end subroutine transpositions

  subroutine reshapes()
    real(real64), target :: u(-1:5, 0:4)
    real(real64), pointer :: p(:, :, :)
    type(deed_array) :: h
    type(deed_array) :: view
    character(len=200) :: message
    integer :: j
    integer :: stat

    nullify(p)
    call fill(u)
    call deed_lend(u, h)
    call deed_view_reshaped(h, view, [7_int64, 1_int64, 5_int64])
    call deed_pointer(view, p)
    ! Column by column: with -O1 and above, flang 22 gets the intrinsic RESHAPE of a source wrong whose lower bounds are
    ! not 1.
    do j = 0, 4
      call expect(all(abs(p(:, 1, j + 1) - u(:, j)) <= 0), "every element")
    end do
    call deed_release(view)
    call deed_view_reshaped(h, view, [6, 6], stat=stat, errmsg=message)
    call refused(stat, DEED_ESHAPE, message)
    call deed_recall(h)
    call deed_lend(u(::2, :), h)
    call deed_view_reshaped(h, view, [20], stat=stat, errmsg=message)
    call refused(stat, DEED_EORDER, message)
    call deed_recall(h)
  end subroutine reshapes

  subroutine parts_of_complex_numbers()
    complex(real64), target :: z(3)
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    type(deed_array) :: part
    character(len=200) :: message
    integer :: stat

    nullify(p)
    z = [(1, 2), (3, 4), (5, 6)]
    call deed_lend(z, h)
    call deed_view_component(h, part, deed_real64, 8)
    call deed_pointer(part, p)
    call equal(sum(p), 12.0_real64, "sum of the imaginary parts")
    call deed_release(part)
    call deed_view_component(h, part, deed_real64, 12, stat=stat, errmsg=message)
    call refused(stat, DEED_EBOUNDS, message)
    call deed_view_component(h, part, 99, 0, stat=stat, errmsg=message)
    call refused(stat, DEED_EDTYPE, message)
    call deed_recall(h)
  end subroutine parts_of_complex_numbers

  subroutine outside_the_bounds()
    type(deed_array) :: h
    type(deed_array) :: view
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [4, 4], lower=[0, 0])
    call deed_view(h, view, [0, 0], [4, 3], stat=stat, errmsg=message)
    call refused(stat, DEED_EBOUNDS, message)
    call deed_view(h, view, [-1, 0], [3, 3], stat=stat, errmsg=message)
    call refused(stat, DEED_EBOUNDS, message)
    call deed_view(h, view, [0, 0], [3, 3], [0, 1], stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message)
    call deed_view(h, view, [0], [3], stat=stat, errmsg=message)
    call refused(stat, DEED_ERANK, message)
    call deed_view(h, view, [(0, stat = 1, 16)], [(0, stat = 1, 16)], stat=stat, errmsg=message)
    call refused(stat, DEED_ERANK, message)
    call expect(.not. deed_is_live(view), "no view was made")
    call deed_release(h)
  end subroutine outside_the_bounds

  subroutine rights_only_shrink()
    type(deed_array) :: h
    type(deed_array) :: reader
    type(deed_array) :: view
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [4])
    call deed_view(h, reader, [1], [2], rights=deed_read)
    call deed_view(reader, view, [1], [1], rights=deed_read + deed_write, stat=stat, errmsg=message)
    call refused(stat, DEED_ERIGHTS, message)
    call deed_release(reader)
    call deed_release(h)
  end subroutine rights_only_shrink

  subroutine copies()
    real(real64), target :: u(-1:5, 0:4)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h
    type(deed_array) :: copy
    type(deed_descriptor) :: d
    type(deed_counts) :: before
    type(deed_counts) :: after

    nullify(p)
    call fill(u)
    call deed_count(before)
    call deed_lend(u(:, 4:0:-1), h)
    call deed_copy(h, copy, order=deed_order_fortran, reason=deed_copy_order)
    call deed_recall(h)
    call deed_pointer(copy, p)
    call expect(all(abs(p - u(:, 4:0:-1)) <= 0), "every element")
    call deed_describe(copy, d)
    call equal(int(d%copy_reason), deed_copy_order, "reason")
    call equal(int(d%origin), deed_origin_malloc, "origin")
    call deed_release(copy)
    call deed_count(after)
    call equal(after%copies, before%copies + 1, "copies")
  end subroutine copies

  subroutine trap_t35_one_element()
    real(real64), target :: u(5)
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    type(deed_array) :: view

    nullify(p)
    u = 0
    call deed_lend(u, h)
    call deed_view(h, view, [3], [3])
    call deed_pointer(view, p)
    p(1) = 9
    call equal(u(3), 9.0_real64, "what was written arrived")
    call deed_release(view)
    call deed_recall(h)
  end subroutine trap_t35_one_element
end module view_tests

program test_views
  use check, only: finish
  use view_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_views
