! SPDX-License-Identifier: BSD-3-Clause
! Written by fortran/generate.py.
!> The verb reclaim: one procedure per kind, none per rank. See module deed.
module deed_kinds_reclaim
  use, intrinsic :: iso_c_binding, only: c_bool, c_char, c_double, c_double_complex, c_float, &
    c_float_complex, c_int8_t, c_int16_t, c_int32_t, c_int64_t
#ifdef DEED_HAVE_LOGICAL_KINDS
  use, intrinsic :: iso_fortran_env, only: int16, int32, int64
#endif
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
  !> kind and rank of the array. The memory must come from `deed_take` of this compiler, in whatever library:
  !> another allocator cannot be freed by DEALLOCATE.
  !>
  !> Errors in order: `DEED_EHANDLE`, `DEED_ESTALE`, `DEED_EDEVICE`, `DEED_EDTYPE`, `DEED_ERANK`, `DEED_EINVAL`
  !> (`a` is allocated), `DEED_ENOTTITLE`, `DEED_EORIGIN`, `DEED_EBUSY` (`errmsg` says who holds the array). `h`
  !> and `a` are unchanged then.
  interface deed_reclaim
    subroutine deed_reclaim_int8(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_int8")
      import
      type(deed_array), intent(in) :: h
      integer(c_int8_t), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_int8
    subroutine deed_reclaim_int16(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_int16")
      import
      type(deed_array), intent(in) :: h
      integer(c_int16_t), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_int16
    subroutine deed_reclaim_int32(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_int32")
      import
      type(deed_array), intent(in) :: h
      integer(c_int32_t), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_int32
    subroutine deed_reclaim_int64(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_int64")
      import
      type(deed_array), intent(in) :: h
      integer(c_int64_t), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_int64
    subroutine deed_reclaim_real32(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_real32")
      import
      type(deed_array), intent(in) :: h
      real(c_float), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_real32
    subroutine deed_reclaim_real64(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_real64")
      import
      type(deed_array), intent(in) :: h
      real(c_double), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_reclaim_real80(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_real80")
      import
      type(deed_array), intent(in) :: h
      real(deed_real80_kind), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_reclaim_real128(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_real128")
      import
      type(deed_array), intent(in) :: h
      real(deed_real128_kind), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_real128
#endif
    subroutine deed_reclaim_complex_real32(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_complex_real32")
      import
      type(deed_array), intent(in) :: h
      complex(c_float_complex), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_complex_real32
    subroutine deed_reclaim_complex_real64(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_complex_real64")
      import
      type(deed_array), intent(in) :: h
      complex(c_double_complex), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_complex_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_reclaim_complex_real80(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_complex_real80")
      import
      type(deed_array), intent(in) :: h
      complex(deed_real80_kind), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_complex_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_reclaim_complex_real128(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_complex_real128")
      import
      type(deed_array), intent(in) :: h
      complex(deed_real128_kind), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_complex_real128
#endif
    subroutine deed_reclaim_logical8(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_logical8")
      import
      type(deed_array), intent(in) :: h
      logical(c_bool), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_logical8
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_reclaim_logical16(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_logical16")
      import
      type(deed_array), intent(in) :: h
      logical(int16), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_logical16
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_reclaim_logical32(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_logical32")
      import
      type(deed_array), intent(in) :: h
      logical(int32), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_logical32
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_reclaim_logical64(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_logical64")
      import
      type(deed_array), intent(in) :: h
      logical(int64), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_logical64
#endif
    subroutine deed_reclaim_character1(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_character1")
      import
      type(deed_array), intent(in) :: h
      character(kind=c_char, len=:), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_character1
#ifdef DEED_HAVE_CHARACTER4
    subroutine deed_reclaim_character4(h, a, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_reclaim_character4")
      import
      type(deed_array), intent(in) :: h
      character(kind=deed_character4_kind, len=:), allocatable, intent(inout) :: a(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_reclaim_character4
#endif
  end interface deed_reclaim

end module deed_kinds_reclaim
