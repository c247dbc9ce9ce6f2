# SPDX-License-Identifier: BSD-3-Clause
# docs/fortran.md quotes this compiler: what it says of quoted/<case>.f90, compiled with the given flags.
function(deed_fortran_quoted_test case count)
  add_test(NAME fortran.quoted_${case} COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C.UTF-8 ${CMAKE_COMMAND}
           -D COMPILER=${CMAKE_Fortran_COMPILER} -D "FLAGS=${ARGN}" -D COUNT=${count}
           -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/quoted/${case}.f90
           -D DOCUMENT=${CMAKE_CURRENT_SOURCE_DIR}/../../docs/fortran.md
           "-D MODULES=$<JOIN:$<TARGET_PROPERTY:deed_fortran,INTERFACE_INCLUDE_DIRECTORIES>,;>"
           -P ${CMAKE_CURRENT_SOURCE_DIR}/quoted/run.cmake)
  set_tests_properties(fortran.quoted_${case} PROPERTIES LABELS fortran)
endfunction()

deed_fortran_quoted_test(no_target 1)
if(CMAKE_Fortran_COMPILER_ID STREQUAL GNU)
  deed_fortran_quoted_test(fixed_length 1)
  deed_fortran_quoted_test(logical_kinds 1 -std=f2018)
else()
  deed_fortran_quoted_test(unsafe 1 -pedantic)
endif()
