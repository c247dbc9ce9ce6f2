! SPDX-License-Identifier: BSD-3-Clause
!> What the scheme promises, tried without deed: a lake at rest, a dam break against Ritter's solution, no negative
!> depth and no water lost on rough ground, and the same numbers when the axes are swapped.
program test_shallow_water
  use, intrinsic :: iso_fortran_env, only: real64
  use shallow_water, only: advance, gravity, grid_t, largest_speed, largest_step
  implicit none

  type :: flood_t
    type(grid_t) :: grid
    real(real64), allocatable :: bed(:, :), depth(:, :), momentum_x(:, :), momentum_y(:, :), change(:, :, :)
    real(real64) :: time = 0, left = 0, shallowest = 0
  end type flood_t

  integer :: failures = 0

  call lake_stays_at_rest()
  call dam_break_follows_ritter()
  call rough_ground_keeps_all_water()
  call swapped_axes_give_the_same()
  print '(i0, a)', failures, ' failures'
  if (failures /= 0) error stop 1

contains

  !> Hills that rise out of the water and reach the edges.
  subroutine lake_stays_at_rest()
    type(flood_t) :: lake
    real(real64), parameter :: level = 480.0_real64
    real(real64) :: change

    call make_hills(lake, 60, 45)
    lake%depth(1:60, 1:45) = max(level - lake%bed, 0.0_real64)
    call run(lake, 300, rain=0.0_real64)
    change = maxval(abs(lake%depth(1:60, 1:45) - max(level - lake%bed, 0.0_real64)))
    call expect('lake: some ground is dry', real(count(lake%bed >= level), real64), 100.0_real64, 2600.0_real64)
    call expect('lake: speed, m/s', largest_speed(lake%grid, lake%depth, lake%momentum_x, lake%momentum_y), &
                0.0_real64, 1e-10_real64)
    call expect('lake: change of surface, m', change, 0.0_real64, 1e-11_real64)
  end subroutine lake_stays_at_rest


  !> A dam of 5 m breaks at x = 0 over dry ground without friction: h = (2 c0 - x / t)**2 / (9 g) (Ritter, 1892).
  subroutine dam_break_follows_ritter()
    integer, parameter :: n = 1000
    real(real64), parameter :: dam_m = 5.0_real64, cell_m = 1.0_real64
    type(flood_t) :: dam
    real(real64) :: c0, x, exact, error
    integer :: i

    call make(dam, n, 3, cell_m)
    dam%grid%roughness = 0.0_real64
    dam%depth(1:n / 2, 1:3) = dam_m
    do while (dam%time < 20.0_real64)
      call run(dam, 1, rain=0.0_real64)
    end do
    c0 = sqrt(gravity * dam_m)
    error = 0.0_real64
    do i = 1, n
      x = (i - 0.5_real64 - n / 2) * cell_m / dam%time
      exact = merge(dam_m, max(2.0_real64 * c0 - x, 0.0_real64)**2 / (9.0_real64 * gravity), x < -c0)
      error = error + abs(dam%depth(i, 2) - exact) * cell_m
    end do
    call expect('dam break: error of the depth, relative', error / (dam_m * n / 2 * cell_m), 0.0_real64, 0.01_real64)
    call expect('dam break: speed of the front, of 2 c0', &
                maxval(dam%momentum_x(1:n, 2) / max(dam%depth(1:n, 2), 1e-3_real64)) / (2.0_real64 * c0), &
                0.7_real64, 1.0_real64)
  end subroutine dam_break_follows_ritter


  subroutine rough_ground_keeps_all_water()
    real(real64), parameter :: rain = 1e-4_real64
    type(flood_t) :: hills
    real(real64) :: water, rained

    call make_hills(hills, 60, 45)
    call run(hills, 1500, rain)
    associate (grid => hills%grid)
      water = sum(hills%depth(1:60, 1:45)) * grid%dx * grid%dy + hills%left
      rained = rain * hills%time * 60 * 45 * grid%dx * grid%dy
    end associate
    call expect('rough ground: water lost or made, relative', abs(water / rained - 1), 0.0_real64, 1e-12_real64)
    call expect('rough ground: part that left over the edges', hills%left / rained, 0.01_real64, 0.99_real64)
    call expect('rough ground: least depth, m', hills%shallowest, 0.0_real64, 0.0_real64)
  end subroutine rough_ground_keeps_all_water


  subroutine swapped_axes_give_the_same()
    type(flood_t) :: hills, swapped

    call make_hills(hills, 40, 40)
    call make(swapped, 40, 40, hills%grid%dx)
    swapped%bed = transpose(hills%bed)
    call run(hills, 300, rain=1e-4_real64)
    call run(swapped, 300, rain=1e-4_real64)
    call expect('swapped axes: difference, m', maxval(abs(hills%depth(1:40, 1:40) - &
                transpose(swapped%depth(1:40, 1:40)))), 0.0_real64, 1e-9_real64)
  end subroutine swapped_axes_give_the_same


  !> Dry and flat.
  subroutine make(flood, nx, ny, cell_m)
    type(flood_t), intent(inout) :: flood
    integer, intent(in) :: nx, ny
    real(real64), intent(in) :: cell_m

    flood%grid = grid_t(nx, ny, cell_m, cell_m)
    allocate (flood%bed(nx, ny), flood%change(3, nx, ny), source=0.0_real64)
    allocate (flood%depth(0:nx + 1, 0:ny + 1), source=0.0_real64)
    allocate (flood%momentum_x, flood%momentum_y, source=flood%depth)
  end subroutine make


  !> Steep and rough: slopes of more than 1, whose waves fit no cell.
  subroutine make_hills(flood, nx, ny)
    type(flood_t), intent(inout) :: flood
    integer, intent(in) :: nx, ny
    integer :: i, j

    call make(flood, nx, ny, 30.0_real64)
    do j = 1, ny
      do i = 1, nx
        flood%bed(i, j) = 470 + 40 * sin(0.37_real64 * i) * cos(0.29_real64 * j) &
                          + 15 * sin(2.1_real64 * i + 1.3_real64 * j)
      end do
    end do
  end subroutine make_hills


  subroutine run(flood, steps, rain)
    type(flood_t), intent(inout) :: flood
    integer, intent(in) :: steps
    real(real64), intent(in) :: rain
    real(real64) :: dt, outflow
    integer :: i

    do i = 1, steps
      dt = largest_step(flood%grid, flood%depth, flood%momentum_x, flood%momentum_y)
      call advance(flood%grid, flood%bed, rain, dt, flood%depth, flood%momentum_x, flood%momentum_y, flood%change, &
                   outflow)
      flood%time = flood%time + dt
      flood%left = flood%left + outflow
      flood%shallowest = min(flood%shallowest, minval(flood%depth))
    end do
  end subroutine run


  subroutine expect(what, value, least, most)
    character(len=*), intent(in) :: what
    real(real64), intent(in) :: value, least, most

    if (value >= least .and. value <= most) then
      print '(a, es12.4, a)', what // ':', value, '  ok'
    else
      print '(a, es12.4, a, 2es12.4)', what // ':', value, '  FAILED, expected within', least, most
      failures = failures + 1
    end if
  end subroutine expect
end program test_shallow_water
