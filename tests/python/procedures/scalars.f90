! SPDX-License-Identifier: BSD-3-Clause
!> For each kind of scalar a function that returns what it is given by value, and a subroutine with an argument of each
!> intent by reference.
module scalars
  use, intrinsic :: iso_c_binding
  implicit none
  private
  public :: value_int8, value_int16, value_int32, value_int64, value_real32
  public :: value_real64, value_long_double, value_complex64, value_complex128, value_complex_long_double
  public :: value_logical8
  public :: shift_int8, shift_int16, shift_int32, shift_int64, shift_real32
  public :: shift_real64, shift_long_double, shift_complex64, shift_complex128, shift_complex_long_double
  public :: shift_logical8
  public :: weigh_few, weigh_seven_integers, weigh_three_reals, weigh_in_registers, weigh_on_the_stack

contains

  integer(c_int8_t) function value_int8(x) bind(C)
    integer(c_int8_t), value :: x
    value_int8 = x
  end function value_int8

  subroutine shift_int8(a, b, c) bind(C)
    integer(c_int8_t), intent(in) :: a
    integer(c_int8_t), intent(inout) :: b
    integer(c_int8_t), intent(out) :: c
    c = b
    b = a
  end subroutine shift_int8

  integer(c_int16_t) function value_int16(x) bind(C)
    integer(c_int16_t), value :: x
    value_int16 = x
  end function value_int16

  subroutine shift_int16(a, b, c) bind(C)
    integer(c_int16_t), intent(in) :: a
    integer(c_int16_t), intent(inout) :: b
    integer(c_int16_t), intent(out) :: c
    c = b
    b = a
  end subroutine shift_int16

  integer(c_int32_t) function value_int32(x) bind(C)
    integer(c_int32_t), value :: x
    value_int32 = x
  end function value_int32

  subroutine shift_int32(a, b, c) bind(C)
    integer(c_int32_t), intent(in) :: a
    integer(c_int32_t), intent(inout) :: b
    integer(c_int32_t), intent(out) :: c
    c = b
    b = a
  end subroutine shift_int32

  integer(c_int64_t) function value_int64(x) bind(C)
    integer(c_int64_t), value :: x
    value_int64 = x
  end function value_int64

  subroutine shift_int64(a, b, c) bind(C)
    integer(c_int64_t), intent(in) :: a
    integer(c_int64_t), intent(inout) :: b
    integer(c_int64_t), intent(out) :: c
    c = b
    b = a
  end subroutine shift_int64

  real(c_float) function value_real32(x) bind(C)
    real(c_float), value :: x
    value_real32 = x
  end function value_real32

  subroutine shift_real32(a, b, c) bind(C)
    real(c_float), intent(in) :: a
    real(c_float), intent(inout) :: b
    real(c_float), intent(out) :: c
    c = b
    b = a
  end subroutine shift_real32

  real(c_double) function value_real64(x) bind(C)
    real(c_double), value :: x
    value_real64 = x
  end function value_real64

  subroutine shift_real64(a, b, c) bind(C)
    real(c_double), intent(in) :: a
    real(c_double), intent(inout) :: b
    real(c_double), intent(out) :: c
    c = b
    b = a
  end subroutine shift_real64

  real(c_long_double) function value_long_double(x) bind(C)
    real(c_long_double), value :: x
    value_long_double = x
  end function value_long_double

  subroutine shift_long_double(a, b, c) bind(C)
    real(c_long_double), intent(in) :: a
    real(c_long_double), intent(inout) :: b
    real(c_long_double), intent(out) :: c
    c = b
    b = a
  end subroutine shift_long_double

  complex(c_float_complex) function value_complex64(x) bind(C)
    complex(c_float_complex), value :: x
    value_complex64 = x
  end function value_complex64

  subroutine shift_complex64(a, b, c) bind(C)
    complex(c_float_complex), intent(in) :: a
    complex(c_float_complex), intent(inout) :: b
    complex(c_float_complex), intent(out) :: c
    c = b
    b = a
  end subroutine shift_complex64

  complex(c_double_complex) function value_complex128(x) bind(C)
    complex(c_double_complex), value :: x
    value_complex128 = x
  end function value_complex128

  subroutine shift_complex128(a, b, c) bind(C)
    complex(c_double_complex), intent(in) :: a
    complex(c_double_complex), intent(inout) :: b
    complex(c_double_complex), intent(out) :: c
    c = b
    b = a
  end subroutine shift_complex128

  complex(c_long_double_complex) function value_complex_long_double(x) bind(C)
    complex(c_long_double_complex), value :: x
    value_complex_long_double = x
  end function value_complex_long_double

  subroutine shift_complex_long_double(a, b, c) bind(C)
    complex(c_long_double_complex), intent(in) :: a
    complex(c_long_double_complex), intent(inout) :: b
    complex(c_long_double_complex), intent(out) :: c
    c = b
    b = a
  end subroutine shift_complex_long_double

  logical(c_bool) function value_logical8(x) bind(C)
    logical(c_bool), value :: x
    value_logical8 = x
  end function value_logical8

  subroutine shift_logical8(a, b, c) bind(C)
    logical(c_bool), intent(in) :: a
    logical(c_bool), intent(inout) :: b
    logical(c_bool), intent(out) :: c
    c = b
    b = a
  end subroutine shift_logical8

  !> Each argument by its place.
  real(c_double) function weigh_few(i1, r1, i2, r2, i3, i4, i5, i6) bind(C)
    integer(c_int64_t), value :: i1, i2, i3, i4, i5, i6
    real(c_double), value :: r1, r2
    integer :: k
    weigh_few = dot_product(real([i1, i2, i3, i4, i5, i6], c_double), [(10.0_c_double**k, k=0, 5)]) + &
      dot_product([r1, r2], [(10.0_c_double**k, k=-1, -2, -1)])
  end function weigh_few

  !> Each argument by its place.
  real(c_double) function weigh_seven_integers(i1, i2, i3, i4, i5, i6, i7) bind(C)
    integer(c_int64_t), value :: i1, i2, i3, i4, i5, i6, i7
    integer :: k
    weigh_seven_integers = dot_product(real([i1, i2, i3, i4, i5, i6, i7], c_double), [(10.0_c_double**k, k=0, 6)])
  end function weigh_seven_integers

  !> Each argument by its place.
  real(c_double) function weigh_three_reals(r1, r2, r3) bind(C)
    real(c_double), value :: r1, r2, r3
    integer :: k
    weigh_three_reals = dot_product([r1, r2, r3], [(10.0_c_double**k, k=-1, -3, -1)])
  end function weigh_three_reals

  !> Each argument by its place.
  real(c_double) function weigh_in_registers(i1, r1, i2, r2, i3, r3, i4, r4, &
    i5, r5, i6, r6, i7, r7, i8, r8) bind(C)
    integer(c_int64_t), value :: i1, i2, i3, i4, i5, i6, i7, i8
    real(c_double), value :: r1, r2, r3, r5, r6, r7, r8
    real(c_float), value :: r4
    integer :: k
    weigh_in_registers = dot_product(real([i1, i2, i3, i4, i5, i6, i7, i8], c_double), &
      [(10.0_c_double**k, k=0, 7)]) + dot_product([r1, r2, r3, real(r4, c_double), r5, r6, r7, r8], &
      [(10.0_c_double**k, k=-1, -8, -1)])
  end function weigh_in_registers

  !> Each argument by its place.
  real(c_double) function weigh_on_the_stack(i1, r1, i2, r2, i3, r3, i4, r4, &
    i5, r5, i6, r6, i7, r7, i8, r8, i9, r9) bind(C)
    integer(c_int64_t), value :: i1, i2, i3, i4, i5, i6, i7, i8, i9
    real(c_double), value :: r1, r2, r3, r5, r6, r7, r8, r9
    real(c_float), value :: r4
    integer :: k
    weigh_on_the_stack = dot_product(real([i1, i2, i3, i4, i5, i6, i7, i8, i9], c_double), &
      [(10.0_c_double**k, k=0, 8)]) + dot_product([r1, r2, r3, real(r4, c_double), r5, r6, r7, r8, r9], &
      [(10.0_c_double**k, k=-1, -9, -1)])
  end function weigh_on_the_stack

end module scalars
