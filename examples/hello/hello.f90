! SPDX-License-Identifier: BSD-3-Clause
program hello
  use deed
  implicit none
  double precision, allocatable :: field(:, :)
  double precision, pointer :: seen(:, :)
  type(deed_array) :: title, share

  allocate (field(0:3, -1:1), source=0d0)
  call deed_take(field, title)                  ! no copy; field is unallocated now
  call deed_publish(title, 'hello/field')       ! others find it by name
  call deed_lookup('hello/field', share)        ! one more claim, no copy
  call deed_pointer(share, seen)                ! shape, strides and lower bounds are kept
  seen(0, -1) = 42d0
  call deed_release(share)
  call deed_reclaim(title, field)               ! nobody else holds it: an ALLOCATABLE again
  print '(2(a, i0), a, f0.1)', 'bounds ', lbound(field, 1), ' and ', lbound(field, 2), ', first element ', field(0, -1)
end program hello
