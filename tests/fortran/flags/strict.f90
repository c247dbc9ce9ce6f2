! SPDX-License-Identifier: BSD-3-Clause
!> User code in Fortran 2008, to be compiled with the strictest flags.
program strict
  use, intrinsic :: iso_c_binding, only: c_bool
  use deed
  implicit none
  integer, parameter :: double = kind(1.0d0)
  real(double), target :: u(3)
  real(double), allocatable, target :: a(:)
  real(double), pointer :: p(:) => null()
  logical(c_bool), target :: mask(3)
  type(deed_array) :: h
  type(deed_array) :: share
  type(deed_scoped) :: scoped
  character(len=200) :: message
  integer :: stat

  u = 1
  mask = .true._c_bool
  call deed_lend(u, h, rights=deed_read, stat=stat, errmsg=message, file="strict.f90", line=20)
  call deed_share(h, share)
  call deed_pointer(share, p, rights=deed_read, order=deed_order_fortran)
  if (abs(sum(p) - 3) > 0.1_double) stop 1
  call deed_release(share)
  call deed_recall(h, timeout_ms=0)
  call deed_lend(mask, h)
  call deed_recall(h)
  allocate(a(3))
  call deed_take(a, h, name="strict/a")
  call deed_reclaim(h, a)
  call deed_lend_unsafe(a, h, lower=lbound(a))
  call deed_recall(h)
  call deed_alloc(h, deed_real64, [3, 4], stat=stat)
  call scoped%hold(h)
  call scoped%release(stat, message)
  if (stat /= DEED_OK) stop 2
  print '(a)', "strict program"
end program strict
