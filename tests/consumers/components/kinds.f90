! SPDX-License-Identifier: BSD-3-Clause
!> Arrays of default kinds, whatever the flags of the project make of
!> them, go through module deed. Written to be the same program in fixed
!> and in free form.
      program kinds
      use deed
      implicit none
      real, allocatable, target :: reals(:)
      double precision, allocatable, target :: doubles(:)
      integer, allocatable, target :: integers(:)
      real, pointer :: seen(:)
      type(deed_array) :: handle
      type(deed_counts) :: counts

      if (storage_size(handle) /= 64) error stop "handle"
      allocate(reals(-1:6), doubles(3), integers(3))
      reals = 1.5
      doubles = 2
      integers = 3
      call deed_take(reals, handle)
      call has_size(storage_size(seen))
      nullify(seen)
      call deed_pointer(handle, seen)
      if (lbound(seen, 1) /= -1) error stop "bounds"
      if (sum(seen) /= 12) error stop "elements"
      call deed_reclaim(handle, reals)
      call deed_take(doubles, handle)
      call has_size(storage_size(doubles))
      call deed_reclaim(handle, doubles)
      call deed_take(integers, handle)
      call has_size(storage_size(integers))
      call deed_reclaim(handle, integers)
      call deed_count(counts)
      if (counts%live_claims /= 0) error stop "claims"
      print '(a)', "consumer works"

      contains

      subroutine has_size(bits)
      integer, intent(in) :: bits
      if (deed_element_size_bytes(handle) * 8 /= bits) error stop "size"
      end subroutine has_size
      end program kinds
