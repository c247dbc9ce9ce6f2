! SPDX-License-Identifier: BSD-3-Clause
!> What a code has already, lent as it is.
module particles
  use, intrinsic :: iso_c_binding, only: c_double, c_f_pointer
  use deed
  implicit none
  private
  public :: lend_all, heaviest, recall_all
#include "deed_here.h"

  type :: particle
    real(c_double) :: mass = 0
    real(c_double) :: position(3) = 0
  end type particle

  type(particle), allocatable, target :: all(:)
  type(deed_array) :: whole, mass

contains

  subroutine lend_all(count)
    integer, intent(in) :: count
    integer :: i
    allocate (all(0:count - 1))
    do i = 0, count - 1
      all(i)%mass = i
    end do
    call deed_lend(all%mass, mass, name="particles/mass", &   ! a component: real64, with its strides
                   DEED_HERE)
    call deed_lend_record(all, whole, lower=lbound(all), name="particles/all", &  ! the records, opaque to others
                          DEED_HERE)
  end subroutine lend_all

  !> What another part of the program sees.
  real(c_double) function heaviest()
    type(deed_array) :: h
    type(particle), pointer :: p(:)
    call deed_lookup("particles/all", h, rights=deed_read)
    call c_f_pointer(deed_address(h), p, deed_shape(h))   ! a pointer to a derived type; its bounds are 1 and up
    heaviest = maxval(p%mass)
    call deed_release(h)
  end function heaviest

  !> Refused, with the names of those who still hold them; then nothing may be deallocated.
  subroutine recall_all(stat, message)
    integer, intent(out) :: stat
    character(*), intent(inout) :: message
    call deed_recall(mass, stat=stat, errmsg=message)
    if (stat /= DEED_OK) return
    call deed_recall(whole, stat=stat, errmsg=message)
    if (stat == DEED_OK) deallocate (all)
  end subroutine recall_all
end module particles

program lending
  use deed
  use particles
  implicit none
  type(deed_array) :: viewer
  type(deed_descriptor) :: what
  double precision, pointer :: seen(:) => null()
  character(300) :: message
  integer :: stat

  call lend_all(5)
  call deed_lookup("particles/mass", viewer, file="viewer.f90", line=7)
  call deed_pointer(viewer, seen)
  print '(2(a, f0.1))', 'sum of masses ', sum(seen), ', heaviest ', heaviest()
  call deed_describe(viewer, what)
  associate (dim => what%layout%dim(1))
    print '(2(i0, a))', dim%extent, ' elements, ', dim%stride_bytes, ' bytes apart'
  end associate
  call recall_all(stat, message)
  print '(a)', trim(message)
  call deed_release(viewer)
  call recall_all(stat, message)
  print '(a)', deed_status_name(stat)
end program lending
