! SPDX-License-Identifier: BSD-3-Clause
!> A claim that ends with its scope: a convenience on top of `deed_release`, which stays the way to be sure.
module deed_scope
  use, intrinsic :: iso_c_binding, only: c_int, c_intptr_t
  use deed_types, only: deed_array
  use deed_enquiries, only: deed_is_live
  use deed_verbs, only: deed_share
  implicit none
  private

  public :: deed_move
  public :: deed_scoped

  !> A variable that releases its claim when it goes out of scope, is deallocated, or is assigned to.
  !>
  !>     type(deed_scoped) :: u
  !>     call deed_take(a, h)
  !>     call u%hold(h)              ! u answers for the claim from now on
  !>     call deed_pointer(u%handle, p)
  !>
  !> `v = u` makes a share for `v`; `call deed_move(u, v)` gives `v` the claim itself. The end of a variable is no
  !> place for a status: where the claim cannot end, because it is the title of a loan that others still hold, the
  !> program stops with a message that names them, as any call without `stat=` does. The memory would go away under
  !> them. Call `release` with `stat` where that can happen. A scoped variable that was copied bit by bit (ALLOCATE
  !> with SOURCE=, and what some compilers do to components) holds nothing: it releases nothing, so nothing is
  !> released twice. Fortran does not finalize variables of the main program and variables with SAVE: release those.
  !>
  !> gfortran 12 does not finalize function results, nor what a component held before its container was assigned to:
  !> those claims leak, and `deed_report` lists them. It finalizes a component that is an array of fixed size at a
  !> wrong address, of any type: let such a component be ALLOCATABLE.
  !>
  !> A module that was compiled without `DEED_HAVE_FINAL` has no finalizer: `release` is then the only end.
  type :: deed_scoped
    !> For the other procedures of deed; not to be set or released.
    type(deed_array) :: handle
    !> Where this variable was when it got its claim; a bitwise copy is elsewhere.
    integer(c_intptr_t), private :: home = 0
  contains
    procedure :: hold
    procedure :: release
    procedure :: holds
    procedure, private :: assign
    generic :: assignment(=) => assign
#ifdef DEED_HAVE_FINAL
    final :: finish
#endif
  end type deed_scoped

  interface
    integer(c_intptr_t) function home_of(handle) bind(C, name="deed_fortran_home")
      import
      type(deed_array), intent(in) :: handle
    end function home_of

    subroutine scope_release(handle, holds, stat, errmsg, file, line) bind(C, name="deed_fortran_scope_release")
      import
      type(deed_array), intent(in) :: handle
      integer(c_int), intent(in) :: holds
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine scope_release

    subroutine scope_end(handle, stat, errmsg, file, line) bind(C, name="deed_fortran_scope_end")
      import
      type(deed_array), intent(in) :: handle
      type(*), optional, intent(inout) :: stat(..)
      type(*), optional, intent(inout) :: errmsg(..)
      type(*), optional, intent(in) :: file(..)
      type(*), optional, intent(in) :: line(..)
    end subroutine scope_end
  end interface

contains

  !> Answer for the claim of `h`; the variable `h` is empty afterwards. A claim held before is released first: the
  !> errors are those of `deed_release` for it, and `self` and `h` are unchanged then.
  subroutine hold(self, h, stat, errmsg)
    class(deed_scoped), intent(inout) :: self
    type(deed_array), intent(inout) :: h
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg

    call self%release(stat, errmsg)
    if (self%holds()) return
    call settle(self, h)
    h = deed_array()
  end subroutine hold

  !> Release the claim, if this variable holds one. Calling it again, or after the claim has ended by another copy
  !> of the handle, does nothing. Errors: those of `deed_release`; the claim is still held then.
  subroutine release(self, stat, errmsg)
    class(deed_scoped), intent(inout) :: self
    type(*), optional, intent(inout) :: stat(..)
    character(len=*), optional, intent(inout) :: errmsg

    call scope_release(self%handle, merge(1_c_int, 0_c_int, self%holds()), stat, errmsg)
    if (.not. deed_is_live(self%handle)) call settle(self, deed_array())
  end subroutine release

  !> Whether this variable answers for a live claim.
  logical function holds(self)
    class(deed_scoped), intent(in) :: self

    holds = deed_is_live(self%handle)
    if (self%home /= home_of(self%handle)) holds = .false.
  end function holds

  !> `self = other`: a share of what `other` shows, or nothing; `x = x` does nothing. What `self` held before is
  !> released. Fails as ALLOCATE without STAT= does.
  impure elemental subroutine assign(self, other)
    class(deed_scoped), intent(inout) :: self
    type(deed_scoped), intent(in) :: other
    type(deed_array) :: share

    if (self%handle%bits == other%handle%bits) then
      if (self%holds()) return
    end if
    if (deed_is_live(other%handle)) call deed_share(other%handle, share)
    if (self%holds()) call scope_end(self%handle)
    call settle(self, share)
  end subroutine assign

  !> Give the claim of `from` to `to`, title or share: the way to grow an array of scoped variables, where assignment
  !> would make shares and lose the titles.
  !>
  !>     allocate(more(2*size(held)))
  !>     call deed_move(held, more(1:size(held)))
  !>     call move_alloc(more, held)
  !>
  !> `from` is empty afterwards. What `to` held before is released. Fails as ALLOCATE without STAT= does; nothing has
  !> moved then.
  impure elemental subroutine deed_move(from, to)
    type(deed_scoped), intent(inout) :: from
    type(deed_scoped), intent(inout) :: to
    type(deed_array) :: moved

    if (home_of(from%handle) == home_of(to%handle)) return
    if (from%holds()) moved = from%handle
    if (to%holds()) call scope_end(to%handle)
    call settle(to, moved)
    call settle(from, deed_array())
  end subroutine deed_move

#ifdef DEED_HAVE_FINAL
  !> Resets the variable too, because gfortran does not initialize an INTENT(OUT) argument after finalizing it.
  impure elemental subroutine finish(self)
    type(deed_scoped), intent(inout) :: self

    if (self%holds()) call scope_end(self%handle)
    call settle(self, deed_array())
  end subroutine finish
#endif

  subroutine settle(self, handle)
    class(deed_scoped), intent(inout) :: self
    type(deed_array), intent(in) :: handle

    self%handle = handle
    self%home = home_of(self%handle)
  end subroutine settle
end module deed_scope
