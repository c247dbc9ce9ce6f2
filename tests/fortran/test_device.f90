! SPDX-License-Identifier: BSD-3-Clause
!> Memory of a device: it may be described and released, but Fortran cannot have its elements. Runs with the library of
!> tests/c/device before it, with which all arrays are on device 1 of type 2 while DEED_TEST_DEVICE is set.
module device_tests
  use, intrinsic :: iso_c_binding, only: c_associated, c_char, c_int, c_null_char
  use, intrinsic :: iso_fortran_env, only: real64
  use check, only: equal, expect, refused, run
  use deed
  implicit none
  private

  public :: run_all

  character(len=*), parameter :: device = "device 1 of type 2"

  interface
    integer(c_int) function setenv(name, value, overwrite) bind(C)
      import
      character(kind=c_char, len=1), intent(in) :: name(*)
      character(kind=c_char, len=1), intent(in) :: value(*)
      integer(c_int), value, intent(in) :: overwrite
    end function setenv

    integer(c_int) function unsetenv(name) bind(C)
      import
      character(kind=c_char, len=1), intent(in) :: name(*)
    end function unsetenv
  end interface

contains

  subroutine run_all()
    call run("described", described)
    call run("no_pointer", no_pointer)
    call run("no_address", no_address)
    call run("no_views", no_views)
    call run("not_reclaimed", not_reclaimed)
  end subroutine run_all

  subroutine to_device()
    call equal(setenv("DEED_TEST_DEVICE" // c_null_char, "1" // c_null_char, 1), 0, "setenv")
  end subroutine to_device

  subroutine to_host()
    call equal(unsetenv("DEED_TEST_DEVICE" // c_null_char), 0, "unsetenv")
  end subroutine to_host

  subroutine described()
    type(deed_array) :: h
    type(deed_descriptor) :: d

    call deed_alloc(h, deed_real64, [4, 3], lower=[0, 0])
    call deed_describe(h, d)
    call equal(d%device_type, 0, "the host")
    call to_device()
    call deed_describe(h, d)
    call equal([d%device_type, d%device_id], [2, 1], "the device")
    call equal(deed_shape(h), [4, 3], "shape")
    call equal(deed_kind(h), deed_real64, "kind")
    call deed_release(h)
    call to_host()
  end subroutine described

  subroutine no_pointer()
    real(real64), target :: u(3)
    real(real64), pointer :: p(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    p => u
    call deed_alloc(h, deed_real64, [4])
    call to_device()
    call deed_pointer(h, p, stat=stat, errmsg=message)
    call refused(stat, DEED_EDEVICE, message, device)
    call deed_pointer(h, p, rights=deed_read, stat=stat, errmsg=message)
    call refused(stat, DEED_EDEVICE, message, device)
    call deed_pointer(h, p, order=deed_order_fortran, stat=stat, errmsg=message)
    call refused(stat, DEED_EDEVICE, message, device)
    call expect(associated(p, u), "p is unchanged")
    call to_host()
    call deed_pointer(h, p)
    call equal(size(p), 4, "on the host again")
    call deed_release(h)
  end subroutine no_pointer

  subroutine no_address()
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    call deed_alloc(h, deed_real64, [4])
    call to_device()
    call expect(.not. c_associated(deed_address(h, stat=stat, errmsg=message)), "no address")
    call refused(stat, DEED_EDEVICE, message, device)
    call to_host()
    call expect(c_associated(deed_address(h)), "an address on the host")
    call deed_release(h)
  end subroutine no_address

  subroutine no_views()
    type(deed_array) :: h
    type(deed_array) :: view
    integer :: stat(5)

    call deed_alloc(h, deed_complex_real64, [4, 3])
    call to_device()
    call deed_view(h, view, [1, 1], [2, 2], stat=stat(1))
    call deed_view_plane(h, view, 1, 2, stat=stat(2))
    call deed_view_transposed(h, view, stat=stat(3))
    call deed_view_reshaped(h, view, [12], stat=stat(4))
    call deed_view_component(h, view, deed_real64, 8, stat=stat(5))
    call expect(all(stat == DEED_EDEVICE), "refused")
    call expect(.not. deed_is_live(view), "view is unchanged")
    call to_host()
    call deed_release(h)
  end subroutine no_views

  subroutine not_reclaimed()
    real(real64), allocatable :: a(:)
    type(deed_array) :: h
    character(len=200) :: message
    integer :: stat

    allocate(a(0:3))
    call deed_take(a, h)
    call to_device()
    call deed_reclaim(h, a, stat=stat, errmsg=message)
    call refused(stat, DEED_EDEVICE, message, device)
    call expect(.not. allocated(a), "a is unchanged")
    call to_host()
    call deed_reclaim(h, a)
    call equal(lbound(a, 1), 0, "on the host again")
  end subroutine not_reclaimed
end module device_tests

program test_device
  use check, only: finish
  use device_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_device
