! SPDX-License-Identifier: BSD-3-Clause
#include "deed_here.h"
!> A flood model whose arrays deed knows. The terrain is lent to it; its own state is ALLOCATABLE, in components of
!> components, until deed takes it and publishes it; at the end each array is transferred to another language, or comes
!> back to be deallocated here. Every procedure can be called from Fortran, C, C++ and, through ctypes, Python. There is
!> one model per process, for one thread at a time.
module flood_solver
  use, intrinsic :: iso_c_binding, only: c_char, c_double, c_int, c_int64_t, c_intptr_t, c_loc, c_null_char, c_ptr
  use, intrinsic :: iso_fortran_env, only: int64, real64
  use deed
  use shallow_water, only: advance, grid_t, largest_speed, largest_step
  implicit none
  private

  public :: handover_t
  public :: flood_open, flood_close
  public :: flood_take, flood_transfer, flood_reclaim
  public :: flood_step, flood_water, flood_check_lake
  public :: flood_error

  !> The arrays of the state, as the procedures number them.
  integer(c_int), parameter, public :: flood_depth = 1, flood_momentum_x = 2, flood_momentum_y = 3
  character(len=*), parameter, public :: flood_names(3) = &
    [character(len=16) :: 'flood/depth', 'flood/momentum_x', 'flood/momentum_y']

  !> What one handover did; struct flood_handover of handover.h. Equal addresses: nothing was copied.
  type, bind(C) :: handover_t
    integer(c_int64_t) :: size_bytes = 0
    integer(c_int64_t) :: address_before = 0
    integer(c_int64_t) :: address_after = 0
    real(c_double) :: seconds = 0
  end type handover_t

  type :: field_t
    real(real64), allocatable :: cells(:, :)
  end type field_t

  type :: state_t
    type(field_t) :: field(3)
  end type state_t

  type :: rain_t
    real(real64) :: metres_per_second = 0
    real(real64) :: seconds = 0
  end type rain_t

  type :: model_t
    type(grid_t) :: grid
    type(rain_t) :: rain
    type(state_t) :: state
    type(deed_array) :: terrain
    type(deed_array) :: claims(3)
    !> Work space of a step.
    real(real64), allocatable :: change(:, :, :)
    real(real64) :: time = 0
    !> Water that has rained, in metres, and that has left over the edges, in cubic metres.
    real(real64) :: supplied = 0
    real(real64) :: left = 0
  end type model_t

  !> The arrays as the equations see them.
  type :: fields_t
    real(real64), pointer :: bed(:, :) => null()
    real(real64), pointer :: depth(:, :) => null()
    real(real64), pointer :: momentum_x(:, :) => null()
    real(real64), pointer :: momentum_y(:, :) => null()
  end type fields_t

  type(model_t), save, target :: model
  character(len=512), save, target :: message = ''
  character(kind=c_char), save, target :: c_message(513) = c_null_char

contains

  !> The sentence of the last failure, NUL-terminated.
  function flood_error() bind(C)
    type(c_ptr) :: flood_error
    integer :: i

    do i = 1, len_trim(message)
      c_message(i) = message(i:i)
    end do
    c_message(len_trim(message) + 1) = c_null_char
    flood_error = c_loc(c_message)
  end function flood_error


  !> Begin with dry ground. terrain: elevations in metres, real64, rank 2, first index eastwards; the solver takes a
  !> share. dx, dy: cell sizes in metres. It rains rain_mm_per_hour for rain_seconds.
  function flood_open(terrain, dx, dy, rain_mm_per_hour, rain_seconds, handover) result(stat) bind(C)
    type(deed_array), value :: terrain
    real(c_double), value :: dx, dy, rain_mm_per_hour, rain_seconds
    type(handover_t), intent(out) :: handover
    integer(c_int) :: stat
    real(real64), pointer :: bed(:, :)

    call flood_close()
    call share_terrain(terrain, bed, handover, stat)
    if (stat /= deed_ok) return
    model%grid = grid_t(size(bed, 1), size(bed, 2), dx, dy)
    model%rain = rain_t(rain_mm_per_hour / 3.6e6_real64, rain_seconds)
    model%time = 0
    model%supplied = 0
    model%left = 0
    call allocate_state(stat)
    if (stat /= deed_ok) call flood_close()
  end function flood_open


  !> The solver's own claim on the terrain, and a pointer to it.
  subroutine share_terrain(terrain, bed, handover, stat)
    type(deed_array), intent(in) :: terrain
    real(real64), pointer, intent(out) :: bed(:, :)
    type(handover_t), intent(inout) :: handover
    integer(c_int), intent(out) :: stat
    integer(int64) :: start

    nullify (bed)
    call describe_before(terrain, handover, stat)
    if (stat /= deed_ok) return
    call system_clock(start)
    call deed_share(terrain, model%terrain, rights=deed_read, stat=stat, errmsg=message, DEED_HERE)
    if (stat /= deed_ok) return
    call deed_pointer(model%terrain, bed, rights=deed_read, stat=stat, errmsg=message)
    handover%seconds = seconds_since(start)
    if (stat == deed_ok) then
      handover%address_after = address_of(bed)
    else
      call deed_release(model%terrain)
    end if
  end subroutine share_terrain


  subroutine allocate_state(stat)
    integer(c_int), intent(out) :: stat
    integer :: k, failed

    associate (nx => model%grid%nx, ny => model%grid%ny)
      allocate (model%change(3, nx, ny), stat=failed, errmsg=message)
      do k = 1, 3
        if (failed /= 0) exit
        allocate (model%state%field(k)%cells(0:nx + 1, 0:ny + 1), source=0.0_real64, stat=failed, errmsg=message)
      end do
    end associate
    stat = merge(deed_ok, deed_enomem, failed == 0)
  end subroutine allocate_state


  !> Give array number field of the state to deed and publish it.
  function flood_take(field, handover) result(stat) bind(C)
    integer(c_int), value :: field
    type(handover_t), intent(out) :: handover
    integer(c_int) :: stat
    integer(int64) :: start

    associate (cells => model%state%field(field)%cells)
      handover%size_bytes = size(cells, kind=c_int64_t) * 8
      handover%address_before = address_of(cells)
    end associate
    call system_clock(start)
    call deed_take(model%state%field(field)%cells, model%claims(field), stat=stat, errmsg=message, DEED_HERE)
    if (stat /= deed_ok) return
    handover%seconds = seconds_since(start)
    handover%address_after = transfer(deed_address(model%claims(field)), 0_c_intptr_t)
    call deed_publish(model%claims(field), trim(flood_names(field)), stat=stat, errmsg=message)
  end function flood_take


  !> Move the title of array number field to another language (deed_language_*). moved: the handle of the new holder.
  function flood_transfer(field, language, moved, handover) result(stat) bind(C)
    integer(c_int), value :: field, language
    type(deed_array), intent(out) :: moved
    type(handover_t), intent(out) :: handover
    integer(c_int) :: stat
    integer(int64) :: start

    call describe_before(model%claims(field), handover, stat)
    if (stat /= deed_ok) return
    call system_clock(start)
    call deed_transfer(model%claims(field), moved, to=language, stat=stat, errmsg=message, DEED_HERE)
    if (stat /= deed_ok) return
    handover%seconds = seconds_since(start)
    handover%address_after = transfer(deed_address(moved), 0_c_intptr_t)
  end function flood_transfer


  !> Take array number field back into the allocatable it came from, and deallocate it.
  function flood_reclaim(field, handover) result(stat) bind(C)
    integer(c_int), value :: field
    type(handover_t), intent(out) :: handover
    integer(c_int) :: stat
    integer(int64) :: start

    call describe_before(model%claims(field), handover, stat)
    if (stat /= deed_ok) return
    call system_clock(start)
    call deed_reclaim(model%claims(field), model%state%field(field)%cells, stat=stat, errmsg=message)
    if (stat /= deed_ok) return
    handover%seconds = seconds_since(start)
    handover%address_after = address_of(model%state%field(field)%cells)
    deallocate (model%state%field(field)%cells)
  end function flood_reclaim


  !> Advance by a number of steps. time: seconds since the rain began.
  function flood_step(steps, time) result(stat) bind(C)
    integer(c_int), value :: steps
    real(c_double), intent(out) :: time
    integer(c_int) :: stat
    type(fields_t) :: see
    real(real64) :: dt, rain, outflow
    integer :: i

    time = model%time
    call see_state(see, stat)
    if (stat /= deed_ok) return
    do i = 1, steps
      dt = largest_step(model%grid, see%depth, see%momentum_x, see%momentum_y)
      rain = 0
      if (model%time < model%rain%seconds) then
        rain = model%rain%metres_per_second
        dt = min(dt, model%rain%seconds - model%time)
      end if
      call advance(model%grid, see%bed, rain, dt, see%depth, see%momentum_x, see%momentum_y, model%change, outflow)
      model%time = model%time + dt
      model%supplied = model%supplied + rain * dt
      model%left = model%left + outflow
    end do
    time = model%time
  end function flood_step


  !> Water on the ground, rained, and left over the edges, in cubic metres; the least depth of any cell in metres.
  function flood_water(on_ground, rained, left, shallowest) result(stat) bind(C)
    real(c_double), intent(out) :: on_ground, rained, left, shallowest
    integer(c_int) :: stat
    type(fields_t) :: see

    on_ground = 0
    rained = 0
    left = model%left
    shallowest = 0
    call see_state(see, stat)
    if (stat /= deed_ok) return
    associate (grid => model%grid)
      ! Row by row: a sum of a million numbers in one go would lose digits that the scheme keeps.
      on_ground = sum(sum(see%depth(1:grid%nx, 1:grid%ny), dim=1)) * grid%dx * grid%dy
      rained = model%supplied * grid%nx * grid%ny * grid%dx * grid%dy
      shallowest = minval(see%depth(1:grid%nx, 1:grid%ny))
    end associate
  end function flood_water


  !> Fill the terrain up to a level, let the lake be for some steps, and say how much it moved: the largest velocity in
  !> m/s and the largest change of its surface in m. The ground is dry again afterwards.
  function flood_check_lake(level, steps, speed, change) result(stat) bind(C)
    real(c_double), value :: level
    integer(c_int), value :: steps
    real(c_double), intent(out) :: speed, change
    integer(c_int) :: stat
    type(fields_t) :: see
    real(real64) :: dt, outflow
    integer :: i, nx, ny

    speed = 0
    change = 0
    call see_state(see, stat)
    if (stat /= deed_ok) return
    nx = model%grid%nx
    ny = model%grid%ny
    see%depth(1:nx, 1:ny) = max(level - see%bed, 0.0_real64)
    do i = 1, steps
      dt = largest_step(model%grid, see%depth, see%momentum_x, see%momentum_y)
      call advance(model%grid, see%bed, 0.0_real64, dt, see%depth, see%momentum_x, see%momentum_y, model%change, &
                   outflow)
    end do
    speed = largest_speed(model%grid, see%depth, see%momentum_x, see%momentum_y)
    change = maxval(abs(see%depth(1:nx, 1:ny) - max(level - see%bed, 0.0_real64)))
    see%depth = 0
    see%momentum_x = 0
    see%momentum_y = 0
  end function flood_check_lake


  !> End the solver. What is still with deed under the solver's title is released.
  subroutine flood_close() bind(C)
    integer :: k
    integer(c_int) :: stat

    do k = 1, 3
      call deed_release(model%claims(k), stat=stat)
      if (allocated(model%state%field(k)%cells)) deallocate (model%state%field(k)%cells)
    end do
    call deed_release(model%terrain, stat=stat)
    if (allocated(model%change)) deallocate (model%change)
  end subroutine flood_close


  !> Pointers to all arrays, with the bounds they were allocated with.
  subroutine see_state(see, stat)
    type(fields_t), intent(inout) :: see
    integer(c_int), intent(out) :: stat

    call deed_pointer(model%terrain, see%bed, rights=deed_read, stat=stat, errmsg=message)
    if (stat == deed_ok) call deed_pointer(model%claims(flood_depth), see%depth, stat=stat, errmsg=message)
    if (stat == deed_ok) call deed_pointer(model%claims(flood_momentum_x), see%momentum_x, stat=stat, errmsg=message)
    if (stat == deed_ok) call deed_pointer(model%claims(flood_momentum_y), see%momentum_y, stat=stat, errmsg=message)
  end subroutine see_state


  !> The size of an array and where it is, before it is handed over.
  subroutine describe_before(claim, handover, stat)
    type(deed_array), intent(in) :: claim
    type(handover_t), intent(inout) :: handover
    integer(c_int), intent(out) :: stat
    type(deed_descriptor) :: before

    call deed_describe(claim, before, stat=stat, errmsg=message)
    if (stat /= deed_ok) return
    handover%size_bytes = before%block_size_bytes
    handover%address_before = transfer(before%data, 0_c_intptr_t)
  end subroutine describe_before


  function address_of(cells) result(address)
    real(real64), target, intent(in) :: cells(:, :)
    integer(c_int64_t) :: address

    address = transfer(c_loc(cells(1, 1)), 0_c_intptr_t)
  end function address_of


  function seconds_since(start) result(seconds)
    integer(int64), intent(in) :: start
    real(real64) :: seconds
    integer(int64) :: now, rate

    call system_clock(now, rate)
    seconds = real(now - start, real64) / real(rate, real64)
  end function seconds_since
end module flood_solver
