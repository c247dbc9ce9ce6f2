! SPDX-License-Identifier: BSD-3-Clause
module conformance
  use, intrinsic :: iso_c_binding, only: c_associated, c_char, c_int, c_int32_t, c_int64_t, c_loc, c_null_char, c_ptr
  use, intrinsic :: iso_fortran_env, only: int64, real32, real64
  use deed
  implicit none
  private

  public :: conformance_fortran

  integer, parameter :: variables = 8

  type :: variable_t
    type(deed_array) :: array
    real(real64), allocatable :: native(:, :)
    type(c_ptr) :: address
    type(deed_weak) :: remembered
  end type variable_t

  type(variable_t), save, target :: variable(variables)
  real(real64), save, target :: loans(4, 3, variables)

contains

  function conformance_fortran(step, handle) result(stat) bind(C)
    character(kind=c_char), intent(in) :: step(*)
    integer(c_int64_t), intent(inout) :: handle
    integer(c_int32_t) :: stat
    character(len=64) :: words(3)
    integer :: a, b

    call split(step, words)
    a = number_of(words(2))
    b = number_of(words(3))
    select case (words(1))
    case ('alloc', 'native', 'lend', 'negative', 'overflow')
      call make(words(1), variable(a), loans(:, :, a), stat)
    case ('receive')
      variable(a)%array = deed_array(handle)
      stat = deed_ok
    case ('transfer')
      call give(variable(a)%array, handle, stat)
    case ('fill', 'check', 'sections', 'rank', 'type')
      call visit(words(1), variable(a)%array, stat)
    case ('share', 'read', 'write', 'copy', 'section', 'outside')
      call derive(words(1), variable(a)%array, variable(b)%array, stat)
    case ('weak')
      call deed_weak_of(variable(a)%array, variable(a)%remembered, stat=stat)
    case ('upgrade')
      variable(b)%array = deed_array()
      call deed_upgrade(variable(a)%remembered, variable(b)%array, stat=stat)
    case default
      call other_verb(words, variable(a), stat)
    end select
  end function conformance_fortran


  subroutine make(verb, self, loan, stat)
    character(len=*), intent(in) :: verb
    type(variable_t), intent(inout), target :: self
    real(real64), intent(in), target :: loan(:, :)
    integer(c_int32_t), intent(out) :: stat
    real(real64), pointer :: lent(:, :)

    self%array = deed_array()
    select case (verb)
    case ('alloc')
      call deed_alloc(self%array, deed_real64, [4, 3], lower=[-1, 2], options=deed_zeroed, stat=stat)
    case ('negative')
      call deed_alloc(self%array, deed_real64, [-1, 3], stat=stat)
    case ('overflow')
      call deed_alloc(self%array, deed_real64, [huge(1_int64), 3_int64], stat=stat)
    case ('lend')
      lent(-1:, 2:) => loan
      call deed_lend(lent, self%array, stat=stat)
    case ('native')
      allocate (self%native(-1:2, 2:4), source=0.0_real64)
      self%address = c_loc(self%native)
      call deed_take(self%native, self%array, stat=stat)
    end select
  end subroutine make


  subroutine visit(verb, array, stat)
    character(len=*), intent(in) :: verb
    type(deed_array), intent(in) :: array
    integer(c_int32_t), intent(out) :: stat
    real(real64), pointer :: field(:, :), cube(:, :, :)
    real(real32), pointer :: single(:, :)

    select case (verb)
    case ('rank')
      call deed_pointer(array, cube, stat=stat)
    case ('type')
      call deed_pointer(array, single, stat=stat)
    case default
      call deed_pointer(array, field, rights=deed_read, stat=stat)
      if (stat /= deed_ok) return
      if (verb == 'fill') call fill(field)
      if (verb == 'check' .and. .not. is_filled(field)) stat = deed_ebounds
      if (verb == 'sections' .and. .not. is_section(field)) stat = deed_ebounds
    end select
  end subroutine visit


  subroutine fill(field)
    real(real64), pointer, intent(in) :: field(:, :)
    integer :: i, j

    do j = lbound(field, 2), ubound(field, 2)
      do i = lbound(field, 1), ubound(field, 1)
        field(i, j) = i + 10 * j
      end do
    end do
  end subroutine fill


  function is_filled(field)
    real(real64), pointer, intent(in) :: field(:, :)
    logical :: is_filled
    integer :: i, j

    is_filled = all(lbound(field) == [-1, 2]) .and. all(ubound(field) == [2, 4])
    if (is_filled) is_filled = all(field == reshape([((real(i + 10 * j, real64), i=-1, 2), j=2, 4)], [4, 3]))
  end function is_filled


  function is_section(field)
    real(real64), pointer, intent(in) :: field(:, :)
    logical :: is_section
    integer :: i, j

    is_section = all(shape(field) == [2, 3])
    if (is_section) is_section = all(field == reshape([((real(i + 10 * j, real64), i=-1, 1, 2), j=4, 2, -1)], [2, 3]))
  end function is_section


  subroutine derive(verb, from, to, stat)
    character(len=*), intent(in) :: verb
    type(deed_array), intent(in) :: from
    type(deed_array), intent(inout) :: to
    integer(c_int32_t), intent(out) :: stat

    to = deed_array()
    select case (verb)
    case ('share')
      call deed_share(from, to, stat=stat)
    case ('read')
      call deed_share(from, to, rights=deed_read, stat=stat)
    case ('write')
      call deed_share(from, to, rights=deed_read + deed_write, stat=stat)
    case ('copy')
      call deed_copy(from, to, stat=stat)
    case ('section')
      call deed_view(from, to, first=[-1, 4], last=[2, 2], step=[2, -1], stat=stat)
    case ('outside')
      call deed_view(from, to, first=[-2, 4], last=[2, 2], step=[2, -1], stat=stat)
    end select
  end subroutine derive


  subroutine other_verb(words, self, stat)
    character(len=*), intent(in) :: words(3)
    type(variable_t), intent(inout), target :: self
    integer(c_int32_t), intent(out) :: stat

    select case (words(1))
    case ('release')
      call deed_release(self%array, stat=stat)
    case ('recall')
      call deed_recall(self%array, timeout_ms=0, stat=stat)
    case ('publish')
      call deed_publish(self%array, trim(words(3)), stat=stat)
    case ('lookup')
      self%array = deed_array()
      call deed_lookup(trim(words(3)), self%array, stat=stat)
    case ('withdraw')
      call deed_withdraw(self%array, stat=stat)
    case ('reclaim')
      call deed_reclaim(self%array, self%native, stat=stat)
      if (stat /= deed_ok) return
      if (.not. c_associated(c_loc(self%native), self%address)) stat = deed_edamaged
      if (any(lbound(self%native) /= [-1, 2])) stat = deed_ebounds
      deallocate (self%native)
    case default
      stat = deed_eunsupported
    end select
  end subroutine other_verb


  subroutine give(array, handle, stat)
    type(deed_array), intent(in) :: array
    integer(c_int64_t), intent(inout) :: handle
    integer(c_int32_t), intent(out) :: stat
    type(deed_array) :: moved

    call deed_transfer(array, moved, to=deed_language_other, stat=stat)
    if (stat == deed_ok) handle = moved%bits
  end subroutine give


  !> The words of a NUL-terminated step.
  subroutine split(step, words)
    character(kind=c_char), intent(in) :: step(*)
    character(len=*), intent(out) :: words(3)
    integer :: i, length, word

    words = ''
    word = 1
    length = 0
    i = 1
    do while (step(i) /= c_null_char .and. word <= 3)
      if (step(i) == ' ') then
        word = word + 1
        length = 0
      else
        length = length + 1
        words(word)(length:length) = step(i)
      end if
      i = i + 1
    end do
  end subroutine split


  function number_of(word)
    character(len=*), intent(in) :: word
    integer :: number_of

    number_of = max(1, min(variables, iachar(word(1:1)) - iachar('a') + 1))
  end function number_of
end module conformance
