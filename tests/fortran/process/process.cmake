# SPDX-License-Identifier: BSD-3-Clause
# Tests of what ends a process, each in one of its own.

# deed_fortran_process_test(<name> <program> <argument> <exit status> <output>)
function(deed_fortran_process_test name program argument result output)
  if(NOT TARGET deed_fortran_${program})
    deed_fortran_program(deed_fortran_${program} SOURCES process/${program}.f90)
  endif()
  add_test(NAME fortran.${name} COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:deed_fortran_${program}>
           -D ARGUMENT=${argument} -D RESULT=${result} -D OUTPUT=${output}
           -P ${CMAKE_CURRENT_SOURCE_DIR}/process/run.cmake)
  # Arrays that live at the end are the subject of these tests, not leaks of theirs.
  set_tests_properties(fortran.${name} PROPERTIES LABELS fortran ENVIRONMENT "ASAN_OPTIONS=detect_leaks=0")
endfunction()

# gfortran calls free(), which refuses an address that malloc never gave; flang has a status of its own.
deed_fortran_process_test(trap_t23_stray_deallocate stray_deallocate "" "0|1|.*abort.*|.*SIGABRT.*|Child aborted"
  "DEALLOCATE was refused|free\\(\\): invalid|munmap_chunk|attempting free on address which was not malloc")
set(listed "live_at_end.f90:1, published as left behind")
deed_fortran_process_test(trap_t15_live_at_end live_at_end end "0" "${listed}")
deed_fortran_process_test(trap_t17_live_at_stop live_at_end stop "0" "${listed}")
deed_fortran_process_test(trap_t17_live_at_error_stop live_at_end error_stop "3" "${listed}")
deed_fortran_process_test(failure_without_stat failure_without_stat "" "1"
  "solver.f90:42: deed_release refused: .*stale handle")
deed_fortran_process_test(unallocated_without_stat unallocated_without_stat "" "1"
  "deed_lend \\(int32, rank 2, \"heat/mask\"\\) refused: there is no array")
deed_fortran_process_test(pointer_refused_without_arguments refused_without_arguments pointer "1"
  "deed_pointer \\(real32, rank 1\\) refused: the array is real64, the variable is real32")
deed_fortran_process_test(lend_refused_without_arguments refused_without_arguments lend_again "1"
  "deed_lend \\(real64, rank 1\\) refused: the handle for the result still holds an array")
deed_fortran_process_test(nothing_lent_without_arguments refused_without_arguments lend_nothing "1"
  "deed_lend \\(real64, rank 2\\) refused: there is no array")
deed_fortran_process_test(stat_that_is_no_integer stat_that_is_no_integer "" "1"
  "deed_alloc \\(real64, rank 1\\) refused: stat= must be a scalar integer")
if(NOT DEFINED DEED_FORTRAN_FINAL OR DEED_FORTRAN_FINAL)
  deed_fortran_process_test(loan_at_end_of_scope loan_at_end_of_scope "" "1"
    "release at the end of a deed_scoped \\(real64, rank 1\\) refused: .*share by Fortran at viewer.f90:3")
endif()
