! SPDX-License-Identifier: BSD-3-Clause
!> The side of trap T61 that another compiler builds: a library that takes and reads arrays.
module plugin
  use, intrinsic :: iso_c_binding, only: c_double, c_int, c_int64_t
  use deed
  implicit none
  private

contains

  !> An ALLOCATABLE of this compiler, taken: bounds -1:3, all 2.
  integer(c_int64_t) function plugin_take() bind(C)
    real(c_double), allocatable :: a(:)
    type(deed_array) :: h

    allocate(a(-1:3), source=2.0_c_double)
    call deed_take(a, h)
    plugin_take = h%bits
  end function plugin_take

  real(c_double) function plugin_sum(h) bind(C)
    type(deed_array), value, intent(in) :: h
    real(c_double), pointer :: p(:)

    nullify(p)
    call deed_pointer(h, p)
    plugin_sum = sum(p) + 100 * lbound(p, 1)
  end function plugin_sum

  !> The status of reclaiming the array here.
  integer(c_int) function plugin_reclaim(h) bind(C)
    type(deed_array), value, intent(in) :: h
    real(c_double), allocatable :: a(:)

    call deed_reclaim(h, a, stat=plugin_reclaim)
  end function plugin_reclaim
end module plugin
