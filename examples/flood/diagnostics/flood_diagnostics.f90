! SPDX-License-Identifier: BSD-3-Clause
!> The C++ diagnostics as Fortran sees them; diagnostics.hpp says what they do.
module flood_diagnostics
  use, intrinsic :: iso_c_binding, only: c_double, c_int
  use deed, only: deed_array
  use flood_solver, only: handover_t
  implicit none
  private

  public :: figures_t
  public :: diagnostics_open, diagnostics_look, diagnostics_finish, diagnostics_transfer, diagnostics_close

  type, bind(C) :: figures_t
    real(c_double) :: flooded_area_m2 = 0
    real(c_double) :: largest_depth_m = 0
    real(c_double) :: largest_speed_m_s = 0
  end type figures_t

  interface
    function diagnostics_open(dx, dy, threshold_m, lookups) result(stat) bind(C)
      import :: c_double, c_int, handover_t
      real(c_double), value :: dx, dy, threshold_m
      type(handover_t), intent(out) :: lookups(3)
      integer(c_int) :: stat
    end function diagnostics_open

    function diagnostics_look(time_s, figures) result(stat) bind(C)
      import :: c_double, c_int, figures_t
      real(c_double), value :: time_s
      type(figures_t), intent(out) :: figures
      integer(c_int) :: stat
    end function diagnostics_look

    subroutine diagnostics_finish() bind(C)
    end subroutine diagnostics_finish

    function diagnostics_transfer(language, moved, handover) result(stat) bind(C)
      import :: c_int, deed_array, handover_t
      integer(c_int), value :: language
      type(deed_array), intent(out) :: moved
      type(handover_t), intent(out) :: handover
      integer(c_int) :: stat
    end function diagnostics_transfer

    subroutine diagnostics_close() bind(C)
    end subroutine diagnostics_close
  end interface
end module flood_diagnostics
