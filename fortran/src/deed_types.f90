! SPDX-License-Identifier: BSD-3-Clause
!> The types that C and Fortran share. Every bind(C) type here is the struct of the same name in the C headers.
module deed_types
  use, intrinsic :: iso_c_binding, only: c_int32_t, c_int64_t, c_int8_t, c_ptr
  use deed_constants, only: deed_max_rank
  implicit none
  private

  public :: deed_array
  public :: deed_dimension
  public :: deed_layout
  public :: deed_descriptor
  public :: deed_weak
  public :: deed_counts
  public :: deed_holder

  !> A handle: a number that names one claim on one array. It owns nothing itself, so it may be copied, stored and
  !> passed on freely; a handle whose claim has ended is refused with `DEED_ESTALE`. `bits == 0` is no array.
  !>
  !> `type(deed_array), value :: h` of a bind(C) procedure is what C passes for a `struct deed_array` or a
  !> `uint64_t` by value, and what Python passes through ctypes (tested on x86-64 with gfortran and flang).
  type, bind(C) :: deed_array
    integer(c_int64_t) :: bits = 0
  end type deed_array

  !> One dimension: of an index i the element lies `(i - lower) * stride_bytes` behind the first.
  type, bind(C) :: deed_dimension
    integer(c_int64_t) :: lower = 0
    integer(c_int64_t) :: extent = 0
    integer(c_int64_t) :: stride_bytes = 0
  end type deed_dimension

  !> Where the elements of an array are: `dim(1:rank)` counts, what is behind that may be anything.
  type, bind(C) :: deed_layout
    integer(c_int32_t) :: dtype = 0
    integer(c_int32_t) :: rank = 0
    integer(c_int64_t) :: element_size_bytes = 0
    type(deed_dimension) :: dim(deed_max_rank)
  end type deed_layout

  !> An array in readable form, as `deed_describe` gives it. It owns nothing; `data` is good as long as a claim
  !> lives. `device_type` is 0 for memory of the host. The core fills no more than what is here, however much it knows:
  !> the shim, which is compiled with this module, tells it the size. (The addresses have no default: gfortran 12 cannot
  !> compile variables with TARGET then.)
  type, bind(C) :: deed_descriptor
    integer(c_int32_t) :: abi_version = 0
    integer(c_int32_t) :: size_bytes = 0
    type(c_ptr) :: data
    type(deed_layout) :: layout
    integer(c_int8_t) :: origin = 0
    integer(c_int8_t) :: owner = 0
    integer(c_int8_t) :: role = 0
    integer(c_int8_t) :: rights = 0
    integer(c_int8_t) :: language = 0
    integer(c_int8_t) :: copy_reason = 0
    integer(c_int8_t) :: published = 0
    integer(c_int8_t) :: reserved = 0
    type(c_ptr) :: block_data
    integer(c_int64_t) :: block_size_bytes = 0
    integer(c_int64_t) :: claim_count = 0
    integer(c_int32_t) :: device_type = 0
    integer(c_int32_t) :: device_id = 0
    integer(c_int64_t) :: device_sync = 0
  end type deed_descriptor

  !> What a claim showed, without a claim: `deed_weak_of` fills it, `deed_upgrade` makes a claim from it if the memory
  !> still lives. A value that owns nothing and needs no release.
  type, bind(C) :: deed_weak
    integer(c_int64_t) :: block = 0
    type(c_ptr) :: data
    integer(c_int32_t) :: rights = 0
    integer(c_int32_t) :: reserved = 0
    type(deed_layout) :: layout
  end type deed_weak

  !> What happened in this process, as `deed_count` gives it. The core fills no more than what is here.
  type, bind(C) :: deed_counts
    integer(c_int64_t) :: live_blocks = 0
    integer(c_int64_t) :: live_claims = 0
    integer(c_int64_t) :: live_bytes = 0
    integer(c_int64_t) :: blocks_made = 0
    integer(c_int64_t) :: blocks_ended = 0
    integer(c_int64_t) :: copies = 0
    integer(c_int64_t) :: abandoned = 0
  end type deed_counts

  !> Who holds a claim and where it was made, as `deed_holders` gives it. `file` is empty and `line` 0 when not known.
  type :: deed_holder
    integer(c_int32_t) :: language = 0
    integer(c_int32_t) :: role = 0
    integer(c_int32_t) :: rights = 0
    integer(c_int32_t) :: line = 0
    character(len=:), allocatable :: file
  end type deed_holder
end module deed_types
