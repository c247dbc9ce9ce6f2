! SPDX-License-Identifier: BSD-3-Clause
!> The shallow-water equations on a rectangular grid: one explicit step over rain, friction, wet and dry cells.
!>
!> First-order finite volumes. The step of the bed between two cells is reconstructed after Chen and Noelle (2017),
!> which keeps a lake at rest and moves thin films over steep ground; the flux is HLL; the time step of `largest_step`
!> lets no depth become negative. Water leaves over the edges of the grid, and what leaves is counted to round-off;
!> nothing comes in. This module knows nothing of who owns the arrays it works on.
module shallow_water
  use, intrinsic :: iso_fortran_env, only: real64
  implicit none
  private

  public :: grid_t
  public :: advance
  public :: largest_speed
  public :: largest_step

  real(real64), parameter, public :: gravity = 9.81_real64
  !> Water shallower than this, in metres, does not move.
  real(real64), parameter, public :: dry_depth = 1.0e-6_real64
  real(real64), parameter :: courant = 0.45_real64
  real(real64), parameter :: longest_step_s = 10.0_real64

  !> Cells are numbered 1 to nx, 1 to ny; rows 0 and n+1 are ghost cells.
  type :: grid_t
    integer :: nx = 0
    integer :: ny = 0
    !> Cell sizes, in metres.
    real(real64) :: dx = 0.0_real64
    real(real64) :: dy = 0.0_real64
    !> Manning's roughness of the ground, in s/m**(1/3).
    real(real64) :: roughness = 0.035_real64
  end type grid_t

  !> What crosses a face, per metre of it: mass, momentum across it as each side sees it, momentum along it.
  type :: flux_t
    real(real64) :: mass = 0.0_real64
    real(real64) :: across_left = 0.0_real64
    real(real64) :: across_right = 0.0_real64
    real(real64) :: along = 0.0_real64
  end type flux_t

contains

  !> The longest time step, in seconds, in which no cell can lose more than it has: a cell loses through each of two
  !> opposite faces at most what the fastest wave of that direction carries. momentum is depth times velocity, in m2/s.
  pure function largest_step(grid, depth, momentum_x, momentum_y) result(dt)
    type(grid_t), intent(in) :: grid
    real(real64), intent(in) :: depth(0:, 0:), momentum_x(0:, 0:), momentum_y(0:, 0:)
    real(real64) :: dt
    real(real64) :: fastest_x, fastest_y, wave
    integer :: i, j

    fastest_x = 0.0_real64
    fastest_y = 0.0_real64
    do j = 1, grid%ny
      do i = 1, grid%nx
        if (depth(i, j) <= dry_depth) cycle
        wave = sqrt(gravity * depth(i, j))
        fastest_x = max(fastest_x, abs(momentum_x(i, j)) / depth(i, j) + wave)
        fastest_y = max(fastest_y, abs(momentum_y(i, j)) / depth(i, j) + wave)
      end do
    end do
    dt = longest_step_s
    if (fastest_x > 0.0_real64) dt = min(dt, courant / (fastest_x / grid%dx + fastest_y / grid%dy))
  end function largest_step


  !> The largest velocity of cells that are not dry, in m/s.
  pure function largest_speed(grid, depth, momentum_x, momentum_y) result(speed)
    type(grid_t), intent(in) :: grid
    real(real64), intent(in) :: depth(0:, 0:), momentum_x(0:, 0:), momentum_y(0:, 0:)
    real(real64) :: speed
    integer :: i, j

    speed = 0.0_real64
    do j = 1, grid%ny
      do i = 1, grid%nx
        if (depth(i, j) <= dry_depth) cycle
        speed = max(speed, hypot(momentum_x(i, j), momentum_y(i, j)) / depth(i, j))
      end do
    end do
  end function largest_speed


  !> One step of dt seconds. bed: elevations of the cells, in metres. rain: water that falls, in metres per second.
  !> change: work space, three numbers per cell. outflow: what left over the edges during the step, in cubic metres.
  subroutine advance(grid, bed, rain, dt, depth, momentum_x, momentum_y, change, outflow)
    type(grid_t), intent(in) :: grid
    real(real64), intent(in) :: bed(:, :)
    real(real64), intent(in) :: rain
    real(real64), intent(in) :: dt
    real(real64), intent(inout) :: depth(0:, 0:), momentum_x(0:, 0:), momentum_y(0:, 0:)
    real(real64), intent(inout) :: change(:, :, :)
    real(real64), intent(out) :: outflow

    call fill_ghosts(grid, depth, momentum_x, momentum_y)
    change = 0.0_real64
    outflow = 0.0_real64
    call add_fluxes_x(grid, bed, depth, momentum_x, momentum_y, change, outflow)
    call add_fluxes_y(grid, bed, depth, momentum_x, momentum_y, change, outflow)
    call update(grid, rain, dt, change, depth, momentum_x, momentum_y)
    outflow = outflow * dt
  end subroutine advance


  !> The ghost cells are like the cells inside, but never send water in: water that flows outwards goes on, water that
  !> flows inwards finds its mirror image.
  subroutine fill_ghosts(grid, depth, momentum_x, momentum_y)
    type(grid_t), intent(in) :: grid
    real(real64), intent(inout) :: depth(0:, 0:), momentum_x(0:, 0:), momentum_y(0:, 0:)
    integer :: i, j, nx, ny

    nx = grid%nx
    ny = grid%ny
    do j = 1, ny
      depth(0, j) = depth(1, j)
      momentum_x(0, j) = -abs(momentum_x(1, j))
      momentum_y(0, j) = momentum_y(1, j)
      depth(nx + 1, j) = depth(nx, j)
      momentum_x(nx + 1, j) = abs(momentum_x(nx, j))
      momentum_y(nx + 1, j) = momentum_y(nx, j)
    end do
    do i = 1, nx
      depth(i, 0) = depth(i, 1)
      momentum_x(i, 0) = momentum_x(i, 1)
      momentum_y(i, 0) = -abs(momentum_y(i, 1))
      depth(i, ny + 1) = depth(i, ny)
      momentum_x(i, ny + 1) = momentum_x(i, ny)
      momentum_y(i, ny + 1) = abs(momentum_y(i, ny))
    end do
  end subroutine fill_ghosts


  subroutine add_fluxes_x(grid, bed, depth, momentum_x, momentum_y, change, outflow)
    type(grid_t), intent(in) :: grid
    real(real64), intent(in) :: bed(:, :)
    real(real64), intent(in) :: depth(0:, 0:), momentum_x(0:, 0:), momentum_y(0:, 0:)
    real(real64), intent(inout) :: change(:, :, :)
    real(real64), intent(inout) :: outflow
    type(flux_t) :: flux
    integer :: i, j, left, right

    do j = 1, grid%ny
      do i = 0, grid%nx
        if (depth(i, j) <= dry_depth .and. depth(i + 1, j) <= dry_depth) cycle
        left = max(i, 1)
        right = min(i + 1, grid%nx)
        flux = face_flux(depth(i, j), momentum_x(i, j), momentum_y(i, j), bed(left, j), &
                         depth(i + 1, j), momentum_x(i + 1, j), momentum_y(i + 1, j), bed(right, j))
        if (i >= 1) then
          change(:, i, j) = change(:, i, j) - [flux%mass, flux%across_left, flux%along] / grid%dx
        else
          outflow = outflow - flux%mass * grid%dy
        end if
        if (i < grid%nx) then
          change(:, i + 1, j) = change(:, i + 1, j) + [flux%mass, flux%across_right, flux%along] / grid%dx
        else
          outflow = outflow + flux%mass * grid%dy
        end if
      end do
    end do
  end subroutine add_fluxes_x


  subroutine add_fluxes_y(grid, bed, depth, momentum_x, momentum_y, change, outflow)
    type(grid_t), intent(in) :: grid
    real(real64), intent(in) :: bed(:, :)
    real(real64), intent(in) :: depth(0:, 0:), momentum_x(0:, 0:), momentum_y(0:, 0:)
    real(real64), intent(inout) :: change(:, :, :)
    real(real64), intent(inout) :: outflow
    type(flux_t) :: flux
    integer :: i, j, below, above

    do j = 0, grid%ny
      below = max(j, 1)
      above = min(j + 1, grid%ny)
      do i = 1, grid%nx
        if (depth(i, j) <= dry_depth .and. depth(i, j + 1) <= dry_depth) cycle
        flux = face_flux(depth(i, j), momentum_y(i, j), momentum_x(i, j), bed(i, below), &
                         depth(i, j + 1), momentum_y(i, j + 1), momentum_x(i, j + 1), bed(i, above))
        if (j >= 1) then
          change(:, i, j) = change(:, i, j) - [flux%mass, flux%along, flux%across_left] / grid%dy
        else
          outflow = outflow - flux%mass * grid%dx
        end if
        if (j < grid%ny) then
          change(:, i, j + 1) = change(:, i, j + 1) + [flux%mass, flux%along, flux%across_right] / grid%dy
        else
          outflow = outflow + flux%mass * grid%dx
        end if
      end do
    end do
  end subroutine add_fluxes_y


  !> The flux between two cells of different bed elevation: HLL between the depths that stand above the face.
  pure function face_flux(depth_l, across_l, along_l, bed_l, depth_r, across_r, along_r, bed_r) result(flux)
    real(real64), intent(in) :: depth_l, across_l, along_l, bed_l
    real(real64), intent(in) :: depth_r, across_r, along_r, bed_r
    type(flux_t) :: flux
    real(real64) :: face, above_l, above_r, across

    face = min(max(bed_l, bed_r), min(bed_l + depth_l, bed_r + depth_r))
    above_l = min(bed_l + depth_l - face, depth_l)
    above_r = min(bed_r + depth_r - face, depth_r)
    call hll(above_l, velocity(depth_l, across_l), velocity(depth_l, along_l), &
             above_r, velocity(depth_r, across_r), velocity(depth_r, along_r), flux%mass, across, flux%along)
    flux%across_left = across + 0.5_real64 * gravity * (depth_l - above_l) * (depth_l + above_l)
    flux%across_right = across + 0.5_real64 * gravity * (depth_r - above_r) * (depth_r + above_r)
  end function face_flux


  pure function velocity(depth, momentum)
    real(real64), intent(in) :: depth, momentum
    real(real64) :: velocity

    velocity = 0.0_real64
    if (depth > dry_depth) velocity = momentum / depth
  end function velocity


  !> The flux of Harten, Lax and van Leer between two depths h with velocities u across and v along the face.
  pure subroutine hll(h_l, u_l, v_l, h_r, u_r, v_r, mass, across, along)
    real(real64), intent(in) :: h_l, u_l, v_l, h_r, u_r, v_r
    real(real64), intent(out) :: mass, across, along
    real(real64) :: c_l, c_r, slowest, fastest, width, pressure_l, pressure_r

    c_l = sqrt(gravity * h_l)
    c_r = sqrt(gravity * h_r)
    slowest = min(u_l - c_l, u_r - c_r, 0.0_real64)
    fastest = max(u_l + c_l, u_r + c_r, 0.0_real64)
    width = fastest - slowest
    mass = 0.0_real64
    across = 0.0_real64
    along = 0.0_real64
    if (width <= tiny(width)) return
    pressure_l = h_l * u_l * u_l + 0.5_real64 * gravity * h_l * h_l
    pressure_r = h_r * u_r * u_r + 0.5_real64 * gravity * h_r * h_r
    mass = (fastest * h_l * u_l - slowest * h_r * u_r + slowest * fastest * (h_r - h_l)) / width
    across = (fastest * pressure_l - slowest * pressure_r + slowest * fastest * (h_r * u_r - h_l * u_l)) / width
    along = mass * merge(v_l, v_r, mass > 0.0_real64)
  end subroutine hll


  !> Add what changed, let it rain, and slow the water down by Manning's friction, implicitly.
  subroutine update(grid, rain, dt, change, depth, momentum_x, momentum_y)
    type(grid_t), intent(in) :: grid
    real(real64), intent(in) :: rain, dt
    real(real64), intent(in) :: change(:, :, :)
    real(real64), intent(inout) :: depth(0:, 0:), momentum_x(0:, 0:), momentum_y(0:, 0:)
    real(real64) :: drag, speed, damping
    integer :: i, j

    drag = dt * gravity * grid%roughness**2
    do j = 1, grid%ny
      do i = 1, grid%nx
        depth(i, j) = depth(i, j) + dt * (change(1, i, j) + rain)
        if (depth(i, j) <= dry_depth) then
          momentum_x(i, j) = 0.0_real64
          momentum_y(i, j) = 0.0_real64
          cycle
        end if
        momentum_x(i, j) = momentum_x(i, j) + dt * change(2, i, j)
        momentum_y(i, j) = momentum_y(i, j) + dt * change(3, i, j)
        speed = hypot(momentum_x(i, j), momentum_y(i, j)) / depth(i, j)
        damping = 1.0_real64 + drag * speed / depth(i, j)**(4.0_real64 / 3.0_real64)
        momentum_x(i, j) = momentum_x(i, j) / damping
        momentum_y(i, j) = momentum_y(i, j) / damping
      end do
    end do
  end subroutine update
end module shallow_water
