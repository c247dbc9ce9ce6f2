! SPDX-License-Identifier: BSD-3-Clause
! Written by fortran/generate.py.
!> The verb lend: one procedure per kind, none per rank. See module deed.
module deed_kinds_lend
  use, intrinsic :: iso_c_binding, only: c_bool, c_char, c_double, c_double_complex, c_float, &
    c_float_complex, c_int8_t, c_int16_t, c_int32_t, c_int64_t
#ifdef DEED_HAVE_LOGICAL_KINDS
  use, intrinsic :: iso_fortran_env, only: int16, int32, int64
#endif
  use deed_types, only: deed_array
  implicit none
  private
  public :: deed_lend

#ifdef DEED_HAVE_REAL80
  integer, parameter :: deed_real80_kind = selected_real_kind(18, 4931)
#endif
#ifdef DEED_HAVE_REAL128
  integer, parameter :: deed_real128_kind = selected_real_kind(33, 4931)
#endif
#ifdef DEED_HAVE_CHARACTER4
  integer, parameter :: deed_character4_kind = selected_char_kind('ISO_10646')
#endif

  !> Lend memory to deed without copying: a pointer, or a variable with TARGET, or a part of one (`u(1:20:2, :)`,
  !> `u(:, 4:0:-1)`, `tiles(:)%x`), with its strides and its bounds. The memory stays the caller's, who keeps it as
  !> it is until `deed_recall` or `deed_release` of `h` has succeeded. `h` becomes the title.
  !>
  !> What has no address of its own does not compile: expressions, literals, vector subscripts, variables without
  !> TARGET, `class(*)`. What the compilers say then, and what to do, is in docs/fortran.md. Characters of fixed
  !> length are lent through a pointer of deferred length (`p => names`). `rights`: `deed_read`, or `deed_read +
  !> deed_write` (the default). The compiler does not tell deed what may not be written: for an argument with
  !> INTENT(IN), or a variable that is PROTECTED, say `rights=deed_read`. Pass component sections directly or
  !> through a pointer variable: gfortran 12 hands `tiles(:)%x` to a POINTER dummy of a Fortran procedure with a
  !> wrong address. `name`: publish it in the same call, as `deed_publish` does. All or nothing: when the name is
  !> refused (`DEED_EINVAL`, `DEED_EEXIST`), there is no loan.
  !>
  !> Errors in order: `DEED_EINVAL` (`h` still holds an array, `rights`), `DEED_EUNALLOCATED` (not associated),
  !> `DEED_ENOMEM`, `DEED_EFULL`, `DEED_EDUPLICATE`, those of `name`. `h` is unchanged then.
  interface deed_lend
    subroutine deed_lend_int8(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_int8")
      import
      integer(c_int8_t), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_int8
    subroutine deed_lend_int16(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_int16")
      import
      integer(c_int16_t), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_int16
    subroutine deed_lend_int32(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_int32")
      import
      integer(c_int32_t), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_int32
    subroutine deed_lend_int64(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_int64")
      import
      integer(c_int64_t), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_int64
    subroutine deed_lend_real32(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_real32")
      import
      real(c_float), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_real32
    subroutine deed_lend_real64(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_real64")
      import
      real(c_double), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_lend_real80(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_real80")
      import
      real(deed_real80_kind), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_lend_real128(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_real128")
      import
      real(deed_real128_kind), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_real128
#endif
    subroutine deed_lend_complex_real32(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_complex_real32")
      import
      complex(c_float_complex), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_complex_real32
    subroutine deed_lend_complex_real64(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_complex_real64")
      import
      complex(c_double_complex), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_complex_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_lend_complex_real80(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_complex_real80")
      import
      complex(deed_real80_kind), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_complex_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_lend_complex_real128(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_complex_real128")
      import
      complex(deed_real128_kind), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_complex_real128
#endif
    subroutine deed_lend_logical8(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_logical8")
      import
      logical(c_bool), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_logical8
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_lend_logical16(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_logical16")
      import
      logical(int16), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_logical16
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_lend_logical32(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_logical32")
      import
      logical(int32), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_logical32
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_lend_logical64(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_logical64")
      import
      logical(int64), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_logical64
#endif
    subroutine deed_lend_character1(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_character1")
      import
      character(kind=c_char, len=:), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_character1
#ifdef DEED_HAVE_CHARACTER4
    subroutine deed_lend_character4(a, h, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_character4")
      import
      character(kind=deed_character4_kind, len=:), pointer, intent(in) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: name(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lend_character4
#endif
  end interface deed_lend

end module deed_kinds_lend
