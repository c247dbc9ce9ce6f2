! SPDX-License-Identifier: BSD-3-Clause
!> The flood with a Fortran main: the elevations are an array with TARGET of this program, lent to the solver; the C++
!> diagnostics work on the depth while it runs; everything comes back and is deallocated here.
program flood_fortran
  use, intrinsic :: iso_c_binding, only: c_char, c_double, c_int, c_int64_t, c_intptr_t, c_loc
  use, intrinsic :: iso_fortran_env, only: int64, real64
  use deed
  use flood_solver
  implicit none

  type, bind(C) :: figures_t
    real(c_double) :: flooded_area_m2 = 0
    real(c_double) :: largest_depth_m = 0
  end type figures_t

  interface
    integer(c_int) function diagnostics_open(dx, dy, threshold_m, lookup) bind(C)
      import :: c_double, c_int, handover_t
      real(c_double), value :: dx, dy, threshold_m
      type(handover_t), intent(out) :: lookup
    end function diagnostics_open
    integer(c_int) function diagnostics_look(time, figures) bind(C)
      import :: c_double, c_int, figures_t
      real(c_double), value :: time
      type(figures_t), intent(out) :: figures
    end function diagnostics_look
    subroutine diagnostics_finish() bind(C)
    end subroutine diagnostics_finish
    subroutine diagnostics_close() bind(C)
    end subroutine diagnostics_close
  end interface

  integer, parameter :: nx = 120, ny = 90, steps = 400
  real(real64), parameter :: cell_m = 50.0_real64
  real(real64), target :: elevations(nx, ny)
  type(deed_array) :: terrain
  type(deed_counts) :: counts
  type(figures_t) :: figures
  type(handover_t) :: row
  real(real64) :: time, dt, on_ground, rained, lake_momentum, lake_change
  integer :: i
  logical :: good

  call shape_terrain(elevations)
  print '(a)', '| from    | to      | verb     |    bytes | address before | address after  | copied |       us |'
  call lend_terrain()
  call need(flood_open(terrain, cell_m, cell_m, 90.0_real64, 1200.0_real64), 'flood_open')
  do i = 1, 3
    call need(flood_take(i, row), 'flood_take')
    call print_row('Fortran', 'deed', 'take', row)
  end do
  call need(flood_check_lake(290.0_real64, 40, lake_momentum, lake_change), 'flood_check_lake')
  call need(diagnostics_open(cell_m, cell_m, 0.1_real64, row), 'diagnostics_open')
  call print_row('Fortran', 'C++', 'lookup', row)
  do i = 100, steps, 100
    call need(flood_step(100, time, dt), 'flood_step')
    call need(diagnostics_look(time, figures), 'diagnostics_look')
  end do
  call need(flood_water(on_ground, rained), 'flood_water')
  call diagnostics_finish()
  do i = 1, 3
    call need(flood_reclaim(i, row), 'flood_reclaim')
    call print_row('deed', 'Fortran', 'reclaim', row)
  end do
  call flood_close()
  call diagnostics_close()
  call recall_terrain()

  print '(/, a, f7.0, a, f6.2, a, f6.2, a)', 'after ', time, ' s of flood: ', figures%flooded_area_m2 / 1e6, &
    ' km2 under water, largest depth ', figures%largest_depth_m, ' m'
  good = holds('water lost or made, relative', on_ground / rained - 1, 1e-11_real64)
  good = holds('lake at rest, m2/s', lake_momentum, 1e-9_real64) .and. good
  good = holds('lake at rest, m', lake_change, 1e-11_real64) .and. good
  call deed_count(counts)
  print '(a, i0, a, i0)', 'live blocks ', counts%live_blocks, ', copies ', counts%copies
  if (.not. good .or. counts%live_blocks /= 0 .or. counts%copies /= 0) error stop 1

contains

  !> A valley that falls eastwards between two slopes, with a ridge across it.
  subroutine shape_terrain(z)
    real(real64), intent(out) :: z(:, :)
    integer :: i, j

    do j = 1, ny
      do i = 1, nx
        z(i, j) = 300 - 0.25_real64 * i + 60 * ((j - ny / 2) / (ny / 2.0_real64))**2 &
          + 12 * exp(-((i - 80) / 6.0_real64)**2)
      end do
    end do
  end subroutine shape_terrain


  subroutine lend_terrain()
    integer(int64) :: start, now, rate

    row = handover_t(size_bytes=size(elevations) * 8, address_before=transfer(c_loc(elevations), 0_c_intptr_t))
    call system_clock(start, rate)
    call deed_lend(elevations, terrain, rights=deed_read, file='main_fortran.f90', line=98)
    call system_clock(now)
    row%seconds = real(now - start, real64) / rate
    row%address_after = transfer(deed_address(terrain), 0_c_intptr_t)
    call print_row('Fortran', 'deed', 'lend', row)
  end subroutine lend_terrain


  subroutine recall_terrain()
    integer(int64) :: start, now, rate

    row%address_before = transfer(deed_address(terrain), 0_c_intptr_t)
    call system_clock(start, rate)
    call deed_recall(terrain, timeout_ms=1000)
    call system_clock(now)
    row%seconds = real(now - start, real64) / rate
    row%size_bytes = size(elevations) * 8
    row%address_after = transfer(c_loc(elevations), 0_c_intptr_t)
    call print_row('deed', 'Fortran', 'recall', row)
  end subroutine recall_terrain


  subroutine need(status, what)
    integer(c_int), intent(in) :: status
    character(len=*), intent(in) :: what

    if (status == 0) return
    print '(a, a, i0)', what, ' failed with status ', status
    error stop 1
  end subroutine need


  subroutine print_row(from, to, verb, row)
    character(len=*), intent(in) :: from, to, verb
    type(handover_t), intent(in) :: row
    character(len=7) :: from_column, to_column
    character(len=8) :: verb_column

    from_column = from
    to_column = to
    verb_column = verb
    print '("| ", a, " | ", a, " | ", a, " | ", i8, " | ", z14, " | ", z14, " | ", a6, " | ", f8.1, " |")', &
      from_column, to_column, verb_column, row%size_bytes, row%address_before, row%address_after, &
      merge('no    ', 'yes   ', row%address_before == row%address_after), row%seconds * 1e6_real64
  end subroutine print_row


  function holds(what, value, bound)
    character(len=*), intent(in) :: what
    real(real64), intent(in) :: value, bound
    logical :: holds
    character(len=28) :: column

    holds = abs(value) <= bound
    column = what
    print '(a, es11.2, a, es9.0, 2x, a)', column, value, '  at most', bound, trim(merge('ok    ', 'FAILED', holds))
  end function holds
end program flood_fortran
