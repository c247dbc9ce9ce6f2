! SPDX-License-Identifier: BSD-3-Clause
!> An array that knows who must free it, shared by Fortran, C, C++ and Python without copying. `use deed` is all a
!> program needs.
!>
!> The conventions of every procedure:
!>
!> * `h` is a handle, `type(deed_array)`. A handle that is filled in must not hold a live array: its claim would be
!>   lost, so that is refused with `DEED_EINVAL`. A verb that ends or moves a claim leaves the handle as it is, and
!>   stale.
!> * `stat`, `errmsg`: as in ALLOCATE. `stat` is `DEED_OK` or the error, `errmsg`, a character variable, its
!>   message, unchanged on success. Without `stat` an error ends the program with ERROR STOP and the message.
!> * `file`, `line`: where the call is, for messages and reports that say who holds an array. The macro `DEED_HERE`
!>   of `deed_here.h` gives both in a preprocessed file.
!> * A verb that fails has changed nothing. Every procedure may be called from any thread.
!> * Every procedure with `h` can fail with `DEED_EHANDLE` (no handle of this process) and `DEED_ESTALE` (its claim
!>   has ended) before all else; every verb that makes a claim with `DEED_ENOMEM`, `DEED_EFULL` and
!>   `DEED_EDUPLICATE`. What is allowed to whom is the table of docs/ownership.md.
!>
!> `deed_release` is always enough to leak nothing. `deed_scoped` calls it at the end of a scope.
module deed
  use deed_constants
  use deed_types
  use deed_kinds_take
  use deed_kinds_lend
  use deed_kinds_reclaim
  use deed_kinds_pointer
  use deed_verbs
  use deed_views
  use deed_weak_handles
  use deed_enquiries
  use deed_scope
  implicit none
  public
end module deed
