! SPDX-License-Identifier: BSD-3-Clause
!> Trap T23: DEALLOCATE of a pointer to deed's own memory. The run time of the compiler or the C library must refuse
!> it; where the program goes on, deed must still release the array.
program stray_deallocate
  use, intrinsic :: iso_fortran_env, only: real64
  use deed
  implicit none
  type(deed_array) :: h
  real(real64), pointer :: p(:)
  integer :: stat

  nullify(p)
  call deed_alloc(h, deed_real64, [100])
  call deed_pointer(h, p)
  deallocate(p, stat=stat)
  if (stat == 0) error stop "the memory is gone, and nobody noticed"
  call deed_release(h)
  print '(a)', "DEALLOCATE was refused"
end program stray_deallocate
