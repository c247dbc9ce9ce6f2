! SPDX-License-Identifier: BSD-3-Clause
!> A Fortran program that makes, shares and releases an array.
program main
  use, intrinsic :: iso_fortran_env, only: real64
  use deed
  implicit none
  real(real64), allocatable :: field(:)
  real(real64), pointer :: seen(:)
  type(deed_array) :: title
  type(deed_array) :: share
  type(deed_counts) :: counts

  nullify(seen)
  allocate(field(-1:6), source=1.5_real64)
  call deed_take(field, title)
  call deed_share(title, share)
  call deed_release(title)
  call deed_pointer(share, seen)
  if (lbound(seen, 1) /= -1 .or. sum(seen) /= 12) error stop "consumer fails: elements"
  call deed_release(share)
  call deed_count(counts)
  if (counts%live_blocks /= 0 .or. counts%live_claims /= 0) error stop "consumer fails: something is left"
  print '(a)', "consumer works"
end program main
