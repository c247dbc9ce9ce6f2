! SPDX-License-Identifier: BSD-3-Clause
!> lend and recall: memory that stays the caller's, in every form that Fortran can show it.
module lend_tests
  use, intrinsic :: iso_c_binding, only: c_loc
  use, intrinsic :: iso_fortran_env, only: int32, int64, real64
  use check, only: equal, expect, number, refused, run, succeeded
  use deed
  implicit none
  private

  public :: run_all

  type :: tile
    integer(int32) :: label = 0
    real(real64) :: depth = 0
    complex(real64) :: flow = 0
  end type tile

contains

  subroutine run_all()
    call run("whole_array_with_bounds", whole_array_with_bounds)
    call run("read_only", read_only)
    call run("recall_names_who_holds_it", recall_names_who_holds_it)
    call run("records", records)
    call run("trap_t02_view_outlives_its_owner", trap_t02_view_outlives_its_owner)
    call run("trap_t03_loan_of_a_local_is_recalled_at_its_end", trap_t03_local_loan)
    call run("trap_t04_reallocated_after_the_loan", trap_t04_reallocated)
    call run("trap_t05_moved_allocation", trap_t05_moved_allocation)
    call run("trap_t06_swapped_pointers", trap_t06_swapped_pointers)
    call run("trap_t20_failed_loan_frees_nothing", trap_t20_failed_loan)
    call run("trap_t21_loop_of_1e5", trap_t21_loop)
    call run("trap_t26_interior_is_never_owned", trap_t26_interior)
    call run("trap_t27_released_section_frees_nothing", trap_t27_released_section)
    call run("trap_t28_share_of_a_loan_stays_a_loan", trap_t28_share_of_a_loan)
    call run("trap_t29_pointer_with_other_bounds", trap_t29_other_bounds)
    call run("trap_t30_section_is_not_packed", trap_t30_section_is_not_packed)
    call run("trap_t31_component_section_through_a_procedure", trap_t31_component_section)
    call run("trap_t40_first_element_by_lower_bound", trap_t40_first_element)
    call run("trap_t41_strided_inner_dimension", trap_t41_strided_inner_dimension)
    call run("trap_t42_negative_stride", trap_t42_negative_stride)
    call run("trap_t43_shape_and_strides_of_a_component", trap_t43_component)
    call run("trap_t44_section_without_elements", trap_t44_section_without_elements)
    call run("trap_t45_extent_one", trap_t45_extent_one)
    call run("trap_t46_scalar", trap_t46_scalar)
    call run("trap_t46_assumed_size_record", trap_t46_assumed_size)
#ifndef __GFORTRAN__
    call run("trap_t46_assumed_size_array", trap_t46_assumed_size_array)
#endif
    call run("trap_t53_records", trap_t53_records)
    call run("trap_t55_not_associated", trap_t55_not_associated)
  end subroutine run_all

  subroutine whole_array_with_bounds()
    real(real64), target :: u(-1:3, 0:4)
    integer(int64), allocatable :: lower(:)
    integer(int64), allocatable :: upper(:)
    type(deed_array) :: h

    call deed_lend(u, h)
    call deed_bounds(h, lower, upper)
    call equal(lower, [-1, 0], "lower bounds")
    call equal(upper, [3, 4], "upper bounds")
    call equal(deed_origin(h), deed_origin_lent, "origin")
    call equal(number(deed_address(h)), number(c_loc(u)), "address")
    call deed_recall(h)
    call expect(.not. deed_is_live(h), "h is stale")
  end subroutine whole_array_with_bounds

  subroutine read_only()
    real(real64), target :: u(4)
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    u = 1
    nullify(p)
    call deed_lend(u, h, rights=deed_read)
    call deed_pointer(h, p, stat=stat, errmsg=message)
    call refused(stat, DEED_ERIGHTS, message, "deed_read")
    call expect(.not. associated(p), "p is unchanged")
    call deed_pointer(h, p, rights=deed_read)
    call equal(sum(p), 4.0_real64, "sum")
    call deed_recall(h)
  end subroutine read_only

  subroutine recall_names_who_holds_it()
    real(real64), target :: u(4)
    type(deed_array) :: h
    type(deed_array) :: share
    type(deed_holder), allocatable :: holders(:)
    character(len=300) :: message
    integer :: stat

    call deed_lend(u, h, file="solver.f90", line=10)
    call deed_share(h, share, file="viewer.f90", line=20)
    call deed_recall(h, stat=stat, errmsg=message)
    call refused(stat, DEED_EBUSY, message, "share by Fortran at viewer.f90:20")
    call deed_release(h, stat, message)
    call refused(stat, DEED_EBUSY, message, "viewer.f90:20")
    call deed_recall(h, timeout_ms=1, stat=stat)
    call equal(stat, DEED_EBUSY, "after waiting")
    call deed_holders(h, holders)
    call equal(size(holders), 2, "holders")
    call equal(sum(holders%line), 30, "lines")
    call expect(any(holders%role == deed_role_title), "one holds the title")
    call expect(all(holders%language == deed_language_fortran), "both are Fortran")
    call deed_release(share)
    call deed_recall(h)
  end subroutine recall_names_who_holds_it

  subroutine records()
    type(tile), target :: tiles(0:2, 5)
    type(deed_array) :: h
    type(deed_array) :: depth
    real(real64), pointer :: p(:, :)
    integer(int64), allocatable :: lower(:)
    integer(int64), allocatable :: upper(:)

    nullify(p)
    tiles%depth = 3
    tiles(2, 5)%depth = 8
    call deed_lend_record(tiles, h, lower=lbound(tiles))
    call equal(deed_kind(h), deed_opaque, "kind")
    call equal(deed_element_size_bytes(h), int(storage_size(tiles) / 8, int64), "element size")
    call deed_bounds(h, lower, upper)
    call equal(lower, [0, 1], "lower bounds")
    call deed_view_component(h, depth, deed_real64, 8)
    call deed_pointer(depth, p)
    call equal(p(2, 5), 8.0_real64, "last depth")
    call equal(sum(p), 50.0_real64, "sum of depths")
    call deed_release(depth)
    call deed_recall(h)
  end subroutine records

  subroutine trap_t02_view_outlives_its_owner()
    type(deed_array) :: owner
    type(deed_array) :: view
    real(real64), pointer :: p(:)

    nullify(p)
    call deed_alloc(owner, deed_real64, [10], options=deed_zeroed)
    call deed_view(owner, view, first=[3], last=[6])
    call deed_release(owner)
    call deed_pointer(view, p)
    call equal(sum(p), 0.0_real64, "sum")
    call equal(size(p), 4, "size")
    call deed_release(view)
  end subroutine trap_t02_view_outlives_its_owner

  !> A procedure that ends while a loan of its local array lives leaves it behind; a recall before that succeeds.
  subroutine trap_t03_local_loan()
    type(deed_array) :: h
    character(len=300) :: message
    integer :: stat

    call lend_local(h, stat, message)
    call refused(stat, DEED_EBUSY, message, "reader.f90:7")
    call expect(.not. deed_is_live(h), "the loan has ended")
  end subroutine trap_t03_local_loan

  subroutine lend_local(h, stat, message)
    type(deed_array), intent(inout) :: h
    integer, intent(out) :: stat
    character(len=*), intent(inout) :: message
    real(real64), allocatable, target :: local(:)
    type(deed_array) :: reader

    allocate(local(8))
    call deed_lend(local, h)
    call deed_share(h, reader, file="reader.f90", line=7)
    call deed_recall(h, stat=stat, errmsg=message)
    call deed_release(reader)
    call deed_recall(h)
  end subroutine lend_local

  !> The address of the loan no longer is that of the variable: that is how a solver notices.
  subroutine trap_t04_reallocated()
    real(real64), allocatable, target :: a(:)
    real(real64), allocatable, target :: keep(:)
    type(deed_array) :: h

    allocate(a(2), source=1.0_real64)
    call deed_lend(a, h)
    call move_alloc(a, keep)
    a = [keep, 3.0_real64]
    call expect(number(deed_address(h)) /= number(c_loc(a)), "a has moved")
    call equal(number(deed_address(h)), number(c_loc(keep)), "the loan has not")
    call deed_recall(h)
  end subroutine trap_t04_reallocated

  subroutine trap_t05_moved_allocation()
    real(real64), allocatable, target :: a(:)
    real(real64), allocatable, target :: b(:)
    real(real64), pointer :: p(:)
    type(deed_array) :: h

    nullify(p)
    allocate(a(-2:2), source=1.0_real64)
    call deed_lend(a, h)
    call move_alloc(a, b)
    call deed_pointer(h, p)
    call expect(associated(p, b), "the loan is b now")
    call deed_recall(h)
    deallocate(b)
  end subroutine trap_t05_moved_allocation

  subroutine trap_t06_swapped_pointers()
    real(real64), target :: one(3)
    real(real64), target :: two(3)
    real(real64), pointer :: now(:)
    real(real64), pointer :: next(:)
    real(real64), pointer :: swap(:)
    type(deed_array) :: h_now
    type(deed_array) :: h_next

    now => one
    next => two
    call deed_lend(now, h_now)
    call deed_lend(next, h_next)
    swap => now
    now => next
    next => swap
    call equal(number(deed_address(h_now)), number(c_loc(one)), "the first loan")
    call equal(number(deed_address(h_next)), number(c_loc(two)), "the second loan")
    call expect(associated(now, two), "the pointers were swapped")
    call deed_recall(h_now)
    call deed_recall(h_next)
  end subroutine trap_t06_swapped_pointers

  subroutine trap_t20_failed_loan()
    real(real64), allocatable, target :: a(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    allocate(a(6), source=4.0_real64)
    call deed_lend(a, h, rights=0, stat=stat, errmsg=message)
    call refused(stat, DEED_EINVAL, message)
    call expect(.not. deed_is_live(h), "h is empty")
    call equal(sum(a), 24.0_real64, "a is intact")
    deallocate(a)
  end subroutine trap_t20_failed_loan

  subroutine trap_t21_loop()
    real(real64), target :: u(10, 10)
    type(deed_array) :: h
    type(deed_array) :: share
    type(deed_counts) :: before
    type(deed_counts) :: after
    integer :: i

    call deed_count(before)
    do i = 1, 100000
      call deed_lend(u, h)
      call deed_share(h, share)
      call deed_release(share)
      call deed_recall(h)
    end do
    call deed_count(after)
    call equal(after%blocks_made - before%blocks_made, 100000_int64, "blocks made")
    call equal(after%live_claims, before%live_claims, "live claims")
    call equal(after%live_bytes, before%live_bytes, "live bytes")
  end subroutine trap_t21_loop

  subroutine trap_t26_interior()
    real(real64), allocatable, target :: a(:)
    type(deed_array) :: h

    allocate(a(10), source=1.0_real64)
    call deed_lend(a(4:7), h)
    call equal(deed_origin(h), deed_origin_lent, "origin")
    call deed_release(h)
    call equal(sum(a), 10.0_real64, "a is intact")
    deallocate(a)
  end subroutine trap_t26_interior

  subroutine trap_t27_released_section()
    real(real64), allocatable :: a(:)
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    type(deed_array) :: section
    character(len=200) :: message
    integer :: stat

    nullify(p)
    allocate(a(10), source=1.0_real64)
    call deed_take(a, h)
    call deed_view(h, section, first=[2], last=[10])
    call deed_reclaim(section, a, stat, message)
    call refused(stat, DEED_ENOTTITLE, message)
    call deed_release(section)
    call deed_pointer(h, p)
    call equal(sum(p), 10.0_real64, "the array is intact")
    call deed_release(h)
  end subroutine trap_t27_released_section

  subroutine trap_t28_share_of_a_loan()
    real(real64), allocatable, target :: a(:)
    type(deed_array) :: h
    type(deed_array) :: share
    type(deed_array) :: moved
    character(len=200) :: message
    integer :: stat

    allocate(a(4), source=1.0_real64)
    call deed_lend(a, h)
    call deed_share(h, share)
    call equal(deed_origin(share), deed_origin_lent, "origin of the share")
    call deed_transfer(h, moved, stat=stat, errmsg=message)
    call refused(stat, DEED_EORIGIN, message)
    call deed_release(share)
    call deed_recall(h)
    call equal(sum(a), 4.0_real64, "a is intact")
  end subroutine trap_t28_share_of_a_loan

  subroutine trap_t29_other_bounds()
    real(real64), target :: q(5)
    real(real64), pointer :: p(:)
    integer(int64), allocatable :: lower(:)
    integer(int64), allocatable :: upper(:)
    type(deed_array) :: h

    p(-1:) => q
    call deed_lend(p, h)
    call deed_bounds(h, lower, upper)
    call equal(lower, [-1], "lower bound")
    call equal(number(deed_address(h)), number(c_loc(q)), "address")
    call deed_recall(h)
  end subroutine trap_t29_other_bounds

  subroutine trap_t30_section_is_not_packed()
    real(real64), target :: u(20, 3)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h

    nullify(p)
    u = 0
    call deed_lend(u(1:20:2, :), h)
    call equal(number(deed_address(h)), number(c_loc(u)), "address")
    call deed_pointer(h, p)
    p = 1
    call equal(sum(u), 30.0_real64, "what was written arrived")
    call deed_recall(h)
  end subroutine trap_t30_section_is_not_packed

  subroutine lend_component(depth, h)
    real(real64), pointer, intent(in) :: depth(:)
    type(deed_array), intent(inout) :: h

    call deed_lend(depth, h)
  end subroutine lend_component

  !> Through a pointer, because gfortran 12 hands a component section to a POINTER dummy of a Fortran procedure with
  !> the address of the record (dummies of deed get the right one).
  subroutine trap_t31_component_section()
    type(tile), target :: tiles(6)
    real(real64), pointer :: section(:)
    type(deed_array) :: direct
    type(deed_array) :: through

    call deed_lend(tiles(:)%depth, direct)
    call equal(number(deed_address(direct)), number(c_loc(tiles(1)%depth)), "address")
    section => tiles(2:6:2)%depth
    call lend_component(section, through)
    call equal(number(deed_address(through)), number(c_loc(tiles(2)%depth)), "address through a procedure")
    call deed_recall(direct)
    call deed_recall(through)
  end subroutine trap_t31_component_section

  subroutine trap_t40_first_element()
    real(real64), target :: u(-5:5, 3:4)
    type(deed_array) :: h

    call deed_lend(u, h)
    call equal(number(deed_address(h)), number(c_loc(u(-5, 3))), "address")
    call deed_recall(h)
  end subroutine trap_t40_first_element

  subroutine trap_t41_strided_inner_dimension()
    real(real64), target :: a(20, 3)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h
    type(deed_descriptor) :: d
    integer :: i
    integer :: j

    nullify(p)
    do j = 1, 3
      do i = 1, 20
        a(i, j) = 100 * j + i
      end do
    end do
    call deed_lend(a(1:20:2, :), h)
    call deed_describe(h, d)
    call equal(d%layout%dim(1:2)%extent, [10, 3], "shape")
    call equal(d%layout%dim(1:2)%stride_bytes, [16, 160], "strides")
    call deed_pointer(h, p)
    call expect(all(abs(p - a(1:20:2, :)) <= 0), "every element")
    call deed_recall(h)
  end subroutine trap_t41_strided_inner_dimension

  subroutine trap_t42_negative_stride()
    real(real64), target :: a(3, 0:4)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h
    type(deed_descriptor) :: d

    nullify(p)
    call random_number(a)
    call deed_lend(a(:, 4:0:-1), h)
    call deed_describe(h, d)
    call equal(d%layout%dim(1:2)%stride_bytes, [8, -24], "strides")
    call equal(number(d%data), number(c_loc(a(1, 4))), "address of the first element")
    call equal(number(d%block_data), number(c_loc(a)), "lowest address")
    call deed_pointer(h, p)
    call expect(all(abs(p - a(:, 4:0:-1)) <= 0), "every element")
    call deed_recall(h)
  end subroutine trap_t42_negative_stride

  subroutine trap_t43_component()
    type(tile), target :: tiles(4, 3)
    complex(real64), pointer :: p(:, :)
    type(deed_array) :: h
    type(deed_descriptor) :: d
    integer :: i

    nullify(p)
    do i = 1, 4
      tiles(i, :)%flow = cmplx(i, -i, real64)
    end do
    call deed_lend(tiles(:, :)%flow, h)
    call deed_describe(h, d)
    call equal(d%layout%dim(1:2)%extent, [4, 3], "shape")
    call equal(d%layout%dim(1:2)%stride_bytes, [32, 128], "strides")
    call deed_pointer(h, p)
    call expect(all(abs(p - tiles%flow) <= 0), "every element")
    call deed_recall(h)
  end subroutine trap_t43_component

  subroutine trap_t44_section_without_elements()
    real(real64), target :: u(5, 5)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h

    nullify(p)
    call deed_lend(u(4:3, :), h)
    call equal(deed_shape(h), [0, 5], "shape")
    call deed_pointer(h, p)
    call expect(associated(p) .or. size(p) == 0, "a pointer without elements")
    call equal(shape(p), [0, 5], "shape of the pointer")
    call deed_recall(h)
  end subroutine trap_t44_section_without_elements

  subroutine trap_t45_extent_one()
    real(real64), target :: u(7, 5)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h
    type(deed_array) :: flat

    nullify(p)
    call random_number(u)
    call deed_lend(u(3:3, 2:2), h)
    call deed_view_reshaped(h, flat, [1, 1])
    call deed_pointer(flat, p)
    call equal(p(1, 1), u(3, 2), "the element")
    call deed_release(flat)
    call deed_recall(h)
  end subroutine trap_t45_extent_one

  subroutine trap_t46_scalar()
    real(real64), target :: x
    real(real64), pointer :: p
    type(deed_array) :: h

    nullify(p)
    x = 1.5_real64
    call deed_lend(x, h)
    call equal(deed_rank(h), 0, "rank")
    call equal(size(deed_shape(h)), 0, "shape")
    call deed_pointer(h, p)
    p = 2.5_real64
    call equal(x, 2.5_real64, "what was written arrived")
    call deed_recall(h)
  end subroutine trap_t46_scalar

  subroutine lend_assumed_size(tiles, h, stat, message)
    type(tile), target, intent(inout) :: tiles(2, *)
    type(deed_array), intent(inout) :: h
    integer, intent(out) :: stat
    character(len=*), intent(inout) :: message

    call deed_lend_record(tiles, h, stat=stat, errmsg=message)
  end subroutine lend_assumed_size

  subroutine trap_t46_assumed_size()
    type(tile), target :: tiles(2, 4)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call lend_assumed_size(tiles, h, stat, message)
    call refused(stat, DEED_ESHAPE, message, "assumed-size")
    call expect(.not. deed_is_live(h), "h is empty")
  end subroutine trap_t46_assumed_size

#ifndef __GFORTRAN__
  !> gfortran refuses to compile this (rejected/assumed_size.F90).
  subroutine lend_assumed_size_array(u, h, stat, message)
    real(real64), target, intent(inout) :: u(2, *)
    type(deed_array), intent(inout) :: h
    integer, intent(out) :: stat
    character(len=*), intent(inout) :: message

    call deed_lend(u, h, stat=stat, errmsg=message)
  end subroutine lend_assumed_size_array

  subroutine trap_t46_assumed_size_array()
    real(real64), target :: u(2, 4)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call lend_assumed_size_array(u, h, stat, message)
    call refused(stat, DEED_ESHAPE, message, "assumed-size")
  end subroutine trap_t46_assumed_size_array
#endif

  subroutine trap_t53_records()
    type(tile), target :: tiles(3)
    integer(int32), pointer :: labels(:)
    type(deed_array) :: h
    type(deed_array) :: wrong
    type(deed_descriptor) :: d
    character(len=200) :: message
    real(real64), target :: u(3)
    integer :: stat

    nullify(labels)
    tiles%label = [4, 5, 6]
    call deed_lend(tiles(:)%label, h)
    call deed_describe(h, d)
    call equal(d%layout%element_size_bytes, 4_int64, "element size")
    call equal(d%layout%dim(1)%stride_bytes, 32_int64, "stride")
    call deed_pointer(h, labels)
    call equal(labels, [4, 5, 6], "labels")
    call deed_recall(h)
    call deed_lend_record(u, wrong, stat=stat, errmsg=message)
    call refused(stat, DEED_EDTYPE, message, "derived type")
    call deed_lend_record(tiles, wrong, lower=[1, 1], stat=stat, errmsg=message)
    call refused(stat, DEED_ERANK, message, "lower")
    call deed_lend_record(tiles, wrong, lower=[0_int64])
    call deed_recall(wrong)
  end subroutine trap_t53_records

  subroutine trap_t55_not_associated()
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    nullify(p)
    call deed_lend(p, h, stat=stat, errmsg=message)
    call refused(stat, DEED_EUNALLOCATED, message)
    call expect(.not. deed_is_live(h), "h is empty")
  end subroutine trap_t55_not_associated
end module lend_tests

program test_lend
  use check, only: finish
  use lend_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_lend
