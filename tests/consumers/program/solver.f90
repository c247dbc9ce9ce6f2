! SPDX-License-Identifier: BSD-3-Clause
!> A solver that gives its field to others, works on it by handle, and takes it back.
module solver
  use, intrinsic :: iso_c_binding, only: c_double, c_int
  use deed
  implicit none
  private
contains
  !> Make the field (0:3, -1:1), every element 2; `title` becomes its title.
  function solver_make(title) result(stat) bind(C)
    type(deed_array), intent(inout) :: title
    integer(c_int) :: stat
    real(c_double), allocatable :: field(:, :)

    allocate(field(0:3, -1:1), source=2.0_c_double)
    call deed_take(field, title, stat=stat)
  end function solver_make

  !> Multiply every element.
  function solver_scale(array, factor) result(stat) bind(C)
    type(deed_array), value :: array
    real(c_double), value :: factor
    integer(c_int) :: stat
    real(c_double), pointer :: field(:, :)

    nullify(field)
    call deed_pointer(array, field, stat=stat)
    if (stat == DEED_OK) field = field * factor
  end function solver_scale

  !> Take the field back as an ALLOCATABLE and deallocate it; `DEED_ESHAPE` when its bounds are not what they were.
  function solver_finish(title) result(stat) bind(C)
    type(deed_array), value :: title
    integer(c_int) :: stat
    real(c_double), allocatable :: field(:, :)

    call deed_reclaim(title, field, stat=stat)
    if (stat /= DEED_OK) return
    if (any(lbound(field) /= [0, -1]) .or. any(ubound(field) /= [3, 1])) stat = DEED_ESHAPE
    deallocate(field)
  end function solver_finish
end module solver
