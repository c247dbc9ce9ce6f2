! SPDX-License-Identifier: BSD-3-Clause
! Written by fortran/generate.py.
!> The verb pointer: one procedure per kind, none per rank. See module deed.
module deed_kinds_pointer
  use, intrinsic :: iso_c_binding, only: c_bool, c_char, c_double, c_double_complex, c_float, &
    c_float_complex, c_int8_t, c_int16_t, c_int32_t, c_int64_t
#ifdef DEED_HAVE_LOGICAL_KINDS
  use, intrinsic :: iso_fortran_env, only: int16, int32, int64
#endif
  use deed_types, only: deed_array
  implicit none
  private
  public :: deed_pointer

#ifdef DEED_HAVE_REAL80
  integer, parameter :: deed_real80_kind = selected_real_kind(18, 4931)
#endif
#ifdef DEED_HAVE_REAL128
  integer, parameter :: deed_real128_kind = selected_real_kind(33, 4931)
#endif
#ifdef DEED_HAVE_CHARACTER4
  integer, parameter :: deed_character4_kind = selected_char_kind('ISO_10646')
#endif

  !> Point at the elements of an array, with its shape, strides and lower bounds. No claim is made: `p` is good as
  !> long as the claim `h` lives and must not be deallocated. `rights`: `deed_read` to get a pointer to an array
  !> that may not be written, and must not be through `p`; the default asks for both. `order`: `deed_order_fortran`
  !> to get a pointer only to elements that lie without gaps in Fortran's order, `deed_order_c` in that of C,
  !> `deed_order_any` (the default) wherever they are. deed cannot see that `p` is CONTIGUOUS: gfortran reads wrong
  !> elements through such a pointer to others, so ask for `deed_order_fortran` with it.
  !>
  !> Errors in order: `DEED_EHANDLE`, `DEED_ESTALE`, `DEED_EDEVICE`, `DEED_EDTYPE`, `DEED_ERANK`, `DEED_EINVAL`
  !> (`rights`, `order`), `DEED_ERIGHTS`, `DEED_EORDER`, `DEED_EUNSUPPORTED` (gfortran cannot point at elements
  !> whose strides are not multiples of their size). `p` is unchanged then.
  interface deed_pointer
    subroutine deed_pointer_int8(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_int8")
      import
      type(deed_array), intent(in) :: h
      integer(c_int8_t), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_int8
    subroutine deed_pointer_int16(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_int16")
      import
      type(deed_array), intent(in) :: h
      integer(c_int16_t), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_int16
    subroutine deed_pointer_int32(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_int32")
      import
      type(deed_array), intent(in) :: h
      integer(c_int32_t), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_int32
    subroutine deed_pointer_int64(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_int64")
      import
      type(deed_array), intent(in) :: h
      integer(c_int64_t), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_int64
    subroutine deed_pointer_real32(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_real32")
      import
      type(deed_array), intent(in) :: h
      real(c_float), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_real32
    subroutine deed_pointer_real64(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_real64")
      import
      type(deed_array), intent(in) :: h
      real(c_double), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_pointer_real80(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_real80")
      import
      type(deed_array), intent(in) :: h
      real(deed_real80_kind), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_pointer_real128(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_real128")
      import
      type(deed_array), intent(in) :: h
      real(deed_real128_kind), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_real128
#endif
    subroutine deed_pointer_complex_real32(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_complex_real32")
      import
      type(deed_array), intent(in) :: h
      complex(c_float_complex), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_complex_real32
    subroutine deed_pointer_complex_real64(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_complex_real64")
      import
      type(deed_array), intent(in) :: h
      complex(c_double_complex), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_complex_real64
#ifdef DEED_HAVE_REAL80
    subroutine deed_pointer_complex_real80(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_complex_real80")
      import
      type(deed_array), intent(in) :: h
      complex(deed_real80_kind), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_complex_real80
#endif
#ifdef DEED_HAVE_REAL128
    subroutine deed_pointer_complex_real128(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_complex_real128")
      import
      type(deed_array), intent(in) :: h
      complex(deed_real128_kind), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_complex_real128
#endif
    subroutine deed_pointer_logical8(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_logical8")
      import
      type(deed_array), intent(in) :: h
      logical(c_bool), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_logical8
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_pointer_logical16(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_logical16")
      import
      type(deed_array), intent(in) :: h
      logical(int16), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_logical16
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_pointer_logical32(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_logical32")
      import
      type(deed_array), intent(in) :: h
      logical(int32), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_logical32
#endif
#ifdef DEED_HAVE_LOGICAL_KINDS
    subroutine deed_pointer_logical64(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_logical64")
      import
      type(deed_array), intent(in) :: h
      logical(int64), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_logical64
#endif
    subroutine deed_pointer_character1(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_character1")
      import
      type(deed_array), intent(in) :: h
      character(kind=c_char, len=:), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_character1
#ifdef DEED_HAVE_CHARACTER4
    subroutine deed_pointer_character4(h, p, rights, stat, errmsg, file, line, order) &
      bind(C, name="deed_fortran_pointer_character4")
      import
      type(deed_array), intent(in) :: h
      character(kind=deed_character4_kind, len=:), pointer, intent(inout) :: p(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_pointer_character4
#endif
  end interface deed_pointer

end module deed_kinds_pointer
