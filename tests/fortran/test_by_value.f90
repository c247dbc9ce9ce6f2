! SPDX-License-Identifier: BSD-3-Clause
!> Handles between C and Fortran by value: what C, ctypes and Fortran pass each other without a wrapper.
module by_value_tests
  use, intrinsic :: iso_c_binding, only: c_double, c_int, c_int64_t
  use, intrinsic :: iso_fortran_env, only: int64, real64
  use check, only: equal, expect, refused, run, succeeded
  use deed
  implicit none
  private

  public :: run_all

  interface
    integer(c_int) function c_holder_keep(h) bind(C)
      import
      type(deed_array), value, intent(in) :: h
    end function c_holder_keep

    integer(c_int64_t) function c_holder_lower(dimension) bind(C)
      import
      integer(c_int), value, intent(in) :: dimension
    end function c_holder_lower

    type(deed_array) function c_holder_handle() bind(C)
      import
    end function c_holder_handle

    integer(c_int) function c_holder_give_back() bind(C)
      import
    end function c_holder_give_back

    integer(c_int) function c_holder_keep_as_fortran() bind(C)
      import
    end function c_holder_keep_as_fortran

    integer(c_int) function c_holder_keep_nothing() bind(C)
      import
    end function c_holder_keep_nothing

    integer(c_int64_t) function c_holder_call_with_struct(h) bind(C)
      import
      type(deed_array), value, intent(in) :: h
    end function c_holder_call_with_struct

    integer(c_int64_t) function c_holder_call_with_bits(bits) bind(C)
      import
      integer(c_int64_t), value, intent(in) :: bits
    end function c_holder_call_with_bits
  end interface

contains

  subroutine run_all()
    call run("fortran_called_with_a_struct", fortran_called_with_a_struct)
    call run("fortran_called_with_64_bits", fortran_called_with_64_bits)
    call run("trap_t38_bounds_survive_c", trap_t38_bounds_survive_c)
    call run("trap_t39_bounds_of_the_caller", trap_t39_bounds_of_the_caller)
    call run("trap_t38_overflowing_upper_bound", trap_t38_overflowing_upper_bound)
    call run("held_by_c", held_by_c)
    call run("reclaim_of_another_compilers_memory", reclaim_of_another_compilers_memory)
    call run("trap_t44_no_elements_and_no_address", trap_t44_no_address)
  end subroutine run_all

  integer(c_int64_t) function fortran_sees_struct(before, h, after) bind(C)
    real(c_double), value, intent(in) :: before
    type(deed_array), value, intent(in) :: h
    integer(c_int64_t), value, intent(in) :: after
    real(real64), pointer :: p(:)

    nullify(p)
    call deed_pointer(h, p)
    fortran_sees_struct = int(2 * before * sum(p), c_int64_t) + after
  end function fortran_sees_struct

  integer(c_int64_t) function fortran_sees_bits(before, h, after) bind(C)
    real(c_double), value, intent(in) :: before
    type(deed_array), value, intent(in) :: h
    integer(c_int64_t), value, intent(in) :: after

    fortran_sees_bits = fortran_sees_struct(before, h, after)
  end function fortran_sees_bits

  subroutine fortran_called_with_a_struct()
    real(real64), target :: u(4)
    type(deed_array) :: h

    u = 10
    call deed_lend(u, h)
    call equal(c_holder_call_with_struct(h), 127_int64, "what Fortran saw")
    call deed_recall(h)
  end subroutine fortran_called_with_a_struct

  subroutine fortran_called_with_64_bits()
    real(real64), target :: u(4)
    type(deed_array) :: h

    u = 10
    call deed_lend(u, h)
    call equal(c_holder_call_with_bits(h%bits), 127_int64, "what Fortran saw")
    call deed_recall(h)
  end subroutine fortran_called_with_64_bits

  subroutine trap_t38_bounds_survive_c()
    real(real64), allocatable :: a(:, :)
    real(real64), pointer :: p(:, :)
    type(deed_array) :: h

    nullify(p)
    allocate(a(-2:5, 0:3), source=1.0_real64)
    call deed_take(a, h)
    call succeeded(c_holder_keep(h))
    call equal(c_holder_lower(0), -2_int64, "first lower bound in C")
    call equal(c_holder_lower(1), 0_int64, "second lower bound in C")
    call deed_release(h)
    call deed_pointer(c_holder_handle(), p)
    call equal(lbound(p), [-2, 0], "lower bounds back in Fortran")
    call equal(ubound(p), [5, 3], "upper bounds back in Fortran")
    call succeeded(c_holder_give_back())
  end subroutine trap_t38_bounds_survive_c

  !> Every verb with an array argument leaves the bounds of that argument as they were.
  subroutine trap_t39_bounds_of_the_caller()
    real(real64), allocatable, target :: a(:, :)
    real(real64), pointer :: p(:, :)
    integer, allocatable :: shape(:)
    type(deed_array) :: h
    type(deed_array) :: made
    type(deed_array) :: view

    allocate(a(-1:2, 0:3), source=1.0_real64)
    allocate(shape(-3:-2), source=2)
    p(5:, -5:) => a
    call deed_lend(a, h)
    call equal(lbound(a), [-1, 0], "allocatable after lend")
    call deed_view(h, view, shape, shape)
    call equal(lbound(shape), [-3], "indices after view")
    call deed_release(view)
    call deed_recall(h)
    call deed_lend(p, h)
    call equal(lbound(p), [5, -5], "pointer after lend")
    call deed_recall(h)
    call deed_alloc(made, deed_real64, shape, lower=shape)
    call equal(lbound(shape), [-3], "shape after alloc")
    call deed_release(made)
    call deed_take(a, h)
    call deed_reclaim(h, a)
    call equal(lbound(a), [-1, 0], "allocatable after take and reclaim")
    call equal(ubound(a), [2, 3], "upper bounds")
  end subroutine trap_t39_bounds_of_the_caller

  subroutine trap_t38_overflowing_upper_bound()
    type(deed_array) :: h
    integer :: stat

    call deed_alloc(h, deed_real64, [2_int64], lower=[huge(0_int64)], stat=stat)
    call equal(stat, DEED_EOVERFLOW, "upper bound past huge")
    call deed_alloc(h, deed_real64, [1_int64], lower=[huge(0_int64)], stat=stat)
    call succeeded(stat)
    call deed_release(h)
  end subroutine trap_t38_overflowing_upper_bound

  subroutine held_by_c()
    real(real64), target :: u(4)
    type(deed_array) :: h
    character(len=300) :: message
    integer :: stat

    call deed_lend(u, h)
    call succeeded(c_holder_keep(h))
    call deed_recall(h, stat=stat, errmsg=message)
    call equal(stat, DEED_EBUSY, "held by C")
    call expect(index(message, "share by C at") > 0, "message: " // message)
    call succeeded(c_holder_give_back())
    call deed_recall(h)
  end subroutine held_by_c
  subroutine reclaim_of_another_compilers_memory()
    real(real64), allocatable :: a(:)
    character(len=200) :: message
    integer :: stat

    call succeeded(c_holder_keep_as_fortran())
    call deed_reclaim(c_holder_handle(), a, stat, message)
    call refused(stat, DEED_EORIGIN, message)
    call expect(.not. allocated(a), "a is unallocated")
    call succeeded(c_holder_give_back())
  end subroutine reclaim_of_another_compilers_memory

  subroutine trap_t44_no_address()
    real(real64), pointer :: p(:, :)

    nullify(p)
    call succeeded(c_holder_keep_nothing())
    call deed_pointer(c_holder_handle(), p)
    call expect(associated(p), "the pointer is associated")
    call equal(shape(p), [0, 3], "shape")
    call succeeded(c_holder_give_back())
  end subroutine trap_t44_no_address
end module by_value_tests

program test_by_value
  use by_value_tests, only: run_all
  use check, only: finish
  implicit none

  call run_all()
  call finish()
end program test_by_value
