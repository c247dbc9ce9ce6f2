! SPDX-License-Identifier: BSD-3-Clause
!> The flood with a Fortran main: the elevations are an array with TARGET of this program, lent to the solver; the C++
!> diagnostics work on the state while it runs; the times of arrival, made in C++, are transferred to Fortran and
!> outlive the diagnostics; everything else comes back and is deallocated here.
program flood_fortran
  use, intrinsic :: iso_c_binding, only: c_double, c_int, c_intptr_t, c_loc
  use, intrinsic :: iso_fortran_env, only: int64, real64
  use deed
  use flood_diagnostics
  use flood_solver
  implicit none

  integer, parameter :: nx = 120, ny = 90, steps = 400, look_every = 10
  real(real64), parameter :: cell_m = 50.0_real64, flooded_m = 0.1_real64
  character(len=*), parameter :: arrays(3) = [character(len=10) :: 'depth', 'momentum_x', 'momentum_y']
  real(real64), target :: elevations(nx, ny)
  real(real64), pointer :: arrival(:, :) => null()
  type(deed_array) :: terrain, times
  type(deed_counts) :: counts
  type(figures_t) :: figures
  type(handover_t) :: row, rows(3)
  real(real64) :: time, lake_speed, lake_change, on_ground, rained, left, shallowest
  integer :: i
  logical :: good

  call shape_terrain(elevations)
  print '(a)', '| array      | from    | to      | verb     |   bytes | address before | address after  | copied |'// &
    '      us |'
  call lend_terrain()
  call need(flood_open(terrain, cell_m, cell_m, 90.0_real64, 1200.0_real64, row), 'flood_open')
  call print_row('terrain', 'Fortran', 'Fortran', 'share', row)
  do i = 1, 3
    call need(flood_take(i, row), 'flood_take')
    call print_row(arrays(i), 'Fortran', 'deed', 'take', row)
  end do
  call need(flood_check_lake(290.0_real64, 40, lake_speed, lake_change), 'flood_check_lake')

  call need(diagnostics_open(cell_m, cell_m, flooded_m, rows), 'diagnostics_open')
  do i = 1, 3
    call print_row(arrays(i), 'Fortran', 'C++', 'lookup', rows(i))
  end do
  do i = look_every, steps, look_every
    call need(flood_step(look_every, time), 'flood_step')
    call need(diagnostics_look(time, figures), 'diagnostics_look')
  end do
  call need(flood_water(on_ground, rained, left, shallowest), 'flood_water')

  call diagnostics_finish()
  call need(diagnostics_transfer(deed_language_fortran, times, row), 'diagnostics_transfer')
  call print_row('arrival', 'C++', 'Fortran', 'transfer', row)
  do i = 1, 3
    call need(flood_reclaim(i, row), 'flood_reclaim')
    call print_row(arrays(i), 'deed', 'Fortran', 'reclaim', row)
  end do
  call flood_close()
  call diagnostics_close()
  call recall_terrain()

  call deed_pointer(times, arrival)
  print '(/, a, f5.1, a, f5.2, a, f5.2, a, f5.2, a)', 'after ', time / 60, ' min of flood: ', &
    figures%flooded_area_m2 / 1e6, ' km2 under water, largest depth ', figures%largest_depth_m, &
    ' m, largest speed ', figures%largest_speed_m_s, ' m/s'
  print '(a, f5.1, a)', 'the valley is first flooded after ', minval(arrival, mask=arrival >= 0) / 60, ' min'
  call deed_release(times)

  good = holds('water lost or made, relative', (on_ground + left) / rained - 1, 1e-12_real64)
  good = holds('water below the ground, m', min(shallowest, 0.0_real64), 0.0_real64) .and. good
  good = holds('lake at rest: speed, m/s', lake_speed, 1e-10_real64) .and. good
  good = holds('lake at rest: surface, m', lake_change, 1e-10_real64) .and. good
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
    integer(int64) :: start

    row = handover_t(size_bytes=size(elevations) * 8, address_before=transfer(c_loc(elevations), 0_c_intptr_t))
    call system_clock(start)
    call deed_lend(elevations, terrain, rights=deed_read)
    row%seconds = seconds_since(start)
    row%address_after = transfer(deed_address(terrain), 0_c_intptr_t)
    call print_row('terrain', 'Fortran', 'deed', 'lend', row)
  end subroutine lend_terrain


  subroutine recall_terrain()
    integer(int64) :: start

    row = handover_t(size_bytes=size(elevations) * 8, address_before=transfer(deed_address(terrain), 0_c_intptr_t))
    call system_clock(start)
    call deed_recall(terrain, timeout_ms=1000)
    row%seconds = seconds_since(start)
    row%address_after = transfer(c_loc(elevations), 0_c_intptr_t)
    call print_row('terrain', 'deed', 'Fortran', 'recall', row)
  end subroutine recall_terrain


  function seconds_since(start) result(seconds)
    integer(int64), intent(in) :: start
    real(real64) :: seconds
    integer(int64) :: now, rate

    call system_clock(now, rate)
    seconds = real(now - start, real64) / real(rate, real64)
  end function seconds_since


  subroutine need(status, what)
    integer(c_int), intent(in) :: status
    character(len=*), intent(in) :: what

    if (status == 0) return
    print '(a, a, i0)', what, ' failed with status ', status
    error stop 1
  end subroutine need


  subroutine print_row(array, from, to, verb, row)
    character(len=*), intent(in) :: array, from, to, verb
    type(handover_t), intent(in) :: row
    character(len=10) :: columns(4)

    columns = [character(len=10) :: array, from, to, verb]
    print '(4("| ", a, " "), "| ", i7, 2(" | ", z14), " | ", a6, " | ", f7.1, " |")', &
      columns(1), columns(2)(:7), columns(3)(:7), columns(4)(:8), row%size_bytes, row%address_before, &
      row%address_after, merge('no    ', 'yes   ', row%address_before == row%address_after), row%seconds * 1e6_real64
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
