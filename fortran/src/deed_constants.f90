! SPDX-License-Identifier: BSD-3-Clause
! Written by fortran/generate.py from the C headers.
!> The numbers that C and Fortran share, with the names that the C headers give them.
module deed_constants
  use, intrinsic :: iso_c_binding, only: c_int
  implicit none
  public
  private :: c_int

  !> What `stat=` can be.
  integer(c_int), parameter :: DEED_OK = 0
  integer(c_int), parameter :: DEED_ENOMEM = 1
  integer(c_int), parameter :: DEED_EINVAL = 2
  integer(c_int), parameter :: DEED_EHANDLE = 3
  integer(c_int), parameter :: DEED_ESTALE = 4
  integer(c_int), parameter :: DEED_EBUSY = 5
  integer(c_int), parameter :: DEED_ENOTTITLE = 6
  integer(c_int), parameter :: DEED_EORIGIN = 7
  integer(c_int), parameter :: DEED_ERIGHTS = 8
  integer(c_int), parameter :: DEED_EBOUNDS = 9
  integer(c_int), parameter :: DEED_ERANK = 10
  integer(c_int), parameter :: DEED_EDTYPE = 11
  integer(c_int), parameter :: DEED_ESHAPE = 12
  integer(c_int), parameter :: DEED_EOVERFLOW = 13
  integer(c_int), parameter :: DEED_EORDER = 14
  integer(c_int), parameter :: DEED_ENONAME = 15
  integer(c_int), parameter :: DEED_EEXIST = 16
  integer(c_int), parameter :: DEED_ENULL = 17
  integer(c_int), parameter :: DEED_EUNALLOCATED = 18
  integer(c_int), parameter :: DEED_EDAMAGED = 19
  integer(c_int), parameter :: DEED_EFULL = 20
  integer(c_int), parameter :: DEED_EDUPLICATE = 21
  integer(c_int), parameter :: DEED_EUNSUPPORTED = 22
  integer(c_int), parameter :: DEED_EDEVICE = 23

  !> Types of elements: what `deed_kind` gives and `deed_alloc` wants.
  integer(c_int), parameter :: deed_int8 = 1
  integer(c_int), parameter :: deed_int16 = 2
  integer(c_int), parameter :: deed_int32 = 3
  integer(c_int), parameter :: deed_int64 = 4
  integer(c_int), parameter :: deed_uint8 = 5
  integer(c_int), parameter :: deed_uint16 = 6
  integer(c_int), parameter :: deed_uint32 = 7
  integer(c_int), parameter :: deed_uint64 = 8
  integer(c_int), parameter :: deed_real16 = 9
  integer(c_int), parameter :: deed_bfloat16 = 10
  integer(c_int), parameter :: deed_real32 = 11
  integer(c_int), parameter :: deed_real64 = 12
  integer(c_int), parameter :: deed_real80 = 13
  integer(c_int), parameter :: deed_real128 = 14
  integer(c_int), parameter :: deed_complex_real32 = 15
  integer(c_int), parameter :: deed_complex_real64 = 16
  integer(c_int), parameter :: deed_complex_real80 = 17
  integer(c_int), parameter :: deed_complex_real128 = 18
  integer(c_int), parameter :: deed_logical8 = 19
  integer(c_int), parameter :: deed_logical16 = 20
  integer(c_int), parameter :: deed_logical32 = 21
  integer(c_int), parameter :: deed_logical64 = 22
  integer(c_int), parameter :: deed_character1 = 23
  integer(c_int), parameter :: deed_character4 = 24
  integer(c_int), parameter :: deed_opaque = 25

  !> Allocators.
  integer(c_int), parameter :: deed_origin_none = 0
  integer(c_int), parameter :: deed_origin_malloc = 1
  integer(c_int), parameter :: deed_origin_cxx = 2
  integer(c_int), parameter :: deed_origin_fortran = 3
  integer(c_int), parameter :: deed_origin_python = 4
  integer(c_int), parameter :: deed_origin_foreign = 5
  integer(c_int), parameter :: deed_origin_interprocess = 6
  integer(c_int), parameter :: deed_origin_lent = 7
  integer(c_int), parameter :: deed_origin_static = 8

  !> Languages.
  integer(c_int), parameter :: deed_language_none = 0
  integer(c_int), parameter :: deed_language_c = 1
  integer(c_int), parameter :: deed_language_cxx = 2
  integer(c_int), parameter :: deed_language_fortran = 3
  integer(c_int), parameter :: deed_language_python = 4
  integer(c_int), parameter :: deed_language_other = 5

  !> Roles of a claim.
  integer(c_int), parameter :: deed_role_none = 0
  integer(c_int), parameter :: deed_role_title = 1
  integer(c_int), parameter :: deed_role_share = 2
  integer(c_int), parameter :: deed_role_copy = 3

  !> Rights of a claim, to be added.
  integer(c_int), parameter :: deed_read = 1
  integer(c_int), parameter :: deed_write = 2

  !> Options of `deed_alloc`.
  integer(c_int), parameter :: deed_zeroed = 1

  !> Orders of elements.
  integer(c_int), parameter :: deed_order_any = 0
  integer(c_int), parameter :: deed_order_fortran = 1
  integer(c_int), parameter :: deed_order_c = 2

  !> Why an array is a copy.
  integer(c_int), parameter :: deed_copy_none = 0
  integer(c_int), parameter :: deed_copy_requested = 1
  integer(c_int), parameter :: deed_copy_order = 2
  integer(c_int), parameter :: deed_copy_dtype = 3
  integer(c_int), parameter :: deed_copy_allocator = 4

  !> Sizes.
  integer(c_int), parameter :: deed_max_rank = 15
  integer(c_int), parameter :: deed_name_bytes = 128
  integer(c_int), parameter :: deed_abi_version = 1
end module deed_constants
