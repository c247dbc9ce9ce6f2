! SPDX-License-Identifier: BSD-3-Clause
!> Weak handles: to remember an array without keeping it alive. Module deed has the conventions.
module deed_weak_handles
  use, intrinsic :: iso_c_binding, only: c_int
  use deed_types, only: deed_array, deed_weak
  implicit none
  private

  public :: deed_upgrade
  public :: deed_weak_is_live
  public :: deed_weak_of

  interface
    !> Remember what a claim shows: `h` is unchanged, and may end; `weak` is a value that needs no release.
    subroutine deed_weak_of(h, weak, stat, errmsg, file, line) bind(C, name="deed_fortran_weak_of")
      import
      type(deed_array), intent(in) :: h
      type(deed_weak), intent(inout) :: weak
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_weak_of

    !> Make a claim from a weak handle if the memory still lives, whoever holds it: `h` becomes a share, to be
    !> released. `rights`: a part of those remembered; all of them when absent.
    !>
    !> Errors in order: `DEED_EINVAL` (`h` still holds an array, `rights`), `DEED_EHANDLE` (nothing is remembered),
    !> `DEED_ESTALE` (the memory has ended), `DEED_ERANK`, `DEED_EDTYPE`, `DEED_ESHAPE`, `DEED_EOVERFLOW`,
    !> `DEED_EBOUNDS` (a damaged weak handle), `DEED_ERIGHTS`.
    subroutine deed_upgrade(weak, h, rights, stat, errmsg, file, line) bind(C, name="deed_fortran_upgrade")
      import
      type(deed_weak), intent(in) :: weak
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_upgrade

    integer(c_int) function core_weak_is_live(weak) bind(C, name="deed_weak_is_live")
      import
      type(deed_weak), intent(in) :: weak
    end function core_weak_is_live
  end interface

contains

  !> Whether the memory that is remembered lives. Never fails. Another thread may end it at once: to use the array,
  !> upgrade.
  logical function deed_weak_is_live(weak)
    type(deed_weak), intent(in) :: weak

    deed_weak_is_live = core_weak_is_live(weak) /= 0
  end function deed_weak_is_live
end module deed_weak_handles
