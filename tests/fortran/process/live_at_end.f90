! SPDX-License-Identifier: BSD-3-Clause
!> Traps T15 and T17: a program that ends while arrays live, by the end of the main program, by STOP or by ERROR
!> STOP. Neither deed nor a finalizer may disturb that.
program live_at_end
  use, intrinsic :: iso_fortran_env, only: output_unit, real64
  use deed
  implicit none
  type(deed_scoped) :: held
  type(deed_array) :: h
  type(deed_array) :: taken
  real(real64), allocatable :: a(:)
  character(len=16) :: how

  call get_command_argument(1, how)
  allocate(a(10))
  call deed_take(a, taken, file="live_at_end.f90", line=1)
  call deed_publish(taken, "left behind")
  call deed_alloc(h, deed_real64, [10])
  call held%hold(h)
  call deed_report(output_unit)
  flush (output_unit)
  select case (how)
  case ("stop")
    stop
  case ("error_stop")
    error stop 3
  end select
end program live_at_end
