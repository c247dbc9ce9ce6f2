! SPDX-License-Identifier: BSD-3-Clause
!> The module compiled without FINAL: release is enough to leak nothing, and assignment still shares.
module without_final_tests
  use check, only: equal, expect, run
  use deed, only: deed_alloc, deed_array, deed_int8, deed_is_live, deed_release, deed_scoped
  implicit none
  private

  public :: run_all

contains

  subroutine run_all()
    call run("release_is_enough", release_is_enough)
    call run("assignment_shares", assignment_shares)
    call run("nothing_is_released_at_the_end_of_a_scope", nothing_is_released)
  end subroutine run_all

  subroutine fill(x)
    type(deed_scoped), intent(inout) :: x
    type(deed_array) :: h

    call deed_alloc(h, deed_int8, [64])
    call x%hold(h)
  end subroutine fill

  subroutine release_is_enough()
    type(deed_scoped) :: x
    integer :: stat

    call fill(x)
    call expect(x%holds(), "x holds")
    call x%release()
    call expect(.not. x%holds(), "x is empty")
    call x%release(stat)
    call equal(stat, 0, "the second release does nothing")
  end subroutine release_is_enough

  subroutine assignment_shares()
    type(deed_scoped) :: x
    type(deed_scoped) :: y

    call fill(x)
    y = x
    call x%release()
    call expect(y%holds(), "y holds")
    call y%release()
  end subroutine assignment_shares

  subroutine leave_a_scope(seen)
    type(deed_array), intent(out) :: seen
    type(deed_scoped) :: x

    call fill(x)
    seen = x%handle
  end subroutine leave_a_scope

  subroutine nothing_is_released()
    type(deed_array) :: seen

    call leave_a_scope(seen)
    call expect(deed_is_live(seen), "the claim lives")
    call deed_release(seen)
  end subroutine nothing_is_released
end module without_final_tests

program test_without_final
  use check, only: finish
  use without_final_tests, only: run_all
  implicit none

  call run_all()
  call finish()
end program test_without_final
