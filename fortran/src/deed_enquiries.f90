! SPDX-License-Identifier: BSD-3-Clause
!> What an array is, who holds it, and what lives in this process. Module deed has the conventions. Functions that
!> cannot answer give 0 or an empty list with `stat`, and end the program without. Those that name a number take
!> integers of any kind.
module deed_enquiries
  use, intrinsic :: iso_c_binding, only: c_associated, c_char, c_f_pointer, c_int, c_int32_t, c_int64_t, c_int8_t, &
    c_null_char, c_null_ptr, c_ptr, c_size_t
  use, intrinsic :: iso_fortran_env, only: int32, int64
  use deed_constants, only: deed_max_rank, deed_name_bytes
  use deed_types, only: deed_array, deed_counts, deed_descriptor, deed_holder
  implicit none
  private

  public :: deed_address
  public :: deed_bounds
  public :: deed_count
  public :: deed_describe
  public :: deed_element_size_bytes
  public :: deed_holders
  public :: deed_is_live
  public :: deed_kind
  public :: deed_kind_name
  public :: deed_language_name
  public :: deed_names
  public :: deed_origin
  public :: deed_origin_name
  public :: deed_owner
  public :: deed_rank
  public :: deed_report
  public :: deed_role_name
  public :: deed_shape
  public :: deed_status_name
  public :: deed_version

  !> struct deed_holder
  type, bind(C) :: holder_record
    integer(c_int) :: language = 0
    integer(c_int8_t) :: role = 0
    integer(c_int8_t) :: rights = 0
    integer(c_int32_t) :: line = 0
    type(c_ptr) :: file = c_null_ptr
    integer(c_int64_t) :: reserved(3) = 0
  end type holder_record

  !> struct deed_ledger_entry
  type, bind(C) :: ledger_record
    type(c_ptr) :: data = c_null_ptr
    integer(c_int64_t) :: size_bytes = 0
    integer(c_int64_t) :: claim_count = 0
    integer(c_int8_t) :: origin = 0
    integer(c_int8_t) :: owner = 0
    integer(c_int8_t) :: copy_reason = 0
    integer(c_int8_t) :: published = 0
    type(holder_record) :: holder
    character(kind=c_char, len=1) :: name(deed_name_bytes) = c_null_char
  end type ledger_record

  !> Write the live blocks to a unit, one line each: bytes, origin, owner, claims, name, and where the holder got it.
  interface deed_report
    procedure :: report_to_int32
    procedure :: report_to_int64
  end interface deed_report

  interface
    !> Everything about an array at once. `descriptor` is unchanged on failure.
    subroutine deed_describe(h, descriptor, stat, errmsg, file, line) bind(C, name="deed_fortran_describe")
      import
      type(deed_array), intent(in) :: h
      type(deed_descriptor), intent(inout) :: descriptor
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_describe

    !> As deed_describe, for the procedure of this name.
    subroutine describe_for(procedure_name, h, descriptor, stat, errmsg) bind(C, name="deed_fortran_describe_for")
      import
      character(kind=c_char, len=1), intent(in) :: procedure_name(*)
      type(deed_array), intent(in) :: h
      type(deed_descriptor), intent(inout) :: descriptor
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
    end subroutine describe_for

    !> The address of the first element; unchanged on failure.
    subroutine address_of(h, data, stat, errmsg, file, line) bind(C, name="deed_fortran_address")
      import
      type(deed_array), intent(in) :: h
      type(c_ptr), intent(inout) :: data
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine address_of

    !> What happened in this process since deed was loaded.
    subroutine deed_count(counts) bind(C, name="deed_fortran_count")
      import
      type(deed_counts), intent(out) :: counts
    end subroutine deed_count

    subroutine holders_of(h, holders, capacity, count, stat, errmsg, file, line) bind(C, name="deed_fortran_holders")
      import
      type(deed_array), intent(in) :: h
      type(holder_record), intent(inout) :: holders(*)
      integer(c_int32_t), value, intent(in) :: capacity
      integer(c_int32_t), intent(out) :: count
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine holders_of

    subroutine published_names(names, capacity, count, stat, errmsg, file, line) bind(C, name="deed_fortran_names")
      import
      character(kind=c_char, len=1), intent(inout) :: names(deed_name_bytes, *)
      integer(c_int64_t), value, intent(in) :: capacity
      integer(c_int64_t), intent(out) :: count
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine published_names

    subroutine ledger(entries, capacity, count, stat, errmsg, file, line) bind(C, name="deed_fortran_ledger")
      import
      type(ledger_record), intent(inout) :: entries(*)
      integer(c_int64_t), value, intent(in) :: capacity
      integer(c_int64_t), intent(out) :: count
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine ledger

    integer(c_int) function core_is_live(h) bind(C, name="deed_is_live")
      import
      type(deed_array), value, intent(in) :: h
    end function core_is_live

    type(c_ptr) function core_status_name(number) bind(C, name="deed_fortran_status_name")
      import
      type(*), intent(in) :: number(..)
    end function core_status_name

    type(c_ptr) function core_dtype_name(number) bind(C, name="deed_fortran_dtype_name")
      import
      type(*), intent(in) :: number(..)
    end function core_dtype_name

    type(c_ptr) function core_origin_name(number) bind(C, name="deed_fortran_origin_name")
      import
      type(*), intent(in) :: number(..)
    end function core_origin_name

    type(c_ptr) function core_language_name(number) bind(C, name="deed_fortran_language_name")
      import
      type(*), intent(in) :: number(..)
    end function core_language_name

    type(c_ptr) function core_role_name(number) bind(C, name="deed_fortran_role_name")
      import
      type(*), intent(in) :: number(..)
    end function core_role_name

    type(c_ptr) function core_version() bind(C, name="deed_version")
      import
    end function core_version

    integer(c_size_t) function strlen(text) bind(C, name="strlen")
      import
      type(c_ptr), value, intent(in) :: text
    end function strlen
  end interface

contains

  !> Whether the claim of this handle lives. Never fails.
  logical function deed_is_live(h)
    type(deed_array), intent(in) :: h

    deed_is_live = core_is_live(h) /= 0
  end function deed_is_live

  !> The extents, one per dimension.
  function deed_shape(h, stat, errmsg) result(extents)
    type(deed_array), intent(in) :: h
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    integer(int64), allocatable :: extents(:)
    type(deed_descriptor) :: array

    call describe_for("shape" // c_null_char, h, array, stat, errmsg)
    extents = array%layout%dim(1:array%layout%rank)%extent
  end function deed_shape

  !> The lower and upper bounds, one of each per dimension. A dimension without elements has `upper < lower`.
  subroutine deed_bounds(h, lower, upper, stat, errmsg)
    type(deed_array), intent(in) :: h
    integer(int64), allocatable, intent(out) :: lower(:)
    integer(int64), allocatable, intent(out) :: upper(:)
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    type(deed_descriptor) :: array
    integer :: rank

    call describe_for("bounds" // c_null_char, h, array, stat, errmsg)
    rank = array%layout%rank
    lower = array%layout%dim(1:rank)%lower
    upper = lower + array%layout%dim(1:rank)%extent - 1
  end subroutine deed_bounds

  !> The number of dimensions.
  integer(c_int) function deed_rank(h, stat, errmsg)
    type(deed_array), intent(in) :: h
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    type(deed_descriptor) :: array

    call describe_for("rank" // c_null_char, h, array, stat, errmsg)
    deed_rank = array%layout%rank
  end function deed_rank

  !> The type of an element: `deed_int8` to `deed_opaque`.
  integer(c_int) function deed_kind(h, stat, errmsg)
    type(deed_array), intent(in) :: h
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    type(deed_descriptor) :: array

    call describe_for("kind" // c_null_char, h, array, stat, errmsg)
    deed_kind = array%layout%dtype
  end function deed_kind

  !> The size of an element in bytes.
  integer(int64) function deed_element_size_bytes(h, stat, errmsg)
    type(deed_array), intent(in) :: h
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    type(deed_descriptor) :: array

    call describe_for("element_size_bytes" // c_null_char, h, array, stat, errmsg)
    deed_element_size_bytes = array%layout%element_size_bytes
  end function deed_element_size_bytes

  !> Which allocator made the memory: `deed_origin_malloc` to `deed_origin_static`.
  integer(c_int) function deed_origin(h, stat, errmsg)
    type(deed_array), intent(in) :: h
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    type(deed_descriptor) :: array

    call describe_for("origin" // c_null_char, h, array, stat, errmsg)
    deed_origin = array%origin
  end function deed_origin

  !> Which language holds the title now: `deed_language_c` to `deed_language_other`, `deed_language_none` when it
  !> has ended.
  integer(c_int) function deed_owner(h, stat, errmsg)
    type(deed_array), intent(in) :: h
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    type(deed_descriptor) :: array

    call describe_for("owner" // c_null_char, h, array, stat, errmsg)
    deed_owner = array%owner
  end function deed_owner

  !> The address of the first element (all indices at their lower bounds), for C_F_POINTER and C procedures. Good as
  !> long as the claim lives. Errors: `DEED_EDEVICE`, where it would be no address of the host.
  type(c_ptr) function deed_address(h, stat, errmsg)
    type(deed_array), intent(in) :: h
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg

    deed_address = c_null_ptr
    call address_of(h, deed_address, stat, errmsg)
  end function deed_address

  !> Who holds the memory of this array, the claim `h` included. A snapshot: other threads may come and go.
  subroutine deed_holders(h, holders, stat, errmsg)
    type(deed_array), intent(in) :: h
    type(deed_holder), allocatable, intent(out) :: holders(:)
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    type(holder_record), allocatable :: records(:)
    integer(c_int32_t) :: count
    integer :: i

    count = 0
    allocate(records(0))
    do
      call holders_of(h, records, size(records, kind=c_int32_t), count, stat, errmsg)
      if (count <= size(records)) exit
      deallocate(records)
      allocate(records(count))
    end do
    allocate(holders(count))
    do i = 1, count
      holders(i)%language = records(i)%language
      holders(i)%role = records(i)%role
      holders(i)%rights = records(i)%rights
      holders(i)%line = records(i)%line
      holders(i)%file = text_at(records(i)%file)
    end do
  end subroutine deed_holders

  !> All published names, sorted. A snapshot.
  subroutine deed_names(names, stat, errmsg)
    character(len=:), allocatable, intent(out) :: names(:)
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    character(kind=c_char, len=1), allocatable :: records(:, :)
    integer(c_int64_t) :: count
    integer :: i

    count = 0
    allocate(records(deed_name_bytes, 0))
    do
      call published_names(records, size(records, 2, kind=c_int64_t), count, stat, errmsg)
      if (count <= size(records, 2)) exit
      deallocate(records)
      allocate(records(deed_name_bytes, count))
    end do
    allocate(character(len=deed_name_bytes) :: names(count))
    do i = 1, int(count)
      names(i) = text_of(records(:, i))
    end do
  end subroutine deed_names

  subroutine report_to_int64(unit, stat, errmsg)
    integer(int64), intent(in) :: unit
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg

    call report_to_int32(int(unit, int32), stat, errmsg)
  end subroutine report_to_int64

  subroutine report_to_int32(unit, stat, errmsg)
    integer(int32), intent(in) :: unit
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg
    type(ledger_record), allocatable :: entries(:)
    integer(c_int64_t) :: count
    integer :: i

    count = 0
    allocate(entries(0))
    do
      call ledger(entries, size(entries, kind=c_int64_t), count, stat, errmsg)
      if (count <= size(entries)) exit
      deallocate(entries)
      allocate(entries(count))
    end do
    do i = 1, int(count)
      call write_entry(unit, entries(i))
    end do
  end subroutine report_to_int32

  subroutine write_entry(unit, entry)
    integer(int32), intent(in) :: unit
    type(ledger_record), intent(in) :: entry

    write (unit, '(i0, " bytes, origin ", a, ", owner ", a, ", ", i0, " claims, ", a, " at ", a, ":", i0, a)') &
      entry%size_bytes, deed_origin_name(int(entry%origin, c_int)), deed_language_name(int(entry%owner, c_int)), &
      entry%claim_count, deed_role_name(int(entry%holder%role, c_int)), place_of(entry%holder), entry%holder%line, &
      name_of(entry)
  end subroutine write_entry

  function place_of(holder) result(text)
    type(holder_record), intent(in) :: holder
    character(len=:), allocatable :: text

    text = text_at(holder%file)
    if (len(text) == 0) text = "unknown place"
  end function place_of

  function name_of(entry) result(text)
    type(ledger_record), intent(in) :: entry
    character(len=:), allocatable :: text

    text = ""
    if (entry%published /= 0) text = ", published as " // text_of(entry%name)
  end function name_of

  !> "DEED_EBUSY" for `DEED_EBUSY`.
  function deed_status_name(status) result(text)
    type(*), intent(in) :: status(..)
    character(len=:), allocatable :: text

    text = text_at(core_status_name(status))
  end function deed_status_name

  !> "real64" for `deed_real64`.
  function deed_kind_name(kind) result(text)
    type(*), intent(in) :: kind(..)
    character(len=:), allocatable :: text

    text = text_at(core_dtype_name(kind))
  end function deed_kind_name

  !> "fortran" for `deed_origin_fortran`.
  function deed_origin_name(origin) result(text)
    type(*), intent(in) :: origin(..)
    character(len=:), allocatable :: text

    text = text_at(core_origin_name(origin))
  end function deed_origin_name

  !> "Fortran" for `deed_language_fortran`.
  function deed_language_name(language) result(text)
    type(*), intent(in) :: language(..)
    character(len=:), allocatable :: text

    text = text_at(core_language_name(language))
  end function deed_language_name

  !> "title" for `deed_role_title`.
  function deed_role_name(role) result(text)
    type(*), intent(in) :: role(..)
    character(len=:), allocatable :: text

    text = text_at(core_role_name(role))
  end function deed_role_name

  !> The version of the core that is loaded.
  function deed_version() result(text)
    character(len=:), allocatable :: text

    text = text_at(core_version())
  end function deed_version

  !> The text at an address of C; empty for a null pointer.
  function text_at(address) result(text)
    type(c_ptr), intent(in) :: address
    character(len=:), allocatable :: text
    character(kind=c_char, len=1), pointer :: bytes(:)

    if (c_associated(address)) then
      call c_f_pointer(address, bytes, [strlen(address)])
      text = text_of(bytes)
    else
      text = ""
    end if
  end function text_at

  !> The text in an array of characters, up to its NUL if it has one.
  function text_of(bytes) result(text)
    character(kind=c_char, len=1), intent(in) :: bytes(:)
    character(len=:), allocatable :: text
    integer :: length
    integer :: i

    length = 0
    do while (length < size(bytes))
      if (bytes(length + 1) == c_null_char) exit
      length = length + 1
    end do
    allocate(character(len=length) :: text)
    do i = 1, length
      text(i:i) = bytes(i)
    end do
  end function text_of
end module deed_enquiries
