# SPDX-License-Identifier: BSD-3-Clause

# deed_fortran_program(<target> SOURCES <files> [MODULE <target>]): a program with the assertions, linked to this
# build of the module.
function(deed_fortran_program target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "MODULE" "SOURCES")
  if(NOT DEFINED arg_MODULE)
    set(arg_MODULE deed_fortran)
  endif()
  add_executable(${target} ${arg_SOURCES} check.f90)
  target_link_libraries(${target} PRIVATE ${arg_MODULE} deed_compile_options)
  # gfortran takes the bounds and lengths of what is not allocated yet for a use of them.
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANG_AND_ID:Fortran,GNU>:-Wno-maybe-uninitialized;-Wno-uninitialized>)
  set_target_properties(${target} PROPERTIES
    LINKER_LANGUAGE Fortran
    Fortran_MODULE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/${target}.modules")
endfunction()

# deed_fortran_test(<name> [<further sources>] [MODULE <target>]): test_<name>.f90 or .F90 as test fortran.<name>.
function(deed_fortran_test name)
  file(GLOB source "${CMAKE_CURRENT_SOURCE_DIR}/test_${name}.[fF]90")
  deed_fortran_program(deed_fortran_test_${name} SOURCES ${source} ${ARGN})
  add_test(NAME fortran.${name} COMMAND deed_fortran_test_${name})
  set_tests_properties(fortran.${name} PROPERTIES LABELS fortran)
endfunction()
