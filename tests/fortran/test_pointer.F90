! SPDX-License-Identifier: BSD-3-Clause
!> pointer: shape, strides and bounds on their way to Fortran, and what does not fit.
module pointer_tests
  use, intrinsic :: iso_c_binding, only: c_f_pointer, c_int, c_int32_t, c_loc, c_null_ptr, c_ptr
  use, intrinsic :: iso_fortran_env, only: int16, int32, int64, real32, real64
  use check, only: equal, expect, number, refused, run, succeeded
  use deed
  implicit none
  private

  public :: run_all

  ! Twelve bytes: the strides of wave are no multiples of its eight bytes.
  type :: packed_pair
    sequence
    complex(real32) :: wave = 0
    real(real32) :: weight = 0
  end type packed_pair

  interface
    integer(c_int) function core_lend(data, rights, layout, site, array, error) bind(C, name="deed_lend")
      import
      type(c_ptr), value, intent(in) :: data
      integer(c_int32_t), value, intent(in) :: rights
      type(deed_layout), intent(in) :: layout
      type(c_ptr), value, intent(in) :: site
      type(deed_array), intent(inout) :: array
      type(c_ptr), value, intent(in) :: error
    end function core_lend
  end interface

contains

  subroutine run_all()
    call run("shape_bounds_and_values", shape_bounds_and_values)
    call run("writes_arrive", writes_arrive)
    call run("wrong_kind", wrong_kind)
    call run("wrong_rank", wrong_rank)
    call run("unsigned_is_no_fortran_kind", unsigned_is_no_fortran_kind)
    call run("rights", rights)
    call run("stale_and_empty_handles", stale_and_empty_handles)
    call run("c_pointer", c_pointer)
    call run("odd_strides", odd_strides)
    call run("strides_of_one_element", strides_of_one_element)
    call run("odd_strides_behind_one_element", odd_strides_behind_one_element)
    call run("order", order)
    call run("refused_pointers_show_what_they_did", refused_pointers_show_what_they_did)
    call run("the_same_with_and_without_options", the_same_with_and_without_options)
    call run("read_only_argument", read_only_argument)
    call run("trap_t29_rebounded_alias", trap_t29_rebounded_alias)
    call run("trap_t47_more_than_2_to_31_elements", trap_t47_large)
    call run("trap_t48_transposed", trap_t48_transposed)
    call run("trap_t49_same_size_is_not_same_kind", trap_t49_same_size)
#if defined(DEED_HAVE_REAL80) && defined(DEED_HAVE_REAL128)
    call run("trap_t50_real80_is_not_real128", trap_t50_real80_is_not_real128)
#endif
    call run("trap_t51_logical_is_not_integer", trap_t51_logical)
    call run("trap_t52_characters", trap_t52_characters)
  end subroutine run_all

  subroutine shape_bounds_and_values()
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h

    nullify(p)
    call deed_alloc(h, deed_real64, [4, 3], lower=[-1, 0], options=deed_zeroed)
    call deed_pointer(h, p)
    call equal(lbound(p), [-1, 0], "lower bounds")
    call equal(ubound(p), [2, 2], "upper bounds")
    call equal(sum(p), 0.0_real64, "zeroed")
    call equal(mod(number(c_loc(p(-1, 0))), 64_int64), 0_int64, "aligned to 64 bytes")
    call deed_release(h)
  end subroutine shape_bounds_and_values

  subroutine writes_arrive()
    integer(int32), pointer :: p(:)
    integer(int32), pointer :: q(:)
    type(deed_array) :: h
    type(deed_array) :: share

    nullify(p, q)
    call deed_alloc(h, deed_int32, [5_int64], lower=[0_int64])
    call deed_share(h, share)
    call deed_pointer(h, p)
    p = [1, 2, 3, 4, 5]
    call deed_release(h)
    call deed_pointer(share, q)
    call equal(q, [1, 2, 3, 4, 5], "through the share")
    call deed_release(share)
  end subroutine writes_arrive

  subroutine wrong_kind()
    real(real32), pointer :: p(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    nullify(p)
    call deed_alloc(h, deed_real64, [5])
    call deed_pointer(h, p, stat=stat, errmsg=message)
    call refused(stat, DEED_EDTYPE, message, "the array is real64, the variable is real32")
    call expect(.not. associated(p), "p is unchanged")
    call deed_release(h)
  end subroutine wrong_kind

  subroutine wrong_rank()
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    nullify(p)
    call deed_alloc(h, deed_real64, [5])
    call deed_pointer(h, p, stat=stat, errmsg=message)
    call refused(stat, DEED_ERANK, message, "the array has rank 1, the variable has rank 2")
    call expect(.not. associated(p), "p is unchanged")
    call deed_release(h)
  end subroutine wrong_rank

  subroutine unsigned_is_no_fortran_kind()
    integer(int32), pointer :: p(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    nullify(p)
    call deed_alloc(h, deed_uint32, [5])
    call deed_pointer(h, p, stat=stat, errmsg=message)
    call refused(stat, DEED_EDTYPE, message, "uint32")
    call deed_release(h)
  end subroutine unsigned_is_no_fortran_kind

  subroutine rights()
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    type(deed_array) :: reader
    character(len=200) :: message
    integer :: stat

    nullify(p)
    call deed_alloc(h, deed_real64, [5], options=deed_zeroed)
    call deed_share(h, reader, rights=deed_read)
    call deed_pointer(reader, p, stat=stat, errmsg=message)
    call refused(stat, DEED_ERIGHTS, message)
    call deed_pointer(reader, p, rights=8, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message)
    call deed_pointer(reader, p, rights=deed_read)
    call equal(size(p), 5, "size")
    call deed_release(reader)
    call deed_release(h)
  end subroutine rights

  subroutine stale_and_empty_handles()
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    nullify(p)
    call deed_pointer(h, p, stat=stat, errmsg=message)
    call refused(stat, DEED_EHANDLE, message)
    call deed_alloc(h, deed_real64, [5])
    call deed_release(h)
    call deed_pointer(h, p, stat=stat, errmsg=message)
    call refused(stat, DEED_ESTALE, message)
    h%bits = 123456789012345_int64
    call deed_pointer(h, p, stat=stat, errmsg=message)
    call expect(stat == DEED_EHANDLE .or. stat == DEED_ESTALE, "a random handle: " // message)
    call expect(.not. associated(p), "p is unchanged")
  end subroutine stale_and_empty_handles

  subroutine c_pointer()
    type(c_ptr) :: address
    real(real64), pointer :: p(:)
    type(deed_array) :: h

    call deed_alloc(h, deed_real64, [5], options=deed_zeroed)
    address = deed_address(h)
    call c_f_pointer(address, p, [5])
    call equal(sum(p), 0.0_real64, "sum")
    call deed_release(h)
  end subroutine c_pointer

  subroutine trap_t52_characters()
    character(len=:), pointer :: p(:)
    character(len=7), target :: names(2)
    type(deed_array) :: h

    names = ["alpha  ", "beta   "]
    p => names
    call deed_lend(p, h)
    nullify(p)
    call deed_pointer(h, p)
    call equal(len(p), 7, "length")
    call equal(p(2), "beta", "value, padded with blanks")
    call deed_recall(h)
  end subroutine trap_t52_characters

  !> A loan of this memory with any strides, as C and Python can make them. What is past the rank counts for nothing.
  subroutine lend_with_strides(data, kind, element, extents, strides, h)
    type(c_ptr), intent(in) :: data
    integer, intent(in) :: kind
    integer, intent(in) :: element
    integer, intent(in) :: extents(:)
    integer, intent(in) :: strides(:)
    type(deed_array), intent(out) :: h
    type(deed_layout) :: layout
    integer :: rank

    rank = size(extents)
    layout%dim(:)%lower = huge(1_int64)
    layout%dim(:)%extent = -7
    layout%dim(:)%stride_bytes = 5
    layout%dtype = kind
    layout%rank = rank
    layout%element_size_bytes = element
    layout%dim(:rank)%extent = extents
    layout%dim(:rank)%stride_bytes = strides
    layout%dim(:rank)%lower = 1
    call equal(core_lend(data, deed_read + deed_write, layout, c_null_ptr, h, c_null_ptr), DEED_OK, "lent")
  end subroutine lend_with_strides

  !> They address nothing, so whatever they are, the others are found.
  subroutine strides_of_one_element()
    integer, parameter :: strides(6) = [12, 16, 8, 0, -20, 1000]
    real(real64), target :: u(10)
    real(real64), pointer :: p(:, :)
    real(real64), pointer :: q(:, :, :)
    type(deed_array) :: h
    integer :: i

    nullify(p, q)
    u = [(i, i = 1, 10)]
    do i = 1, size(strides)
      call lend_with_strides(c_loc(u), deed_real64, 8, [1, 5], [strides(i), 16], h)
      call deed_pointer(h, p)
      call expect(all(abs(p(1, :) - u(1:9:2)) <= 0), "a row")
      call deed_recall(h)
      call lend_with_strides(c_loc(u), deed_real64, 8, [5, 1], [16, strides(i)], h)
      call deed_pointer(h, p)
      call expect(all(abs(p(:, 1) - u(1:9:2)) <= 0), "a column")
      call deed_recall(h)
      call lend_with_strides(c_loc(u), deed_real64, 8, [1, 5, 1], [strides(i), 8, strides(i)], h)
      call deed_pointer(h, q, order=deed_order_fortran)
      call expect(is_contiguous(q), "contiguous for the compiler too")
      call expect(all(abs(q(1, :, 1) - u(1:5)) <= 0), "between two")
      call deed_recall(h)
      call lend_with_strides(c_loc(u), deed_real64, 8, [1, 1], [strides(i), strides(i)], h)
      call deed_pointer(h, p)
      call equal(p(1, 1), 1.0_real64, "alone")
      call deed_recall(h)
      call lend_with_strides(c_loc(u), deed_real64, 8, [3, 0], [16, strides(i)], h)
      call deed_pointer(h, p)
      call equal(size(p), 0, "none")
      call deed_recall(h)
    end do
  end subroutine strides_of_one_element

  !> gfortran can have such strides in the first dimension only, or in the first that has more than one element.
  subroutine odd_strides_behind_one_element()
    type(packed_pair), target :: pairs(5)
    complex(real32), pointer :: p(:, :)
    type(deed_array) :: h
    integer :: i

    nullify(p)
    do i = 1, 5
      pairs(i)%wave = cmplx(i, -i, real32)
    end do
    do i = 0, 16, 8
      call lend_with_strides(c_loc(pairs), deed_complex_real32, 8, [1, 5], [i, 12], h)
      call deed_pointer(h, p)
      call expect(all(abs(p(1, :) - pairs%wave) <= 0), "every element")
      call deed_recall(h)
    end do
  end subroutine odd_strides_behind_one_element

  subroutine order()
    real(real64), target :: u(4, 3)
    real(real64), pointer :: p(:, :)
    real(real64), pointer, contiguous :: whole(:, :)
    type(deed_array) :: h
    type(deed_array) :: rows
    character(len=200) :: message
    integer :: stat

    nullify(p, whole)
    u = 1
    call deed_lend(u(1:3:2, :), h)
    call deed_pointer(h, whole, order=deed_order_fortran, stat=stat, errmsg=message)
    call refused(stat, DEED_EORDER, message, "with gaps")
    call expect(.not. associated(whole), "unchanged")
    call deed_pointer(h, p, order=deed_order_any)
    call equal(shape(p), [2, 3], "wherever they are")
    call deed_recall(h)
    call deed_lend(u, h)
    call deed_pointer(h, whole, order=deed_order_fortran)
    call equal(sum(whole), 12.0_real64, "in Fortran's order")
    call deed_pointer(h, p, order=deed_order_c, stat=stat, errmsg=message)
    call refused(stat, DEED_EORDER, message, "another order")
    call deed_view_transposed(h, rows)
    call deed_pointer(rows, p, order=deed_order_c)
    call equal(shape(p), [3, 4], "in the order of C")
    call deed_pointer(rows, whole, order=deed_order_fortran, stat=stat, errmsg=message)
    call refused(stat, DEED_EORDER, message)
    call deed_pointer(h, p, order=3, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message, "order=")
    call deed_release(rows)
    call deed_recall(h)
  end subroutine order

  !> A pointer to part of u, after a refusal, and u as lent.
  subroutine expect_unmoved(p, u, stat, status)
    real(real64), pointer, intent(in) :: p(:, :)
    real(real64), intent(in) :: u(:, :)
    integer, intent(in) :: stat
    integer, intent(in) :: status

    call equal(stat, status, "status")
    call equal(lbound(p), [-1, 0], "lower bounds")
    call equal(shape(p), [2, 3], "shape")
    call expect(all(abs(p - u(1:3:2, :)) <= 0), "elements")
  end subroutine expect_unmoved

  subroutine refused_pointers_show_what_they_did()
    real(real64), target :: u(4, 3)
    real(real64), target :: v(6)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h
    type(deed_array) :: reader
    integer :: stat

    call random_number(u)
    p(-1:, 0:) => u(1:3:2, :)
    call deed_pointer(h, p, stat=stat)
    call expect_unmoved(p, u, stat, DEED_EHANDLE)
    call deed_lend(v, h)
    call deed_pointer(h, p, stat=stat)
    call expect_unmoved(p, u, stat, DEED_ERANK)
    call deed_recall(h)
    call deed_pointer(h, p, stat=stat)
    call expect_unmoved(p, u, stat, DEED_ESTALE)
    call deed_alloc(h, deed_int64, [2, 2])
    call deed_pointer(h, p, stat=stat)
    call expect_unmoved(p, u, stat, DEED_EDTYPE)
    call deed_release(h)
    call deed_alloc(h, deed_real64, [2, 2])
    call deed_share(h, reader, rights=deed_read)
    call deed_pointer(reader, p, stat=stat)
    call expect_unmoved(p, u, stat, DEED_ERIGHTS)
    call deed_pointer(h, p, order=deed_order_c, stat=stat)
    call expect_unmoved(p, u, stat, DEED_EORDER)
    call deed_release(reader)
    call deed_release(h)
#ifdef __GFORTRAN__
    call lend_with_strides(c_loc(v), deed_real64, 8, [2, 2], [8, 12], h)
    call deed_pointer(h, p, stat=stat)
    call expect_unmoved(p, u, stat, DEED_EUNSUPPORTED)
    call deed_recall(h)
#endif
  end subroutine refused_pointers_show_what_they_did

  !> Without options a pointer takes a shorter way through the shim, if its strides are plain.
  subroutine the_same_with_and_without_options()
    integer, parameter :: extents(2, 5) = reshape([3, 2, 1, 3, 3, 1, 0, 4, 2, 2], [2, 5])
    integer, parameter :: strides(2, 5) = reshape([8, 24, 8, 16, -8, 24, 8, 0, 0, 8], [2, 5])
    real(real64), target :: u(-10:20)
    real(real64), pointer :: p(:, :)
    real(real64), pointer :: q(:, :)
    type(deed_array) :: h
    integer :: i

    nullify(p, q)
    call random_number(u)
    do i = 1, size(extents, 2)
      call lend_with_strides(c_loc(u(1)), deed_real64, 8, extents(:, i), strides(:, i), h)
      call deed_pointer(h, p)
      call deed_pointer(h, q, order=deed_order_any)
      call equal(shape(p), extents(:, i), "shape")
      call equal(lbound(p), lbound(q), "lower bounds")
      call expect(all(abs(p - q) <= 0), "elements")
      call deed_recall(h)
    end do
  end subroutine the_same_with_and_without_options

  subroutine read_only_argument()
    real(real64), target :: u(3)

    u = 1
    call lend_argument(u)
  end subroutine read_only_argument

  !> INTENT(IN) does not reach deed, so the rights say it.
  subroutine lend_argument(a)
    real(real64), target, intent(in) :: a(:)
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    nullify(p)
    call deed_lend(a, h, rights=deed_read)
    call deed_pointer(h, p, stat=stat, errmsg=message)
    call refused(stat, DEED_ERIGHTS, message)
    call deed_pointer(h, p, rights=deed_read)
    call equal(sum(p), 3.0_real64, "read")
    call deed_recall(h)
  end subroutine lend_argument

  !> gfortran counts the strides of a pointer in one unit; where that goes wrong the pointer is refused, elsewhere
  !> it is right.
  subroutine odd_strides()
    type(packed_pair), target :: pairs(5, 3)
    complex(real32), pointer :: p(:, :)
    complex(real32), pointer :: q(:)
    type(deed_array) :: h
    type(deed_array) :: line
    type(deed_descriptor) :: d
    character(len=200) :: message
    integer :: stat
    integer :: i
    integer :: j

    nullify(q)
    nullify(p)
    do j = 1, 3
      do i = 1, 5
        pairs(i, j)%wave = cmplx(i, j, real32)
      end do
    end do
    call deed_lend(pairs(:, :)%wave, h)
    call deed_describe(h, d)
    call equal(d%layout%dim(1:2)%stride_bytes, [12, 60], "strides")
    call deed_view_plane(h, line, dim=2, index=2)
    call deed_pointer(line, q)
    call expect(all(abs(q - pairs(:, 2)%wave) <= 0), "one column")
    call deed_pointer(h, p, stat=stat, errmsg=message)
    if (stat == DEED_OK) then
      call expect(all(abs(p - pairs%wave) <= 0), "every element")
    else
      call refused(stat, DEED_EUNSUPPORTED, message, "gfortran cannot")
      call expect(.not. associated(p), "p is unchanged")
    end if
    call deed_release(line)
    call deed_recall(h)
  end subroutine odd_strides

  subroutine trap_t29_rebounded_alias()
    real(real64), pointer :: p(:)
    real(real64), pointer :: q(:)
    type(deed_array) :: h
    type(deed_array) :: again

    nullify(p)
    call deed_alloc(h, deed_real64, [5], lower=[0])
    call deed_pointer(h, p)
    q(-2:) => p
    call deed_lend(q, again)
    call equal(number(deed_address(again)), number(deed_address(h)), "same address")
    call deed_recall(again)
    call deed_release(h)
  end subroutine trap_t29_rebounded_alias

  !> 3e9 bytes that nothing touches.
  subroutine trap_t47_large()
    type(deed_array) :: h
    integer(int64), allocatable :: lower(:)
    integer(int64), allocatable :: upper(:)

    call deed_alloc(h, deed_int16, [2_int64**31 / 2 + 5_int64, 1_int64])
    call equal(deed_shape(h), [2_int64**30 + 5_int64, 1_int64], "shape")
    call deed_bounds(h, lower, upper)
    call equal(upper(1), 2_int64**30 + 5_int64, "upper bound")
    call deed_release(h)
  end subroutine trap_t47_large

  subroutine trap_t48_transposed()
    real(real64), target :: u(2:4, 0:1)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h
    type(deed_array) :: t

    nullify(p)
    call random_number(u)
    call deed_lend(u, h)
    call equal(deed_shape(h), [3, 2], "shape in the order of the indices")
    call deed_view_transposed(h, t)
    call deed_pointer(t, p)
    call equal(lbound(p), [0, 2], "bounds")
    call expect(all(abs(p - transpose(u)) <= 0), "every element")
    call deed_release(t)
    call deed_recall(h)
  end subroutine trap_t48_transposed

  subroutine trap_t49_same_size()
    integer(int64), pointer :: p(:)
    complex(real32), pointer :: c(:)
    type(deed_array) :: h
    integer :: stat

    nullify(p, c)
    call deed_alloc(h, deed_real64, [2])
    call deed_pointer(h, p, stat=stat)
    call equal(stat, DEED_EDTYPE, "as int64")
    call deed_pointer(h, c, stat=stat)
    call equal(stat, DEED_EDTYPE, "as complex")
    call deed_release(h)
  end subroutine trap_t49_same_size

#if defined(DEED_HAVE_REAL80) && defined(DEED_HAVE_REAL128)
  !> Both have 16 bytes, and gfortran describes both with the same number.
  subroutine trap_t50_real80_is_not_real128()
    integer, parameter :: extended = selected_real_kind(18, 4931)
    integer, parameter :: quadruple = selected_real_kind(33, 4931)
    real(extended), target :: x(3)
    real(extended), pointer :: p(:)
    real(quadruple), pointer :: q(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    nullify(p, q)
    x = 1.5_extended
    call deed_lend(x, h)
    call deed_pointer(h, q, stat=stat, errmsg=message)
    call refused(stat, DEED_EDTYPE, message, "the array is real80, the variable is real128")
    call deed_pointer(h, p)
    call expect(all(abs(p - x) <= 0), "every element")
    call deed_recall(h)
  end subroutine trap_t50_real80_is_not_real128
#endif

  subroutine trap_t51_logical()
    logical, target :: flags(3)
    integer(int32), pointer :: p(:)
    logical, pointer :: l(:)
    type(deed_array) :: h
    integer :: stat

    nullify(p, l)
    flags = [.true., .false., .true.]
    call deed_lend(flags, h)
    call equal(deed_kind(h), deed_logical32, "kind")
    call deed_pointer(h, p, stat=stat)
    call equal(stat, DEED_EDTYPE, "as an integer")
    call deed_pointer(h, l)
    call equal(count(l), 2, "true elements")
    call deed_recall(h)
  end subroutine trap_t51_logical
end module pointer_tests

program test_pointer
  use check, only: finish
  use pointer_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_pointer
