# SPDX-License-Identifier: BSD-3-Clause
# Module deed and what uses it, compiled with the flags of other projects.

# Default kinds of eight bytes, in the program alone and in the module too.
set(eight_bytes -fdefault-integer-8 -fdefault-real-8)
deed_add_fortran_module(deed_fortran_default_kinds LIBRARY deed_shared)
target_link_libraries(deed_fortran_default_kinds PRIVATE deed_compile_options)
target_compile_options(deed_fortran_default_kinds PRIVATE "$<$<COMPILE_LANGUAGE:Fortran>:${eight_bytes}>")
foreach(module deed_fortran deed_fortran_default_kinds)
  set(target ${module}_in_program_of_default_kinds)
  add_executable(${target} flags/default_kinds.F90)
  target_link_libraries(${target} PRIVATE ${module} deed_compile_options)
  target_compile_options(${target} PRIVATE
    "$<$<COMPILE_LANGUAGE:Fortran>:${eight_bytes}>"
    $<$<COMPILE_LANG_AND_ID:Fortran,GNU>:-Wno-maybe-uninitialized;-Wno-uninitialized>)
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE Fortran)
  add_test(NAME fortran.default_kinds_with_${module} COMMAND ${target})
  set_tests_properties(fortran.default_kinds_with_${module} PROPERTIES LABELS fortran)
endforeach()

# deed_fortran_strict_test(<name> <flags of the module> <flags of the program>): the sources of the module compile with
# these flags alone, as a Makefile would do it, and flags/strict.f90 with that module, both without a warning.
function(deed_fortran_strict_test name module_flags program_flags)
  add_test(NAME fortran.strict_${name}
           COMMAND ${CMAKE_COMMAND} -D COMPILER=${CMAKE_Fortran_COMPILER}
           -D SOURCES=${CMAKE_CURRENT_SOURCE_DIR}/../../fortran/src -D "MODULE_FLAGS=${module_flags}"
           -D "FLAGS=${program_flags}" -D PROGRAM=${CMAKE_CURRENT_SOURCE_DIR}/flags/strict.f90
           -D DIRECTORY=${CMAKE_CURRENT_BINARY_DIR}/strict_${name}
           -P ${CMAKE_CURRENT_SOURCE_DIR}/flags/strict.cmake)
  set_tests_properties(fortran.strict_${name} PROPERTIES LABELS fortran)
endfunction()

if(CMAKE_Fortran_COMPILER_ID STREQUAL GNU)
  set(warnings "-Wall;-Wextra;-pedantic;-Werror")
  deed_fortran_strict_test(f2018 "-std=f2018;${warnings}" "-std=f2018;${warnings}")
  # The module needs the assumed types and ranks of Fortran 2018, its users do not.
  deed_fortran_strict_test(f2008 "-std=f2018" "-std=f2008;${warnings}")
  deed_fortran_strict_test(warnings "${warnings}" "${warnings}")
else()
  # With -std=f2018 or -pedantic flang warns of every optional argument of a procedure with BIND(C).
  deed_fortran_strict_test(f2018 "-std=f2018" "-std=f2018;-pedantic;-Werror")
  deed_fortran_strict_test(warnings "-Werror" "-pedantic;-Werror")
endif()

# A project that has strict flags for everything gets a module that its programs can use.
function(deed_fortran_strict_project name flags)
  add_test(NAME fortran.strict_${name}
           COMMAND ${CMAKE_CTEST_COMMAND} --build-and-test
           "${CMAKE_CURRENT_SOURCE_DIR}/flags/project" "${CMAKE_CURRENT_BINARY_DIR}/strict_${name}"
           --build-generator "${CMAKE_GENERATOR}"
           --build-options -D CMAKE_Fortran_COMPILER=${CMAKE_Fortran_COMPILER} -D CMAKE_C_COMPILER=${CMAKE_C_COMPILER}
           "-D CMAKE_Fortran_FLAGS=${flags}" -D LIBRARY=$<TARGET_FILE:deed_shared>
           --test-command strict)
  set_tests_properties(fortran.strict_${name} PROPERTIES
    LABELS fortran TIMEOUT 300 PASS_REGULAR_EXPRESSION "strict program")
endfunction()

# A program that is not sanitized itself cannot load a sanitized core.
if(NOT DEED_SANITIZE)
  deed_fortran_strict_project(project "-std=f2018 -pedantic -Werror")
endif()
if(NOT DEED_SANITIZE AND CMAKE_Fortran_COMPILER_ID STREQUAL GNU)
  deed_fortran_strict_project(project_of_f2008 "-std=f2008 -pedantic -Werror")
endif()
