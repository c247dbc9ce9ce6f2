! SPDX-License-Identifier: BSD-3-Clause
! Written by fortran/generate.py.
!> The verb lend_unsafe: one procedure per kind, none per rank. See module deed.
module deed_kinds_lend_unsafe
  use, intrinsic :: iso_c_binding, only: c_bool, c_char, c_double, c_double_complex, c_float, &
    c_float_complex, c_int8_t, c_int16_t, c_int32_t, c_int64_t
#ifdef DEED_HAVE_LOGICAL_KINDS
  use, intrinsic :: iso_fortran_env, only: int16, int32, int64
#endif
  use deed_types, only: deed_array
  implicit none
  private
  public :: deed_lend_unsafe

#ifdef DEED_HAVE_REAL80
  integer, parameter :: deed_real80_kind = selected_real_kind(18, 4931)
#endif
#ifdef DEED_HAVE_REAL128
  integer, parameter :: deed_real128_kind = selected_real_kind(33, 4931)
#endif
#ifdef DEED_HAVE_CHARACTER4
  integer, parameter :: deed_character4_kind = selected_char_kind('ISO_10646')
#endif

  !> As `deed_lend`, for a variable that has no TARGET and in source that cannot be changed. Nobody checks that
  !> this works: the compiler may keep elements in registers, or move loads and stores of `a` past calls that use
  !> the loan, because nothing but `a` can name them as far as it knows. `a` must live as long as the loan: a SAVE
  !> or module variable, an allocated array, or a variable of a procedure that has not returned; never a dummy
  !> argument whose actual argument the compiler copied. The lower bounds are 1 unless `lower` (integers, one per
  !> dimension) gives them: `lower=lbound(a)`.
  !>
  !> Errors in order: as `deed_lend`, with `DEED_ESHAPE` (assumed-size) and `DEED_ERANK` (`lower` of another size)
  !> after `DEED_EUNALLOCATED`.
  interface deed_lend_unsafe
    subroutine deed_lend_unsafe_int8(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_int8")
      import
      integer(c_int8_t), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_int8
    subroutine deed_lend_unsafe_int16(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_int16")
      import
      integer(c_int16_t), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_int16
    subroutine deed_lend_unsafe_int32(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_int32")
      import
      integer(c_int32_t), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_int32
    subroutine deed_lend_unsafe_int64(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_int64")
      import
      integer(c_int64_t), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_int64
    subroutine deed_lend_unsafe_real32(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_real32")
      import
      real(c_float), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_real32
    subroutine deed_lend_unsafe_real64(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_real64")
      import
      real(c_double), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_lend_unsafe_real80(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_real80")
      import
      real(deed_real80_kind), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_lend_unsafe_real128(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_real128")
      import
      real(deed_real128_kind), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_real128
#endif
    subroutine deed_lend_unsafe_complex_real32(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_complex_real32")
      import
      complex(c_float_complex), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_complex_real32
    subroutine deed_lend_unsafe_complex_real64(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_complex_real64")
      import
      complex(c_double_complex), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_complex_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_lend_unsafe_complex_real80(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_complex_real80")
      import
      complex(deed_real80_kind), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_complex_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_lend_unsafe_complex_real128(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_complex_real128")
      import
      complex(deed_real128_kind), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_complex_real128
#endif
    subroutine deed_lend_unsafe_logical8(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_logical8")
      import
      logical(c_bool), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_logical8
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_lend_unsafe_logical16(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_logical16")
      import
      logical(int16), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_logical16
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_lend_unsafe_logical32(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_logical32")
      import
      logical(int32), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_logical32
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_lend_unsafe_logical64(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_logical64")
      import
      logical(int64), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_logical64
#endif
    subroutine deed_lend_unsafe_character1(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_character1")
      import
      character(kind=c_char, len=*), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_character1
#ifdef DEED_HAVE_CHARACTER4
    subroutine deed_lend_unsafe_character4(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_unsafe_character4")
      import
      character(kind=deed_character4_kind, len=*), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_unsafe_character4
#endif
  end interface deed_lend_unsafe

end module deed_kinds_lend_unsafe
