! SPDX-License-Identifier: BSD-3-Clause
! Written by fortran/generate.py.
!> The verb reclaim: one procedure per kind and none per rank. Module deed has the conventions.
module deed_kinds_reclaim
  use, intrinsic :: iso_c_binding, only: c_char, c_int
  use, intrinsic :: iso_fortran_env, only: int8, int16, int32, int64, real32, real64
  use deed_types, only: deed_array
  implicit none
  private
  public :: deed_reclaim

#ifdef DEED_HAVE_REAL80
  integer, parameter :: deed_real80_kind = selected_real_kind(18, 4931)
#endif
#ifdef DEED_HAVE_REAL128
  integer, parameter :: deed_real128_kind = selected_real_kind(33, 4931)
#endif
#ifdef DEED_HAVE_CHARACTER4
  integer, parameter :: deed_character4_kind = selected_char_kind('ISO_10646')
#endif

  !> Take memory back from deed into an allocatable: the opposite of `deed_take`. No element is copied, the bounds
  !> come back, and `h` is stale afterwards. `h` must be the title and the only claim, `a` unallocated and of the
  !> kind and rank of the array. The memory must come from `deed_take` of this compiler: another allocator cannot
  !> be freed by DEALLOCATE.
  !>
  !> Errors in order: `DEED_EHANDLE`, `DEED_ESTALE`, `DEED_EDTYPE`, `DEED_ERANK`, `DEED_EINVAL` (`a` is allocated),
  !> `DEED_ENOTTITLE`, `DEED_EORIGIN`, `DEED_EBUSY` (`errmsg` says who holds the array). `h` and `a` are unchanged
  !> then.
  interface deed_reclaim
    subroutine deed_reclaim_int8(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_int8")
      import
      type(deed_array), intent(in) :: h
      integer(int8), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_int8
    subroutine deed_reclaim_int16(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_int16")
      import
      type(deed_array), intent(in) :: h
      integer(int16), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_int16
    subroutine deed_reclaim_int32(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_int32")
      import
      type(deed_array), intent(in) :: h
      integer(int32), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_int32
    subroutine deed_reclaim_int64(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_int64")
      import
      type(deed_array), intent(in) :: h
      integer(int64), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_int64
    subroutine deed_reclaim_real32(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_real32")
      import
      type(deed_array), intent(in) :: h
      real(real32), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_real32
    subroutine deed_reclaim_real64(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_real64")
      import
      type(deed_array), intent(in) :: h
      real(real64), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_reclaim_real80(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_real80")
      import
      type(deed_array), intent(in) :: h
      real(deed_real80_kind), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_reclaim_real128(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_real128")
      import
      type(deed_array), intent(in) :: h
      real(deed_real128_kind), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_real128
#endif
    subroutine deed_reclaim_complex_real32(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_complex_real32")
      import
      type(deed_array), intent(in) :: h
      complex(real32), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_complex_real32
    subroutine deed_reclaim_complex_real64(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_complex_real64")
      import
      type(deed_array), intent(in) :: h
      complex(real64), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_complex_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_reclaim_complex_real80(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_complex_real80")
      import
      type(deed_array), intent(in) :: h
      complex(deed_real80_kind), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_complex_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_reclaim_complex_real128(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_complex_real128")
      import
      type(deed_array), intent(in) :: h
      complex(deed_real128_kind), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_complex_real128
#endif
    subroutine deed_reclaim_logical8(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_logical8")
      import
      type(deed_array), intent(in) :: h
      logical(int8), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_logical8
    subroutine deed_reclaim_logical16(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_logical16")
      import
      type(deed_array), intent(in) :: h
      logical(int16), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_logical16
    subroutine deed_reclaim_logical32(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_logical32")
      import
      type(deed_array), intent(in) :: h
      logical(int32), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_logical32
    subroutine deed_reclaim_logical64(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_logical64")
      import
      type(deed_array), intent(in) :: h
      logical(int64), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_logical64
    subroutine deed_reclaim_character1(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_character1")
      import
      type(deed_array), intent(in) :: h
      character(kind=c_char, len=:), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_character1
#ifdef DEED_HAVE_CHARACTER4
    subroutine deed_reclaim_character4(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_character4")
      import
      type(deed_array), intent(in) :: h
      character(kind=deed_character4_kind, len=:), allocatable, intent(inout) :: a(..)
      integer(c_int), optional, intent(out) :: stat
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      integer(c_int), optional, intent(in) :: line
    end subroutine deed_reclaim_character4
#endif
  end interface deed_reclaim

end module deed_kinds_reclaim
