! SPDX-License-Identifier: BSD-3-Clause
!> Trap T61: a program of one Fortran compiler with a library of another, on one core. Both read the arrays of
!> both, and each
!> reclaims its own only. The library is the first argument.
module mixed_tests
  use, intrinsic :: iso_c_binding, only: c_associated, c_char, c_double, c_f_procpointer, c_funptr, c_int, c_int64_t, &
    c_null_char, c_ptr
  use check, only: equal, expect, refused, run
  use deed
  implicit none
  private

  public :: run_all

  abstract interface
    integer(c_int64_t) function take_interface() bind(C)
      import
    end function take_interface

    real(c_double) function sum_interface(h) bind(C)
      import
      type(deed_array), value, intent(in) :: h
    end function sum_interface

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

  procedure(take_interface), pointer :: plugin_take => null()
  procedure(sum_interface), pointer :: plugin_sum => null()
  procedure(reclaim_interface), pointer :: plugin_reclaim => null()

contains

  subroutine run_all(path)
    character(len=*), intent(in) :: path
    integer(c_int), parameter :: rtld_now = 2
    type(c_ptr) :: library

    library = dlopen(path // c_null_char, rtld_now)
    if (.not. c_associated(library)) error stop "the library of the other compiler cannot be loaded"
    call c_f_procpointer(dlsym(library, "plugin_take" // c_null_char), plugin_take)
    call c_f_procpointer(dlsym(library, "plugin_sum" // c_null_char), plugin_sum)
    call c_f_procpointer(dlsym(library, "plugin_reclaim" // c_null_char), plugin_reclaim)
    call run("trap_t61_array_of_the_host", array_of_the_host)
    call run("trap_t61_array_of_the_plugin", array_of_the_plugin)
    call run("trap_t61_released_by_the_other", released_by_the_other)
  end subroutine run_all

  subroutine array_of_the_host()
    real(c_double), allocatable :: a(:)
    type(deed_array) :: h

    allocate(a(2:4), source=3.0_c_double)
    call deed_take(a, h)
    call equal(plugin_sum(h), 209.0_c_double, "sum and bound in the plugin")
    call equal(plugin_reclaim(h), DEED_EORIGIN, "the plugin cannot reclaim it")
    call deed_reclaim(h, a)
    call expect(allocated(a), "the host can")
  end subroutine array_of_the_host

  subroutine array_of_the_plugin()
    real(c_double), allocatable :: a(:)
    real(c_double), pointer :: p(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    nullify(p)
    h%bits = plugin_take()
    call deed_pointer(h, p)
    call equal(lbound(p), [-1], "bound in the host")
    call equal(sum(p), 10.0_c_double, "sum in the host")
    call deed_reclaim(h, a, stat, message)
    call refused(stat, DEED_EORIGIN, message)
    call equal(plugin_reclaim(h), DEED_OK, "the plugin can reclaim it")
  end subroutine array_of_the_plugin

  !> The memory goes back to the ALLOCATE of the plugin, whoever ends the last claim.
  subroutine released_by_the_other()
    type(deed_array) :: h

    h%bits = plugin_take()
    call expect(deed_is_live(h), "live")
    call deed_release(h)
    call expect(.not. deed_is_live(h), "released")
  end subroutine released_by_the_other
end module mixed_tests

program host
  use check, only: finish
  use mixed_tests, only: run_all
  implicit none
  character(len=4096) :: path

  call get_command_argument(1, path)
  call run_all(trim(path))
  call finish()
end program host
