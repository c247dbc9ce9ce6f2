# SPDX-License-Identifier: BSD-3-Clause
# fortran.libraries: module deed in two libraries and a program of one process, hidden from each other.
foreach(name first second)
  add_library(deed_fortran_${name} MODULE mixed/plugin.f90)
  target_link_libraries(deed_fortran_${name} PRIVATE deed_fortran deed_compile_options)
  target_compile_options(deed_fortran_${name} PRIVATE
    $<$<COMPILE_LANG_AND_ID:Fortran,GNU>:-Wno-maybe-uninitialized;-Wno-uninitialized>)
  target_link_options(deed_fortran_${name} PRIVATE -Wl,--exclude-libs,ALL -Wl,-Bsymbolic)
  set_target_properties(deed_fortran_${name} PROPERTIES
    LINKER_LANGUAGE Fortran
    Fortran_MODULE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/deed_fortran_${name}.modules")
endforeach()
deed_fortran_program(deed_fortran_libraries SOURCES libraries/libraries.f90)
target_link_libraries(deed_fortran_libraries PRIVATE ${CMAKE_DL_LIBS})
add_test(NAME fortran.libraries
         COMMAND deed_fortran_libraries $<TARGET_FILE:deed_fortran_first> $<TARGET_FILE:deed_fortran_second>)
set_tests_properties(fortran.libraries PROPERTIES LABELS fortran)
