! SPDX-License-Identifier: BSD-3-Clause
!> Two libraries of one compiler, each with a module deed of its own that nobody else sees: what one takes the other
!> reclaims, and so does the program. The libraries are the arguments.
module library_tests
  use, intrinsic :: iso_c_binding, only: c_associated, c_char, c_double, c_f_procpointer, c_funptr, c_int, c_int64_t, &
    c_null_char, c_ptr
  use check, only: equal, expect, run
  use deed
  implicit none
  private

  public :: run_all

  abstract interface
    integer(c_int64_t) function take_interface() bind(C)
      import
    end function take_interface

    integer(c_int) function reclaim_interface(h) bind(C)
      import
      type(deed_array), value, intent(in) :: h
    end function reclaim_interface
  end interface

  interface
    type(c_ptr) function dlopen(path, flags) bind(C)
      import
      character(kind=c_char), intent(in) :: path(*)
      integer(c_int), value, intent(in) :: flags
    end function dlopen

    type(c_funptr) function dlsym(library, name) bind(C)
      import
      type(c_ptr), value, intent(in) :: library
      character(kind=c_char), intent(in) :: name(*)
    end function dlsym
  end interface

  type :: library
    procedure(take_interface), nopass, pointer :: take => null()
    procedure(reclaim_interface), nopass, pointer :: reclaim => null()
  end type library

  type(library) :: first
  type(library) :: second

contains

  subroutine run_all(path_of_first, path_of_second)
    character(len=*), intent(in) :: path_of_first
    character(len=*), intent(in) :: path_of_second

    call load(path_of_first, first)
    call load(path_of_second, second)
    call run("taken_by_the_first", taken_by_the_first)
    call run("taken_by_the_second", taken_by_the_second)
    call run("taken_by_a_library", taken_by_a_library)
    call run("taken_by_the_program", taken_by_the_program)
  end subroutine run_all

  subroutine load(path, loaded)
    character(len=*), intent(in) :: path
    type(library), intent(inout) :: loaded
    ! RTLD_NOW without RTLD_GLOBAL: no other library sees its symbols.
    integer(c_int), parameter :: rtld_now = 2
    type(c_ptr) :: handle

    handle = dlopen(path // c_null_char, rtld_now)
    if (.not. c_associated(handle)) error stop "a library cannot be loaded"
    call c_f_procpointer(dlsym(handle, "plugin_take" // c_null_char), loaded%take)
    call c_f_procpointer(dlsym(handle, "plugin_reclaim" // c_null_char), loaded%reclaim)
  end subroutine load

  subroutine taken_by_the_first()
    call expect(.not. associated(first%take, second%take), "the libraries have code of their own")
    call equal(second%reclaim(deed_array(first%take())), DEED_OK, "reclaimed by the second")
  end subroutine taken_by_the_first

  subroutine taken_by_the_second()
    call equal(first%reclaim(deed_array(second%take())), DEED_OK, "reclaimed by the first")
  end subroutine taken_by_the_second

  subroutine taken_by_a_library()
    real(c_double), allocatable :: a(:)

    call deed_reclaim(deed_array(first%take()), a)
    call equal(lbound(a), [-1], "bound")
    call equal(sum(a), 10.0_c_double, "sum")
  end subroutine taken_by_a_library

  subroutine taken_by_the_program()
    real(c_double), allocatable :: a(:)
    type(deed_array) :: h

    allocate(a(3))
    call deed_take(a, h)
    call equal(second%reclaim(h), DEED_OK, "reclaimed by the second")
  end subroutine taken_by_the_program
end module library_tests

program libraries
  use check, only: finish
  use library_tests, only: run_all
  implicit none
  character(len=4096) :: first
  character(len=4096) :: second

  call get_command_argument(1, first)
  call get_command_argument(2, second)
  call run_all(trim(first), trim(second))
  call finish()
end program libraries
