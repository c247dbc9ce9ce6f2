! SPDX-License-Identifier: BSD-3-Clause
!> The verbs that need handles only. Module deed has the conventions.
module deed_verbs
  use, intrinsic :: iso_c_binding, only: c_char, c_int32_t, c_int64_t
  use deed_types, only: deed_array
  implicit none
  private

  public :: deed_alloc
  public :: deed_lend_record
  public :: deed_share
  public :: deed_transfer
  public :: deed_recall
  public :: deed_release
  public :: deed_copy
  public :: deed_publish
  public :: deed_lookup
  public :: deed_withdraw

  !> Make a new array with deed's allocator, 64-byte aligned, in Fortran order: `call deed_alloc(h, deed_real64,
  !> [nx, ny])`. `h` becomes the title. `kind`: `deed_int8` to `deed_opaque`. `shape`: the extents, int32 or int64;
  !> an empty list makes a scalar. `lower`: the lower bounds, integers; 1 when absent. `element_size_bytes`: for
  !> characters and records only. `options`: `deed_zeroed`, else the elements are undefined. `name`: publish it in
  !> the same call, as `deed_publish` does; when the name is refused, there is no array.
  !>
  !> Errors in order: `DEED_EINVAL` (`h` still holds an array), `DEED_ERANK` (more than 15 dimensions, `lower` of
  !> another size), `DEED_EDTYPE`, `DEED_ESHAPE`, `DEED_EOVERFLOW`, `DEED_EINVAL` (`options`), `DEED_ENOMEM`, those
  !> of `name` (`DEED_EINVAL`, `DEED_EEXIST`).
  interface deed_alloc
    subroutine deed_alloc_int32(h, kind, shape, lower, element_size_bytes, options, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_alloc_int32")
      import
      type(deed_array), intent(inout) :: h
      type(*), intent(in) :: kind(..)
      integer(c_int32_t), intent(in) :: shape(:)
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: element_size_bytes(..)
      type(*), optional, intent(in) :: options(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
      type(*), optional, intent(in) :: name(..)
    end subroutine deed_alloc_int32
    subroutine deed_alloc_int64(h, kind, shape, lower, element_size_bytes, options, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_alloc_int64")
      import
      type(deed_array), intent(inout) :: h
      type(*), intent(in) :: kind(..)
      integer(c_int64_t), intent(in) :: shape(:)
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: element_size_bytes(..)
      type(*), optional, intent(in) :: options(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
      type(*), optional, intent(in) :: name(..)
    end subroutine deed_alloc_int64
  end interface deed_alloc

  !> Lend an array of a derived type, which becomes an array of opaque records: `call deed_lend_record(tiles, h,
  !> lower=lbound(tiles))`. As `deed_lend`, except that the compiler cannot see whether `a` is a target (it must be
  !> one), that the lower bounds are 1 unless `lower` is given, and that part of the array goes as it is but keeps
  !> no bounds. `a` must not be polymorphic. `name`: as in `deed_lend`. Components of kinds that Fortran knows are lent
  !> with `deed_lend(tiles%x, h)` or seen with `deed_view_component`.
  !>
  !> Errors in order: `DEED_EINVAL` (`h` still holds an array), `DEED_EDTYPE` (not a derived type),
  !> `DEED_EUNALLOCATED`, `DEED_ESHAPE` (assumed-size), `DEED_ERANK` (`lower` of another size), `DEED_EINVAL`
  !> (`rights`), those of `name`.
  interface
    subroutine deed_lend_record(a, h, lower, rights, stat, errmsg, file, line, name) &
      bind(C, name="deed_fortran_lend_record")
      import
      type(*), target, intent(inout) :: a(..)
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: lower(..)
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
      type(*), optional, intent(in) :: name(..)
    end subroutine deed_lend_record
  end interface

  !> One more claim on the same elements. `result` becomes a share, which keeps the memory alive. `rights`: a part
  !> of those of `h`; all of them when absent.
  !>
  !> Errors in order: `DEED_EINVAL` (`result` still holds an array, `rights`), `DEED_ERIGHTS`.
  interface
    subroutine deed_share(h, result, rights, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_share")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_share
  end interface

  !> Move the title to another holder: `h` is stale afterwards, `moved` has the title with the same elements and
  !> rights. `to`: the language of the new holder, `deed_language_fortran` when absent.
  !>
  !> Errors in order: `DEED_EINVAL` (`moved` still holds an array), `DEED_ENOTTITLE`, `DEED_EORIGIN` (lent memory).
  interface
    subroutine deed_transfer(h, moved, to, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_transfer")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: moved
      type(*), optional, intent(in) :: to(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_transfer
  end interface

  !> End a loan: `h` is stale afterwards, and the memory is the caller's alone. `timeout_ms`: how long to wait for
  !> other claims to end; 0, the default, does not wait; negative waits without limit.
  !>
  !> Errors in order: `DEED_ENOTTITLE`, `DEED_EORIGIN` (not lent), `DEED_EBUSY` (`errmsg` says who holds the array).
  interface
    subroutine deed_recall(h, timeout_ms, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_recall")
      import
      type(deed_array), intent(in) :: h
      type(*), optional, intent(in) :: timeout_ms(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_recall
  end interface

  !> End a claim: `h` is stale afterwards. The last claim frees the memory with the allocator that made it. Pointers
  !> to the array must not be used any more unless another claim lives.
  !>
  !> Errors in order: `DEED_EBUSY` (lent memory that others hold), `DEED_EDAMAGED` (the memory was freed elsewhere,
  !> or written before its beginning; the claim has ended, the memory is abandoned).
  interface
    subroutine deed_release(h, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_release")
      import
      type(deed_array), intent(in) :: h
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_release
  end interface

  !> A new array with deed's allocator and a copy of the elements, bounds included; `result` becomes its title.
  !> `order`: `deed_order_fortran`, `deed_order_c` or `deed_order_any` (the default: the order that `h` is
  !> contiguous in, else Fortran's). `reason`: recorded with the copy; `deed_copy_requested` when absent.
  !>
  !> Errors in order: `DEED_EINVAL` (`result` still holds an array, `order`, `reason`), `DEED_ERIGHTS`,
  !> `DEED_EOVERFLOW`, `DEED_ENOMEM`.
  interface
    subroutine deed_copy(h, result, order, reason, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_copy")
      import
      type(deed_array), intent(in) :: h
      type(deed_array), intent(inout) :: result
      type(*), optional, intent(in) :: order(..)
      type(*), optional, intent(in) :: reason(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_copy
  end interface

  !> Give an array a name under which other code finds it. `h`: the title. `name`: 1 to `deed_name_bytes - 1` bytes,
  !> trailing blanks do not count. A name is no claim; it ends with the title. A name with a NUL in it is refused.
  !>
  !> Errors in order: `DEED_EINVAL` (`name`), `DEED_ENOTTITLE`, `DEED_EEXIST` (the name is taken, or the array has
  !> one).
  interface
    subroutine deed_publish(h, name, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_publish")
      import
      type(deed_array), intent(in) :: h
      character(kind=c_char, len=*), intent(in) :: name
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_publish
  end interface

  !> Find an array by its name: `h` becomes a share, to be released. `rights`: as in `deed_share`.
  !>
  !> Errors in order: `DEED_EINVAL` (`h` still holds an array, `name`), `DEED_ENONAME`, `DEED_ERIGHTS`.
  interface
    subroutine deed_lookup(name, h, rights, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_lookup")
      import
      character(kind=c_char, len=*), intent(in) :: name
      type(deed_array), intent(inout) :: h
      type(*), optional, intent(in) :: rights(..)
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_lookup
  end interface

  !> Take the name of an array back. `h`: the title. Claims that `deed_lookup` gave out stay.
  !>
  !> Errors in order: `DEED_ENOTTITLE`, `DEED_ENONAME`.
  interface
    subroutine deed_withdraw(h, stat, errmsg, file, line) &
      bind(C, name="deed_fortran_withdraw")
      import
      type(deed_array), intent(in) :: h
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine deed_withdraw
  end interface
end module deed_verbs
