! SPDX-License-Identifier: BSD-3-Clause
!> Views: one more claim, role share, on a part of the elements or on another arrangement of them. Module deed has
!> the conventions.
!>
!> `result` becomes the share; `h` stays what it is. `rights`: a part of those of `h`; all of them when absent.
!> Errors in order, after those of the conventions: `DEED_EINVAL` (`result` still holds an array), `DEED_EDEVICE`,
!> those given with each procedure, `DEED_ERIGHTS`.
module deed_views
  use, intrinsic :: iso_c_binding, only: c_int32_t, c_int64_t
  use deed_types, only: deed_array
  implicit none
  private

  public :: deed_view
  public :: deed_view_plane
  public :: deed_view_transposed
  public :: deed_view_reshaped
  public :: deed_view_component

  !> The section `h(first(1):last(1):step(1), ...)`, with indices counted as in the array. Its lower bounds are 1,
  !> as those of a section are in Fortran. `step`: 1 when absent.
  !>
  !> Errors: `DEED_ERANK` (not one index per dimension), `DEED_EINVAL` (step 0), `DEED_EBOUNDS`.
  interface deed_view
    subroutine deed_view_int32(h, result, first, last, step, rights, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_view_int32")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      integer(c_int32_t), intent(in) :: first(:)
      integer(c_int32_t), intent(in) :: last(:)
      type(*), optional, intent(in) :: step(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_view_int32
    subroutine deed_view_int64(h, result, first, last, step, rights, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_view_int64")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      integer(c_int64_t), intent(in) :: first(:)
      integer(c_int64_t), intent(in) :: last(:)
      type(*), optional, intent(in) :: step(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_view_int64
  end interface deed_view

  !> Fix one index and lose that dimension: `deed_view_plane(h, result, dim=2, index=j)` is `h(:, j, :)`, with the
  !> bounds that the other dimensions have.
  !>
  !> Errors: `DEED_ERANK` (no such dimension), `DEED_EBOUNDS`.
  interface deed_view_plane
    subroutine deed_view_plane_int32(h, result, dim, index, rights, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_view_plane_int32")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      type(*), intent(in) :: dim(..)
      integer(c_int32_t), intent(in) :: index
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_view_plane_int32
    subroutine deed_view_plane_int64(h, result, dim, index, rights, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_view_plane_int64")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      type(*), intent(in) :: dim(..)
      integer(c_int64_t), intent(in) :: index
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_view_plane_int64
  end interface deed_view_plane

  !> The same elements with the dimensions in another order: dimension `k` of the result is dimension `order(k)` of
  !> `h`, bounds included. Without `order` they are reversed, which is what a C program sees as the same array.
  !>
  !> Errors: `DEED_ERANK` (not one entry per dimension), `DEED_EINVAL` (not a permutation).
  interface
    subroutine deed_view_transposed(h, result, order, rights, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_view_transposed")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_view_transposed
  end interface

  !> The same elements in Fortran order with other extents and lower bounds 1, if that needs no copy.
  !>
  !> Errors: `DEED_ERANK` (more than 15), `DEED_ESHAPE` (negative, or another number of elements), `DEED_EORDER`
  !> (needs a copy).
  interface deed_view_reshaped
    subroutine deed_view_reshaped_int32(h, result, shape, rights, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_view_reshaped_int32")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      integer(c_int32_t), intent(in) :: shape(:)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_view_reshaped_int32
    subroutine deed_view_reshaped_int64(h, result, shape, rights, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_view_reshaped_int64")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      integer(c_int64_t), intent(in) :: shape(:)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_view_reshaped_int64
  end interface deed_view_reshaped

  !> One component of every record, or one part of every complex number. `kind`: of the component.
  !> `component_offset_bytes`: from the start of an element. `element_size_bytes`: for characters and records only.
  !>
  !> Errors: `DEED_EDTYPE`, `DEED_EBOUNDS` (the component does not lie inside the element).
  interface
    subroutine deed_view_component(h, result, kind, component_offset_bytes, element_size_bytes, rights, stat, errmsg, &
      file, line) &
      bind(C, name="deed_fortran_view_component")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      type(*), intent(in) :: kind(..)
      type(*), intent(in) :: component_offset_bytes(..)
      type(*), optional, intent(in) :: element_size_bytes(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_view_component
  end interface
end module deed_views
