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
!>   message, unchanged on success. Without `stat` an error ends the program with ERROR STOP and the message. Both
!>   say what is known: `heat.f90:42: deed_lend (real64, rank 2, "heat/u") refused: ...`.
!> * Integers may be of any kind, so that a program may be compiled with `-fdefault-integer-8`: `stat`, `line`, and
!>   whatever else is not an array. They are type(*) here, because Fortran has no other way to say so; what is no
!>   integer is refused with `DEED_EINVAL`. So is a `stat` that is none, which ends the program.
!> * An optional argument may be an ALLOCATABLE that is not allocated: it is absent then.
!> * `file`, `line`: where the call is, for messages and reports that say who holds an array. The macro `DEED_HERE`
!>   of `deed_here.h` gives both in a preprocessed file.
!> * A verb that fails has changed nothing. Every procedure may be called from any thread.
!> * Memory of a device is no memory that Fortran can point to: pointers, addresses and views of it are refused with
!>   `DEED_EDEVICE`, and it is not reclaimed.
!> * Every procedure with `h` can fail with `DEED_EHANDLE` (no handle of this process) and `DEED_ESTALE` (its claim
!>   has ended) before all else; every verb that makes a claim with `DEED_ENOMEM`, `DEED_EFULL` and
!>   `DEED_EDUPLICATE`. What is allowed to whom is the table of docs/ownership.md.
!>
!> This source is in Fortran 2018. The kinds that it keeps from procedures with BIND(C) (LOGICAL of other kinds than
!> C_BOOL, reals and characters that C has not) are there where `DEED_HAVE_LOGICAL_KINDS`, `DEED_HAVE_REAL80`,
!> `DEED_HAVE_REAL128` and `DEED_HAVE_CHARACTER4` are defined, as `deed_add_fortran_module` of CMake does. A program
!> that uses the module may be in Fortran 2008.
!>
!> `deed_release` is always enough to leak nothing. `deed_scoped` calls it at the end of a scope.
module deed
  use deed_constants
  use deed_types
  use deed_kinds_take
  use deed_kinds_lend
  use deed_kinds_lend_unsafe
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
