! SPDX-License-Identifier: BSD-3-Clause
!> The types of module deed are the structs of the C headers, byte by byte.
module abi_tests
  use, intrinsic :: iso_c_binding, only: c_int, c_int64_t, c_loc, c_sizeof
  use, intrinsic :: iso_fortran_env, only: int64
  use check, only: equal, number, run
  use deed
  implicit none
  private

  public :: run_all

  interface
    integer(c_int64_t) function c_abi(what) bind(C)
      import
      integer(c_int), value, intent(in) :: what
    end function c_abi
  end interface

contains

  subroutine run_all()
    call run("sizes_and_offsets", sizes_and_offsets)
    call run("names_and_numbers", names_and_numbers)
  end subroutine run_all

  subroutine sizes_and_offsets()
    type(deed_array) :: array
    type(deed_layout), target :: layout
    type(deed_descriptor), target :: d
    type(deed_counts), target :: counts
    type(deed_weak), target :: weak
    integer(int64) :: start

    call equal(int(c_sizeof(array), int64), c_abi(0), "sizeof deed_array")
    start = number(c_loc(layout))
    call equal(int(c_sizeof(layout), int64), c_abi(1), "sizeof deed_layout")
    call equal(number(c_loc(layout%element_size_bytes)) - start, c_abi(2), "element_size_bytes")
    call equal(number(c_loc(layout%dim)) - start, c_abi(3), "dim")
    call equal(number(c_loc(layout%dim(2)%extent)) - start, c_abi(4), "extent")
    call equal(number(c_loc(layout%dim(2)%stride_bytes)) - start, c_abi(5), "stride_bytes")
    start = number(c_loc(d))
    call equal(int(c_sizeof(d), int64), c_abi(6), "sizeof deed_descriptor")
    call equal(number(c_loc(d%data)) - start, c_abi(7), "data")
    call equal(number(c_loc(d%layout)) - start, c_abi(8), "layout")
    call equal(number(c_loc(d%origin)) - start, c_abi(9), "origin")
    call equal(number(c_loc(d%published)) - start, c_abi(10), "published")
    call equal(number(c_loc(d%block_data)) - start, c_abi(11), "block_data")
    call equal(number(c_loc(d%claim_count)) - start, c_abi(12), "claim_count")
    call equal(number(c_loc(d%device_sync)) - start, c_abi(13), "device_sync")
    start = number(c_loc(counts))
    call equal(int(c_sizeof(counts), int64), c_abi(14), "sizeof deed_counts")
    call equal(number(c_loc(counts%copies)) - start, c_abi(15), "copies")
    call equal(number(c_loc(counts%abandoned)) - start, c_abi(16), "abandoned")
    start = number(c_loc(weak))
    call equal(int(c_sizeof(weak), int64), c_abi(17), "sizeof deed_weak")
    call equal(number(c_loc(weak%data)) - start, c_abi(18), "data of deed_weak")
    call equal(number(c_loc(weak%rights)) - start, c_abi(19), "rights")
    call equal(number(c_loc(weak%layout)) - start, c_abi(20), "layout of deed_weak")
    call equal(c_abi(21), -1_int64, "nothing was left out")
  end subroutine sizes_and_offsets

  subroutine names_and_numbers()
    call equal(deed_status_name(DEED_EDEVICE), "DEED_EDEVICE", "last status")
    call equal(deed_status_name(DEED_EDEVICE + 1), "DEED_UNKNOWN", "no status")
    call equal(deed_kind_name(deed_opaque), "opaque", "last kind")
    call equal(deed_kind_name(deed_opaque + 1), "unknown", "no kind")
    call equal(deed_origin_name(deed_origin_static), "static", "last origin")
    call equal(deed_language_name(deed_language_fortran), "Fortran", "a language")
    call equal(deed_role_name(deed_role_share), "share", "a role")
    call equal(index(deed_version(), "."), 2, "version")
  end subroutine names_and_numbers
end module abi_tests

program test_abi
  use abi_tests, only: run_all
  use check, only: finish
  implicit none

  call run_all()
  call finish()
end program test_abi
