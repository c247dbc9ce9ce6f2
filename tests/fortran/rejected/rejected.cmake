# SPDX-License-Identifier: BSD-3-Clause
# Calls that must not compile: rejected/<case>.F90 compiles as it is and must not with -DREJECTED, for the reason given.

# deed_fortran_rejected_test(<case> <trap> <reason of gfortran> <reason of flang>)
function(deed_fortran_rejected_test case trap gfortran flang)
  set(reason "${flang}")
  if(CMAKE_Fortran_COMPILER_ID STREQUAL GNU)
    set(reason "${gfortran}")
  endif()
  set(name fortran.${trap}_${case}_does_not_compile)
  add_test(NAME ${name} COMMAND ${CMAKE_COMMAND}
           -D COMPILER=${CMAKE_Fortran_COMPILER} -D REASON=${reason}
           -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/rejected/${case}.F90
           "-D MODULES=$<JOIN:$<TARGET_PROPERTY:deed_fortran,INTERFACE_INCLUDE_DIRECTORIES>,;>"
           -P ${CMAKE_CURRENT_SOURCE_DIR}/rejected/run.cmake)
  set_tests_properties(${name} PROPERTIES LABELS fortran)
endfunction()

set(none "There is no specific subroutine for the generic")
deed_fortran_rejected_test(expression trap_t32 "${none}" "must be a designator")
deed_fortran_rejected_test(literal trap_t32 "${none}" "must be a designator")
deed_fortran_rejected_test(transposed trap_t32 "${none}" "result of a reference to function")
# gfortran 12 stops with an internal error here, which is a rejection too.
deed_fortran_rejected_test(vector_subscript trap_t32 "${none}|internal compiler error"
                           "vector subscript may not be a pointer target")
deed_fortran_rejected_test(not_a_target trap_t33 "${none}" "not an object with POINTER or TARGET")
deed_fortran_rejected_test(polymorphic trap_t54 "${none}" "No specific subroutine of generic")
# flang compiles it, and the call is refused (test_lend.F90).
if(CMAKE_Fortran_COMPILER_ID STREQUAL GNU)
  deed_fortran_rejected_test(assumed_size trap_t46 "${none}" "")
endif()
