! SPDX-License-Identifier: BSD-3-Clause
! Written by fortran/generate.py.
!> The verb take: one procedure per kind, none per rank. See module deed.
module deed_kinds_take
  use, intrinsic :: iso_c_binding, only: c_bool, c_char, c_double, c_double_complex, c_float, &
    c_float_complex, c_int8_t, c_int16_t, c_int32_t, c_int64_t
#ifdef DEED_HAVE_LOGICAL_KINDS
  use, intrinsic :: iso_fortran_env, only: int16, int32, int64
#endif
  use deed_types, only: deed_array
  implicit none
  private
  public :: deed_take

#ifdef DEED_HAVE_REAL80
  integer, parameter :: deed_real80_kind = selected_real_kind(18, 4931)
#endif
#ifdef DEED_HAVE_REAL128
  integer, parameter :: deed_real128_kind = selected_real_kind(33, 4931)
#endif
#ifdef DEED_HAVE_CHARACTER4
  integer, parameter :: deed_character4_kind = selected_char_kind('ISO_10646')
#endif

  !> Give the memory of an allocatable to deed, as `move_alloc` gives it to another variable: no element is copied,
  !> the bounds are kept, and `a` is unallocated afterwards. `h` becomes the title; DEALLOCATE of this compiler
  !> frees the memory when the last claim ends. Characters must have a deferred length. `name`: publish it in the
  !> same call, as `deed_publish` does. All or nothing: when the name is refused (`DEED_EINVAL`, `DEED_EEXIST`),
  !> `a` is still allocated.
  !>
  !> Errors in order: `DEED_EINVAL` (`h` still holds an array), `DEED_EUNALLOCATED`, `DEED_EBUSY` (the memory is
  !> lent: the loan would point to what deed frees), `DEED_ENOMEM`, `DEED_EFULL`, `DEED_EDUPLICATE`, those of
  !> `name`. `a` and `h` are unchanged then. Any thread that may touch `a`.
  interface deed_take
    subroutine deed_take_int8(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_int8")
      import
      integer(c_int8_t), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_int8
    subroutine deed_take_int16(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_int16")
      import
      integer(c_int16_t), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_int16
    subroutine deed_take_int32(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_int32")
      import
      integer(c_int32_t), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_int32
    subroutine deed_take_int64(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_int64")
      import
      integer(c_int64_t), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_int64
    subroutine deed_take_real32(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_real32")
      import
      real(c_float), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_real32
    subroutine deed_take_real64(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_real64")
      import
      real(c_double), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_take_real80(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_real80")
      import
      real(deed_real80_kind), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_take_real128(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_real128")
      import
      real(deed_real128_kind), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_real128
#endif
    subroutine deed_take_complex_real32(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_complex_real32")
      import
      complex(c_float_complex), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_complex_real32
    subroutine deed_take_complex_real64(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_complex_real64")
      import
      complex(c_double_complex), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_complex_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_take_complex_real80(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_complex_real80")
      import
      complex(deed_real80_kind), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_complex_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_take_complex_real128(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_complex_real128")
      import
      complex(deed_real128_kind), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_complex_real128
#endif
    subroutine deed_take_logical8(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_logical8")
      import
      logical(c_bool), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_logical8
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_take_logical16(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_logical16")
      import
      logical(int16), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_logical16
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_take_logical32(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_logical32")
      import
      logical(int32), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_logical32
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_take_logical64(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_logical64")
      import
      logical(int64), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_logical64
#endif
    subroutine deed_take_character1(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_character1")
      import
      character(kind=c_char, len=:), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_character1
#ifdef DEED_HAVE_CHARACTER4
    subroutine deed_take_character4(a, h, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_take_character4")
      import
      character(kind=deed_character4_kind, len=:), allocatable, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_take_character4
#endif
  end interface deed_take

end module deed_kinds_take
